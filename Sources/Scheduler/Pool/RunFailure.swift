import Synchronization

/// The failure of a run, and what it stops. See the head of `PoolRun.swift`.
final class RunFailure: Sendable {
  struct Failure: Sendable {
    /// The priority of the task that failed.
    let priority: UInt32
    let error: any Error
  }

  private let lowest = Mutex<Failure?>(nil)
  private let stored = Atomic(UInt32.max)

  /// No task from this priority on is started.
  var limit: UInt32 { stored.load(ordering: .sequentiallyConsistent) }

  /// The failure of the lowest priority so far.
  var first: Failure? { lowest.withLock { $0 } }

  /// Takes up that a task has failed.
  func add(_ priority: UInt32, _ error: any Error) {
    lowest.withLock { lowest in
      if let lowest, lowest.priority <= priority { return }
      lowest = Failure(priority: priority, error: error)
      stored.store(priority, ordering: .sequentiallyConsistent)
    }
  }
}
