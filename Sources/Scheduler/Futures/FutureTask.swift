import Synchronization
import TaskGraph

// What becomes of a future
//
//     waiting ----------> ready -----------> running ----------> done
//     for its inputs      for a thread       once, or again      finished, failed
//           |                |               after failures      or cancelled
//           '----------------'-- cancelled, or an input failed ---^
//
// A task holds its inputs until it is done, by the closure that reads them. An input holds those who wait for it until it is
// done itself. So a task runs to its end even if nobody has kept its future; and whatever is done has let go of everything
// else, so however long a chain of futures is, no long chain of objects is ever freed at once.
//
// What follows from an end is not called but noted: `FutureWork` is the list of it, and one loop works it off. A chain of
// any length is run, or told of a failure, on a stack of the same depth.
//
// Which error a task ends with when several of its inputs fail must not depend on which was the first in time. As in a run
// of a graph, it is the first in order: a failed input decides as soon as all inputs before it have succeeded. To cancel is
// a matter of time anyway, so a cancelled input decides at once.
//
// There is a lock for each task. A task may look at its inputs while its own is held, never at those who wait for it.

/// The part of a future that does not know the type of its result. See the head of this file.
class FutureTask: FutureObserver, @unchecked Sendable {
  // Safe to share: what changes is in `state`, but for `slot`, and for what the subclass holds: see there.

  let name: FutureName
  let priority: Int
  /// Tells the closure that its result is no longer wanted.
  let cancellation = CancellationToken()
  /// Where the task stands in the queue of a pool. Touched only with the queue locked.
  var slot: Int?
  /// Whether it runs in whichever thread finds it ready.
  let runsInAnyThread: Bool
  private let retries: Int
  private let state: Mutex<State>

  enum Outcome {
    case finished
    case failed(any Error)
    case cancelled
  }

  private enum Phase {
    case waiting
    case ready
    case running
    case done(Outcome)
  }

  private struct State {
    var phase = Phase.waiting
    var inputs: [FutureTask]
    /// The inputs that are not done, and one more until all were looked at.
    var missing: Int
    /// How many inputs, from the first on, have succeeded. Only counted once an input has failed.
    var succeeded = 0
    var hasFailedInput = false
    var place: FuturePlace?
    var observers: [(observer: any FutureObserver, tag: Int)] = []
    /// Threads that wait for the task and could run it themselves, until somebody runs it.
    var helpers: [FutureWaiter] = []

    /// The first input in order that has not succeeded, if those before it have.
    mutating func firstFailure() -> Outcome? {
      while succeeded < inputs.count, let outcome = inputs[succeeded].outcome {
        guard case .finished = outcome else { return outcome }
        succeeded += 1
      }
      return nil
    }

    mutating func end(_ outcome: Outcome) -> Leftovers {
      defer {
        phase = .done(outcome)
        inputs = []
        place = nil
        helpers = []
      }
      return Leftovers(inputs: inputs, place: place, helpers: helpers)
    }
  }

  /// What a task that is done no longer needs. To free it may run anybody's code, which must not happen with the lock held.
  private struct Leftovers {
    let inputs: [FutureTask]
    let place: FuturePlace?
    let helpers: [FutureWaiter]
  }

  init(name: FutureName, inputs: [FutureTask], place: FuturePlace, priority: Int, retries: Int) {
    precondition(retries >= 0, "A future can be tried again 0 times or more, not \(retries) times.")
    self.name = name
    self.priority = priority
    self.retries = retries
    if case .callingThread = place { runsInAnyThread = true } else { runsInAnyThread = false }
    state = Mutex(State(inputs: inputs, missing: inputs.count + 1, place: place))
  }

  // MARK: For the subclass

  /// Computes the result and keeps it.
  func compute() throws { preconditionFailure("The subclass computes.") }

  /// Drops the closure, and unless the task has succeeded the result, too.
  func letGo(keepingResult: Bool) { preconditionFailure("The subclass has something to let go of.") }

  // MARK: To be looked at

  /// What the task has ended with; nil when it is not done.
  var outcome: Outcome? {
    state.withLock { if case .done(let outcome) = $0.phase { outcome } else { nil } }
  }

  var publicState: FutureState {
    state.withLock { state in
      switch state.phase {
      case .waiting, .ready: .waiting
      case .running: .running
      case .done(.finished): .finished
      case .done(.failed): .failed
      case .done(.cancelled): .cancelled
      }
    }
  }

  /// Lets somebody be told when the task is done.
  ///
  /// - Returns: `false` when it is done already: then nobody will be told.
  func observe(_ observer: any FutureObserver, tag: Int) -> Bool {
    state.withLock { state in
      if case .done = state.phase { return false }
      state.observers.append((observer, tag))
      return true
    }
  }

  /// What somebody who waits for the task could do for it.
  enum Help {
    case run
    case help([FutureTask])
    case nothing
  }

  /// Asks what can be done for the task. If that is anything, the helper is told when it changes.
  func offerHelp(_ helper: FutureWaiter) -> Help {
    state.withLock { state in
      switch state.phase {
      case .waiting:
        state.helpers.append(helper)
        return .help(state.inputs)
      case .ready:
        state.helpers.append(helper)
        return .run
      case .running, .done: return .nothing
      }
    }
  }

  /// Forgets somebody who no longer waits.
  func forget(_ waiter: FutureWaiter) {
    state.withLock { state in
      state.observers.removeAll { $0.observer === waiter }
      state.helpers.removeAll { $0 === waiter }
    }
  }

  // MARK: Before it runs

  /// Begins to wait for the inputs.
  func begin(_ work: inout FutureWork) {
    for input in state.withLock({ $0.inputs }) where !input.observe(self, tag: 0) {
      advance(past: input.outcome, &work)
    }
    advance(past: .finished, &work)
  }

  func futureIsDone(_ input: FutureTask, tag: Int, _ work: inout FutureWork) {
    advance(past: input.outcome, &work)
  }

  /// Goes on after one of the inputs has ended.
  private func advance(past outcome: Outcome?, _ work: inout FutureWork) {
    enum Next {
      case wait
      case start(FuturePlace?, helpers: [FutureWaiter])
      case end(Leftovers)
    }
    let next = state.withLock { state -> Next in
      guard case .waiting = state.phase else { return .wait }
      state.missing -= 1
      if case .cancelled = outcome { return .end(state.end(.cancelled)) }
      if case .failed = outcome { state.hasFailedInput = true }
      if state.hasFailedInput, let failure = state.firstFailure() { return .end(state.end(failure)) }
      if state.missing > 0 { return .wait }
      state.phase = .ready
      return .start(state.place, helpers: state.helpers)
    }
    switch next {
    case .wait: break
    case .start(let place, let helpers):
      if let place { work.isReady(self, place) }
      for helper in helpers { helper.canRun(self) }
    case .end(let leftovers):
      drop(leftovers)
      work.isDone(self)
    }
  }

  /// Ends the task before it runs, or asks it to stop if it runs.
  func cancel() {
    let leftovers = state.withLock { state -> Leftovers? in
      cancellation.cancel()
      switch state.phase {
      case .waiting, .ready: return state.end(.cancelled)
      case .running, .done: return nil
      }
    }
    guard let leftovers else { return }
    leftovers.place?.queue?.remove(self)
    drop(leftovers)
    FutureWork.follow(self)
  }

  /// Lets everything go after an end without a run.
  private func drop(_ leftovers: Leftovers) {
    for helper in leftovers.helpers { helper.cannotRun(self) }
    letGo(keepingResult: false)
  }

  /// Ends the task because its executor could not run it.
  func refuse(_ error: any Error) {
    guard claim() else { return }
    end(.failed(failure(error, attempts: 1)))
    FutureWork.follow(self)
  }

  // MARK: Running

  /// Takes the task for the calling thread, which must then run it.
  func claim() -> Bool {
    let helpers = state.withLock { state -> [FutureWaiter]? in
      guard case .ready = state.phase else { return nil }
      state.phase = .running
      defer { state.helpers = [] }
      return state.helpers
    }
    guard let helpers else { return false }
    for helper in helpers { helper.cannotRun(self) }
    return true
  }

  /// Takes the task as `claim` does, out of turn.
  func claimOutOfTurn() -> Bool {
    guard claim() else { return false }
    state.withLock { $0.place?.queue }?.remove(self)
    return true
  }

  /// Runs the task, which the calling thread has taken, to its end. Whoever calls this sees to what follows.
  func run() {
    var attempts = 0
    while true {
      do {
        attempts += 1
        try compute()
        return end(.finished)
      } catch {
        if cancellation.isCancelled || attempts > retries {
          return end(.failed(failure(error, attempts: attempts)))
        }
      }
    }
  }

  private func end(_ outcome: Outcome) {
    let (isFinished, _) = state.withLock { state in
      // Who has cancelled it is not told of a result, even if that came in time.
      let outcome = cancellation.isCancelled ? .cancelled : outcome
      if case .finished = outcome { return (true, state.end(outcome)) } else { return (false, state.end(outcome)) }
    }
    letGo(keepingResult: isFinished)
  }

  private func failure(_ error: any Error, attempts: Int) -> any Error {
    let cause = attempts > 1 ? RetryError(attempts: attempts, cause: error) : error
    guard let key = name.key else { return cause }
    return TaskError(key: key, cause: cause)
  }

  /// Tells those who wait that the task is done.
  func tellObservers(_ work: inout FutureWork) {
    let observers = state.withLock { state in
      defer { state.observers = [] }
      return state.observers
    }
    for (observer, tag) in observers { observer.futureIsDone(self, tag: tag, &work) }
  }
}
