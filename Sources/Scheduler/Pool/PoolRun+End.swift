import Synchronization
import TaskGraph

// The thread that asked for a run works on it as the pool's own threads do: while it has a permit. Inside a task it has one
// anyway. Any other thread takes one if there is one, and gives it back before it sleeps; so a processor that it does not use
// is there for other runs.

extension PoolRun {
  /// Works on the run until it is over, as far as there are permits, and waits for the rest.
  ///
  /// - Throws: What the run ends with.
  func waitForEnd() throws -> [any Sendable] {
    while true {
      if owner.hasPermit {
        work()
      } else if pool.takePermit() {
        PoolThread.works(for: pool) { work() }
        pool.returnPermit()
      }
      if isOver.load(ordering: .sequentiallyConsistent) { return try result() }
      owner.sleep { isOver.load(ordering: .sequentiallyConsistent) || (wantsWorker && canOwnerWork) }
    }
  }

  private var canOwnerWork: Bool { owner.hasPermit || pool.hasPermit }

  /// Wakes the thread that asked for the run, if it sleeps and can work.
  ///
  /// - Returns: Whether it did.
  func wakeOwner() -> Bool { canOwnerWork && owner.wake() }

  /// What the run has given. To be asked once, when it is over.
  private func result() throws -> [any Sendable] {
    defer {
      memory?.close(slots.map(\.local.pointee.memory))
      // Only now no other run puts them on disk.
      tasks.freeResults()
      if let log { monitor?.runEnded(log) }
    }
    if isCancelled.load(ordering: .acquiring), slots.reduce(0, { $0 + $1.local.pointee.completed }) < tasks.order.count
    {
      throw CancelledError()
    }
    if let failure = failure.first {
      if failure.error is SpillError { throw failure.error }
      throw graph.failure(of: tasks.order[Int(failure.priority)], failure.error)
    }
    return try outputs.map { try memory?.value(of: $0.offset) ?? tasks.values[$0.offset] }
  }

  /// Nothing is left that could be done.
  func finish() {
    if isOver.exchange(true, ordering: .sequentiallyConsistent) { return }
    pool.remove(self)
    if let completion {
      completion(Result { try result() })
    } else {
      _ = owner.wake()
    }
  }
}
