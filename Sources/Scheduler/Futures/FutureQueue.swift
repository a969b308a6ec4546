import TaskGraph

// How futures come to the threads of a pool
//
// A run of a graph for each future would cost more than most futures do. So the futures of a pool that have their inputs
// stand in a queue, and what the pool runs are *drains*: graphs of a single task that takes futures from the queue until it
// is empty.
//
//     submit ---> queue: 9  7  7  1  0  0         by priority, then as they came
//                        |  |
//     pool:   [ drain ]  [ drain ]  [ run of a graph ]
//
// There are never more drains at work than the pool has threads. One is on its way to a thread at a time, since it may well be
// done with everything before a second one comes; only for a future of a higher priority another is sent. Who adds
// something starts a drain; a drain that takes a future, and sees another behind it, starts the next. What is counted is
// counted with the queue locked, and a drain ends with the queue locked, so no future is left behind.
//
// A drain has the priority of the future that it was started for. When only lower ones are left, or it has worked for ten
// milliseconds, it makes way: it ends, and another takes its place among the runs that wait for a thread.

/// The futures that wait for a thread of a pool. See the head of this file.
final class FutureQueue: Sendable {
  private let state = ContendedLock(State())

  private struct State {
    var line = FutureLine()
    /// The drains at work.
    var drains = 0
    /// The priorities of the drains that have not come to a thread yet, each higher than the one before it.
    var starting: [Int] = []

    /// The priority of another drain to start, which is then noted; nil for none.
    mutating func nextDrain(of executor: ThreadPoolExecutor) -> Int? {
      guard drains < executor.threads, let priority = line.highestPriority,
        starting.last.map({ priority > $0 }) ?? true
      else {
        return nil
      }
      starting.append(priority)
      return priority
    }
  }

  /// Adds tasks that are ready.
  ///
  /// - Parameters:
  ///   - executor: The one whose queue this is.
  ///   - isDraining: Whether the calling thread will look into the queue next.
  func add(_ tasks: [FutureTask], for executor: ThreadPoolExecutor, isDraining: Bool) {
    let priority = state.withLock { state in
      for task in tasks { task.slot = state.line.insert(task) }
      return isDraining ? nil : state.nextDrain(of: executor)
    }
    if let priority { startDrain(executor, priority) }
  }

  /// Takes a task out, if it is still in.
  func remove(_ task: FutureTask) {
    state.withLock { state in
      guard let slot = task.slot.take() else { return }
      state.line.remove(slot)
    }
  }

  private func startDrain(_ executor: ThreadPoolExecutor, _ priority: Int) {
    var graph = TaskGraph()
    let outputs = graph.addLayer(
      "futures", LocalFunction { [self] _ in drain(executor, priority) }, resultBytes: 0, dependencies: [[]])
    // A graph of one task that neither fails nor is cancelled.
    executor.start(graph, outputs: outputs, options: RunOptions(priority: priority)) { _ in }
  }

  private func drain(_ executor: ThreadPoolExecutor, _ priority: Int) {
    let end = monotonicNanoseconds() + 10_000_000
    state.withLock { state in
      state.starting.removeAll { $0 == priority }
      state.drains += 1
    }
    while let task = next(executor, priority, isLate: monotonicNanoseconds() >= end) {
      if task.claim() { task.runTaken(draining: self) }
    }
  }

  /// The next task for a drain; nil for its end, after which it is not counted.
  private func next(_ executor: ThreadPoolExecutor, _ own: Int, isLate: Bool) -> FutureTask? {
    let (task, priority) = state.withLock { state -> (FutureTask?, Int?) in
      if !isLate, state.line.highestPriority ?? .min >= own, let task = state.line.popFirst() {
        task.slot = nil
        return (task, state.nextDrain(of: executor))
      }
      state.drains -= 1
      return (nil, state.nextDrain(of: executor))
    }
    if let priority { startDrain(executor, priority) }
    return task
  }
}
