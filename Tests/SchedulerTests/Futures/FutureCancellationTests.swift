import TaskGraph
import Testing

@testable import Scheduler

@Suite("Cancelling a future", .timeLimit(.minutes(2)))
struct FutureCancellationTests {
  @Test("that has not begun keeps it from running, and those that depend on it", arguments: pools())
  func waiting(pool: ThreadPoolExecutor) {
    let gate = Gate()
    let ran = Counter()
    let blocker = pool.submit("blocker") { gate.pass() }
    let first = pool.submit("first", blocker) { _ in ran.add(1) }
    let second = pool.submit("second", first) { _ in ran.add(1) }
    let other = pool.submit("other", blocker) { _ in 1 }
    first.cancel()
    #expect(first.state == .cancelled)
    #expect(second.state == .cancelled)
    #expect(throws: CancelledError()) { try second.result() }
    #expect(blocker.state != .cancelled)
    gate.open()
    #expect(outcome(of: other) == "1")
    #expect(outcome(of: blocker) == "()")
    #expect(ran.value == 0)
  }

  @Test("that waits for a thread keeps it from running")
  func ready() {
    let pool = ThreadPoolExecutor(threads: 1)
    let gate = Gate()
    let ran = Counter()
    let blocker = pool.submit("blocker") { gate.pass() }
    #expect(waits { gate.arrivals == 1 })
    let futures = pool.map("element", 0..<10) { _ in ran.add(1) }
    for future in futures where future != futures[5] { future.cancel() }
    gate.open()
    #expect(outcome(of: futures[5]) == "()")
    #expect(ran.value == 1)
    #expect(futures.filter { $0.state == .cancelled }.count == 9)
    #expect(outcome(of: blocker) == "()")
  }

  @Test("that waits for a thread leaves nothing of it behind", arguments: [1, 2])
  func gone(threads: Int) {
    let pool = ThreadPoolExecutor(threads: threads)
    let gate = Gate()
    let blockers = pool.map("blocker", 0..<threads) { _ in gate.pass() }
    #expect(waits { gate.arrivals == threads })
    weak var task: FutureTask?
    do {
      let future = pool.submit("future") { 1 }
      task = future.task
      future.cancel()
    }
    #expect(task == nil)
    gate.open()
    #expect(wait(blockers).pending.isEmpty)
  }

  @Test("that runs asks it to stop, and it is not tried again", arguments: pools())
  func running(pool: ThreadPoolExecutor) {
    let started = Counter()
    let future = pool.submit("patient", retries: 3) { token in
      started.add(1)
      _ = waits { token.isCancelled }
      try token.checkCancelled()
    }
    let next = pool.submit("next", future) { _ in 1 }
    #expect(waits { started.value == 1 })
    future.cancel()
    #expect(throws: CancelledError()) { try future.result() }
    #expect(throws: CancelledError()) { try next.result() }
    #expect(started.value == 1)
  }

  @Test("that runs has no result even if its closure gives one, nor another error", arguments: pools())
  func ignored(pool: ThreadPoolExecutor) {
    let alive = Counter()
    let gate = Gate()
    let future = pool.submit("deaf") { () -> CountedResult in
      gate.pass()
      return CountedResult(alive)
    }
    let failing = pool.submit("failing", future) { _ in 1 }
    #expect(waits { gate.arrivals == 1 })
    future.cancel()
    #expect(future.state == .running)
    gate.open()
    #expect(throws: CancelledError()) { try future.result() }
    #expect(throws: CancelledError()) { try failing.result() }
    #expect(waits { alive.value == 0 })
  }

  @Test("that is done changes nothing", arguments: executors)
  func done(executor: any Executor) throws {
    let future = executor.submit("done") { 1 }
    #expect(try future.result() == 1)
    future.cancel()
    #expect(try future.result() == 1)
    #expect(future.state == .finished)
    #expect(try executor.submit("next", future) { $0 + 1 }.result() == 2)
  }

  @Test("cancels what is given it as an input later", arguments: executors)
  func later(executor: any Executor) {
    let gate = Gate()
    let blocker = ThreadPoolExecutor(threads: 1).submit("blocker") { gate.pass() }
    let future = executor.submit("future", blocker) { _ in 1 }
    future.cancel()
    let next = executor.submit("next", future, blocker) { $1 }
    #expect(next.state == .cancelled)
    gate.open()
  }

  @Test("does not wait for the other inputs of those that depend on it", arguments: pools())
  func atOnce(pool: ThreadPoolExecutor) {
    let gate = Gate()
    let blocker = pool.submit("blocker") { gate.pass() }
    let future = pool.submit("future", blocker) { _ in 1 }
    let both = pool.submit("both", blocker, future) { $1 }
    future.cancel()
    #expect(both.state == .cancelled)
    gate.open()
  }

  @Test("is an error of the closure when it was another future that was cancelled", arguments: executors)
  func inner(executor: any Executor) {
    let cancelled = ThreadPoolExecutor(threads: 1).submit("cancelled") { token in _ = waits { token.isCancelled } }
    cancelled.cancel()
    let future = executor.submit("outer") { try cancelled.result() }
    #expect(outcome(of: future) == "task outer failed: the run was cancelled before it was complete")
    #expect(future.state == .failed)
  }

  @Test("stops the run of a graph in it", arguments: pools())
  func run(pool: ThreadPoolExecutor) {
    let ran = Counter()
    let (graph, outputs) = independent(
      1_000,
      Perform { task in
        ran.add(1)
        return waits { task.cancellation.isCancelled }
      })
    let future = pool.submit("run") { token in
      try pool.run(graph, outputs: outputs, options: RunOptions(cancellation: token)).count
    }
    #expect(waits { ran.value > 0 })
    future.cancel()
    #expect(throws: CancelledError()) { try future.result() }
    #expect(ran.value < 1_000)
  }
}
