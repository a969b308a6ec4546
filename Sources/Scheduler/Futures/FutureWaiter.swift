import Synchronization

// How a thread waits without a deadlock
//
// A thread that is none of a pool's sleeps until the future is done. If a thread of a pool did that, inside a task, the pool
// might have no thread left for the future. So it first does what it waits for:
//
//     on the only thread of a pool                     what `table` needs and has not begun is run right here,
//       task "report" runs                             on top of the task that waits for it
//         calls table.result()
//           runs "open"      <- an input of an input
//           runs "load"      <- the input
//           runs "table"     <- what it waits for
//         goes on
//
// It helps only with the future that it waits for and with what that one needs. Any other task might itself wait for one that
// lies below it on the same stack, which could never go on. With this rule, whatever lies higher on a stack is something that
// what lies lower waits for. So if all threads were asleep, the futures would wait for each other in a circle without any pool.
//
// A thread of no pool that runs a future of the serial executor, which stands behind others in the same thread, helps in
// the same way, but only with futures like it: those of a pool have the pool's threads.
//
// Nothing is looked for twice: the waiter leaves its name with everything that its futures need and that has not begun. What
// gets its last input tells the waiter, and so does what another thread has taken; so the waiter always knows what it can
// run, and holds nothing that has a result.
//
// Who waits for the first of several helps with any of them, though not all of them need end for it to go on.

/// A thread that waits for futures. See the head of this file.
final class FutureWaiter: FutureObserver, Sendable {
  private let targets: [FutureTask]
  private let parker = Parker()
  private let events: Mutex<Events>

  private struct Events {
    /// The positions of the futures that are done, in the order in which that happened, and how many of them were reported.
    var done: [Int] = []
    var reported = 0
    /// Whether the waiter has looked for what it can do.
    var helps = false
    /// Whether it can run futures of a pool, as a thread of one.
    var helpsPool = false
    /// Where it has left its name.
    var helped: [ObjectIdentifier: FutureTask] = [:]
    /// Those of them that it can run, and their places.
    var line = FutureLine()
    var slots: [ObjectIdentifier: Int] = [:]
  }

  init(_ tasks: [FutureTask]) {
    targets = tasks
    events = Mutex(Events())
    var done: [Int] = []
    for (index, task) in tasks.enumerated() where !task.observe(self, tag: index) { done.append(index) }
    // Those that were done before come first.
    events.withLock { $0.done.insert(contentsOf: done, at: 0) }
  }

  /// Waits until one more of the futures is done.
  ///
  /// - Returns: Its position; nil when the time is over.
  func next(until deadline: UInt64? = nil) -> Int? {
    while true {
      enum Event {
        case done(Int)
        case canRun(FutureTask)
        case none
      }
      let event = events.withLock { events -> Event in
        if events.reported < events.done.count {
          defer { events.reported += 1 }
          return .done(events.done[events.reported])
        }
        guard let task = events.line.popFirst() else { return .none }
        events.slots[ObjectIdentifier(task)] = nil
        return .canRun(task)
      }
      if case .done(let position) = event { return position }
      if let deadline, monotonicNanoseconds() >= deadline { return nil }
      if case .canRun(let task) = event {
        if task.claimOutOfTurn() { task.runTaken() }
      } else if !beginToHelp() {
        parker.park(until: deadline)
      }
    }
  }

  /// No longer waits.
  func end() {
    let helped = events.withLock { events in
      defer {
        events.helped = [:]
        events.line = FutureLine()
        // Whoever has just taken a task may still come to say so.
        events.slots = [:]
      }
      return events.helped
    }
    for task in targets { task.forget(self) }
    for task in helped.values { task.forget(self) }
  }

  func futureIsDone(_ task: FutureTask, tag: Int, _ work: inout FutureWork) {
    events.withLock { $0.done.append(tag) }
    parker.unpark()
  }

  /// A task that the futures need has its inputs.
  func canRun(_ task: FutureTask) {
    let isNews = events.withLock { events in
      // Another thread may have been quicker.
      guard events.helped[ObjectIdentifier(task)] != nil, events.helpsPool || task.runsInAnyThread else {
        return false
      }
      events.slots[ObjectIdentifier(task)] = events.line.insert(task)
      return true
    }
    if isNews { parker.unpark() }
  }

  /// A task that the futures need was taken, or will not be run at all.
  func cannotRun(_ task: FutureTask) {
    events.withLock { events in
      events.helped[ObjectIdentifier(task)] = nil
      if let slot = events.slots.removeValue(forKey: ObjectIdentifier(task)) { events.line.remove(slot) }
    }
  }

  /// Looks for what the calling thread can do for the futures, the first time if it is one of a pool or inside a future.
  ///
  /// - Returns: Whether it has looked.
  private func beginToHelp() -> Bool {
    let isOfPool = PoolThread.current != nil
    guard isOfPool || PoolThread.isInsideFuture, events.withLock({ !$0.helps }) else { return false }
    events.withLock { ($0.helps, $0.helpsPool) = (true, isOfPool) }
    var stack = Array(targets.reversed())
    while let task = stack.popLast() {
      let isNew = events.withLock { $0.helped.updateValue(task, forKey: ObjectIdentifier(task)) == nil }
      guard isNew else { continue }
      switch task.offerHelp(self) {
      case .run: canRun(task)
      case .help(let inputs): stack += inputs.reversed()
      case .nothing: cannotRun(task)
      }
    }
    return true
  }
}
