import Glibc
import Synchronization

// The threads and what they work on
//
// A pool lets at most `threads` threads run tasks at a time: each needs a permit for it. A thread that calls `run` takes a
// permit if there is one and works on its own run; the pool's own threads, started when they are first needed, take the
// permits that are left and go where there is work.
//
//     runs      [ run, priority 5 ]   [ run ]   [ run inside a task ]
//                  ^       ^             ^             ^
//     permits    caller  thread        thread       the thread that runs the task, with the permit it has
//
// A run inside a task is one more run in the list. The thread that asked for it works on that run alone until it is over, so
// threads wait only for tasks that are running: nobody waits in a circle. The others come to help, if they have nothing else
// to do, so such a run is as parallel as any, and never are there more than `threads` tasks at work.
//
// Threads without work sleep, each at a place of its own. Somebody who adds work looks at the number of sleepers and wakes
// one; somebody who is about to sleep first says so and then looks for work once more. Of two who do that at the same
// time, at least one sees the other.

/// The threads of a `ThreadPoolExecutor` and the list of its runs. See the head of this file.
final class ThreadPool: Sendable {
  /// How many threads run tasks at a time.
  let threads: Int
  let memory: MemoryLedger?
  private let state: Mutex<State>
  /// The pool's threads that sleep, and those that could still be started.
  private let available: Atomic<Int>
  /// How many threads more may run tasks. Changed with the lock held, so that others can look without it.
  private let permits: Atomic<Int>

  private struct State {
    /// By priority, the highest first; then as they came.
    var runs: [PoolRun] = []
    var sleepers: [Parker] = []
    var unstarted: Int
    /// Whether the system has once given no thread.
    var wasRefused = false
    var isStopped = false
  }

  init(threads: Int, memory: MemoryLedger?) {
    self.threads = threads
    self.memory = memory
    state = Mutex(State(unstarted: threads))
    available = Atomic(threads)
    permits = Atomic(threads)
  }

  /// Puts a run on the list.
  func add(_ run: PoolRun) {
    state.withLock { state in
      let before = state.runs.lastIndex { $0.priority >= run.priority } ?? -1
      state.runs.insert(run, at: before + 1)
    }
  }

  /// Takes a run off the list.
  func remove(_ run: PoolRun) {
    let sleepers = state.withLock { state -> [Parker] in
      if let place = state.runs.firstIndex(where: { $0 === run }) { state.runs.remove(at: place) }
      return state.isStopped && state.runs.isEmpty ? takeSleepers(&state) : []
    }
    for sleeper in sleepers { sleeper.unpark() }
  }

  /// Takes a permit for a thread that is none of the pool's.
  ///
  /// - Returns: Whether there was one.
  func takePermit() -> Bool {
    state.withLock { _ in takePermitLocked() }
  }

  private func takePermitLocked() -> Bool {
    guard permits.load(ordering: .relaxed) > 0 else { return false }
    permits.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    return true
  }

  /// Whether there is one.
  var hasPermit: Bool { permits.load(ordering: .sequentiallyConsistent) > 0 }

  /// Gives a permit back, and wakes a thread if there is work for it.
  func returnPermit() {
    let run = state.withLock { state in
      permits.wrappingAdd(1, ordering: .sequentiallyConsistent)
      return state.runs.first { $0.wantsWorker }
    }
    run?.wakeHelpers(1)
  }

  /// Wakes up to so many of the pool's threads. Costs two loads when there is none to wake.
  func wake(_ count: Int) {
    for _ in 0..<count {
      guard hasPermit, available.load(ordering: .sequentiallyConsistent) > 0 else { return }
      enum Found { case sleeper(Parker), unstarted, none }
      let found = state.withLock { state -> Found in
        if let sleeper = state.sleepers.popLast() {
          available.wrappingSubtract(1, ordering: .sequentiallyConsistent)
          return .sleeper(sleeper)
        }
        guard state.unstarted > 0 else { return .none }
        state.unstarted -= 1
        available.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        return .unstarted
      }
      switch found {
      case .sleeper(let parker): parker.unpark()
      case .unstarted: start()
      case .none: return
      }
    }
  }

  /// Wakes threads for sources that were held back.
  func memoryWasFreed() {
    for run in state.withLock({ $0.runs }) { run.memoryWasFreed() }
  }

  /// Starts one of the pool's threads. When the system gives none, those that there are do its work.
  private func start() {
    if PoolThread.start({ [self] in work() }) { return }
    state.withLock { state in
      state.unstarted += 1
      state.wasRefused = true
      available.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }
  }

  /// Whether not a single thread of the pool's own is there, because the system gave none.
  var hasNoThread: Bool { state.withLock { $0.wasRefused && $0.unstarted == threads } }

  /// Lets the pool's threads end when the runs on the list are over.
  func stop() {
    let sleepers = state.withLock { state -> [Parker] in
      state.isStopped = true
      return state.runs.isEmpty ? takeSleepers(&state) : []
    }
    for sleeper in sleepers { sleeper.unpark() }
  }

  private func takeSleepers(_ state: inout State) -> [Parker] {
    available.wrappingSubtract(state.sleepers.count, ordering: .sequentiallyConsistent)
    defer { state.sleepers.removeAll() }
    return state.sleepers
  }

  /// What one of the pool's threads does.
  private func work() {
    let parker = Parker()
    PoolThread.current = self
    while let run = nextRun(parker) {
      run.work()
      returnPermit()
    }
  }

  /// A run with work, and a permit to work on it. Sleeps until there are both.
  ///
  /// - Returns: `nil` when the pool has stopped.
  private func nextRun(_ parker: Parker) -> PoolRun? {
    while true {
      enum Next { case run(PoolRun), sleep, stop }
      // The sleeper is on the list, and counted, before the runs are looked at.
      let next = state.withLock { state -> Next in
        if state.isStopped && state.runs.isEmpty { return .stop }
        available.wrappingAdd(1, ordering: .sequentiallyConsistent)
        if let run = state.runs.first(where: { $0.wantsWorker }), takePermitLocked() {
          available.wrappingSubtract(1, ordering: .sequentiallyConsistent)
          return .run(run)
        }
        state.sleepers.append(parker)
        return .sleep
      }
      switch next {
      case .run(let run): return run
      case .stop: return nil
      case .sleep: parker.park()
      }
    }
  }
}
