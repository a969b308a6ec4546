import TaskGraph

// One run on several threads
//
// All that changes is in one `State` under one lock. A thread takes the ready task of the lowest priority, runs it without
// the lock, and hands the result in; that makes other tasks ready and frees the results that were used for the last time.
//
//            take                      run                       finish
//     ready ------> inputs gathered --------> result or error ----------> results, ready += those whose last
//       ^                 (lock)      (no lock)                  (lock)        input this was; freed results are
//       |______________________________________________________________|       dropped after the lock is given back
//
// Why errors do not depend on the number of threads
//
// A single thread runs the tasks by priority and stops at the first that fails: call its priority p. Several threads may
// be ahead of that and meet another failure first, at q > p. So a failure stops the later tasks only:
//
//     priority   0  1  2  3  p  5  q  7  8  9
//                done  |  |  |     ^  |__|__|____ not started any more; told to stop if running
//                      |__|__|___________________ still run, to the end
//
// Every task before p gets its inputs from tasks before it, none of which fails, so all of them run, and then p does too:
// whatever fails meanwhile is later than p and does not hold it up. The failure of the lowest priority is the one reported.
//
// To stop a later task that is running, each thread has a token of its own, a child of the caller's, for the tasks that it
// runs. A token that was cancelled is replaced before the thread takes another task.

/// The state of one run on several threads. See the head of this file.
final class PoolRun: Sendable {
  /// The number of threads that should call `work(thread:)`: no more than there are tasks.
  let threads: Int

  private let graph: TaskGraph
  private let outputs: [TaskID]
  private let order: [TaskID]
  private let priorities: [UInt32]
  private let dependents: Adjacency
  private let cancellation: CancellationToken
  private let state: Monitor<State>

  private struct State: Sendable {
    var ready = ReadyQueue()
    var results: Results
    /// For each task the number of its inputs that are not there yet.
    var missingInputs: [UInt32]
    var slots: [Slot]
    var running = 0
    var completed = 0
    var failure: Failure?
    /// Whether the run was cancelled before it was complete.
    var isCancelled = false
  }

  /// What one thread does.
  private struct Slot: Sendable {
    var token: CancellationToken
    var priority: UInt32?
  }

  private struct Failure: Sendable {
    let priority: UInt32
    let cause: any Error
  }

  private struct Job {
    let priority: UInt32
    let task: TaskID
    let inputs: [any Sendable]
    let token: CancellationToken
  }

  init(_ graph: TaskGraph, outputs: [TaskID], threads: Int, cancellation: CancellationToken) {
    self.graph = graph
    self.outputs = outputs
    self.cancellation = cancellation
    order = graph.order(outputs: outputs)
    priorities = graph.priorities(order: order)
    dependents = graph.dependents()
    self.threads = min(threads, order.count)
    var state = State(
      results: Results(graph: graph, order: order, outputs: outputs),
      missingInputs: Array(repeating: 0, count: graph.taskCount),
      slots: (0..<self.threads).map { _ in Slot(token: CancellationToken(parent: cancellation)) })
    for (priority, task) in order.enumerated() {
      let count = graph.dependencies(of: task).count
      state.missingInputs[task.offset] = UInt32(count)
      if count == 0 { state.ready.insert(UInt32(priority)) }
    }
    self.state = Monitor(state)
  }

  /// Runs tasks until the run is over.
  func work(thread: Int) {
    while runOne(thread: thread) {}
  }

  /// The results of the outputs, once all threads have returned from `work(thread:)`.
  func result() throws -> [any Sendable] {
    try state.withLock { state in
      Result<[any Sendable], any Error> {
        if state.isCancelled { throw CancelledError() }
        if let failure = state.failure {
          throw TaskError(key: graph.key(of: order[Int(failure.priority)]), cause: failure.cause)
        }
        return state.results.values(of: outputs)
      }
    }.get()
  }

  /// Runs one task; inputs and freed results are gone when it returns.
  ///
  /// - Returns: Whether there may be more to do.
  private func runOne(thread: Int) -> Bool {
    guard let job = state.wait(for: { take(thread: thread, &$0) }) else { return false }
    let outcome = Result { try graph.run(job.task, inputs: job.inputs, cancellation: job.token) }
    _ = state.withLock { finish(job, outcome, thread: thread, &$0) }
    return true
  }

  /// Takes the next task for a thread.
  ///
  /// - Returns: A job; `.some(nil)` when the run is over; `nil` when the thread should wait.
  private func take(thread: Int, _ state: inout State) -> Job?? {
    if state.completed < order.count, cancellation.isCancelled { state.isCancelled = true }
    let limit = state.failure?.priority ?? .max
    guard !state.isCancelled, let first = state.ready.first, first < limit, let priority = state.ready.removeFirst()
    else {
      if state.running > 0 { return nil }
      self.state.wakeAll()
      return .some(nil)
    }
    if state.slots[thread].token.isCancelled { state.slots[thread].token = CancellationToken(parent: cancellation) }
    state.slots[thread].priority = priority
    state.running += 1
    let task = order[Int(priority)]
    let inputs = state.results.values(of: graph.dependencies(of: task))
    return Job(priority: priority, task: task, inputs: inputs, token: state.slots[thread].token)
  }

  /// Hands in the outcome of a task.
  ///
  /// - Returns: Results that nobody needs any more, to be dropped outside of the lock.
  private func finish(
    _ job: Job, _ outcome: Result<any Sendable, any Error>, thread: Int, _ state: inout State
  ) -> [any Sendable] {
    state.slots[thread].priority = nil
    state.running -= 1
    switch outcome {
    case .success(let value):
      state.completed += 1
      state.results.store(value, of: job.task)
      // The thread that hands in takes one of the tasks that become ready, the others need to wake somebody.
      var wakes = -1
      for dependent in dependents[job.task] where priorities[dependent.offset] != TaskGraph.notNeeded {
        state.missingInputs[dependent.offset] -= 1
        if state.missingInputs[dependent.offset] == 0 {
          state.ready.insert(priorities[dependent.offset])
          wakes += 1
          if wakes > 0 { self.state.wakeOne() }
        }
      }
      return state.results.release(graph.dependencies(of: job.task))
    case .failure(let cause):
      if job.priority < state.failure?.priority ?? .max {
        state.failure = Failure(priority: job.priority, cause: cause)
        for slot in state.slots {
          if let priority = slot.priority, priority > job.priority { slot.token.cancel() }
        }
      }
      return []
    }
  }
}
