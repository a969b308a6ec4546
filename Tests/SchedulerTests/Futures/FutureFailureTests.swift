import Scheduler
import TaskGraph
import Testing

@Suite("A future that fails", .timeLimit(.minutes(2)))
struct FutureFailureTests {
  @Test("throws an error that names it", arguments: executors)
  func named(executor: any Executor) throws {
    let future = executor.submit("load") { throw Trouble("no file") }
    let error = try #require(throws: TaskError.self) { try future.result() }
    #expect("\(error)" == "task load failed: no file")
    #expect(error.cause as? Trouble == Trouble("no file"))
    #expect(future.state == .failed)
    let elements = executor.map("element", 0..<3) { if $0 == 1 { throw Trouble("bad") } }
    #expect(elements.map(outcome) == ["()", "task element[1] failed: bad", "()"])
  }

  @Test("is named around the task of a run in it that failed", arguments: executors)
  func inner(executor: any Executor) {
    let (graph, outputs) = independent(2, Mix(seed: 1, failing: [1]))
    let key = graph.key(of: outputs[1])
    let future = executor.submit("outer") { try executor.run(graph, outputs: outputs).count }
    #expect(outcome(of: future) == "task outer failed: task \(key) failed: Failure(index: 1)")
  }

  @Test("fails those that depend on it with the same error, without running them", arguments: executors)
  func dependents(executor: any Executor) {
    let ran = Counter()
    let first = executor.submit("first") { () -> Int in throw Trouble("bad") }
    let second = executor.submit("second", first) { _ in ran.add(1) }
    let third = executor.submit("third", second) { _ in ran.add(1) }
    let other = executor.submit("other") { 1 }
    #expect(outcome(of: third) == "task first failed: bad")
    #expect(second.state == .failed)
    #expect(outcome(of: other) == "1")
    #expect(ran.value == 0)
  }

  @Test("decides, among failed inputs, by their order and not by time", arguments: pools())
  func order(pool: ThreadPoolExecutor) {
    let gate = Gate()
    let late = pool.submit("late") { () -> Int in throw Trouble("bad") }
    #expect(outcome(of: late) == "task late failed: bad")
    let slow = SerialExecutor().submit(
      "slow",
      pool.submit("gate") { () -> Int in
        gate.pass()
        return 1
      }
    ) { _ -> Int in throw Trouble("worse") }
    // The failed input comes first: nothing can change that any more.
    #expect(outcome(of: pool.submit("decided", late, slow) { $0 + $1 }) == "task late failed: bad")
    let undecided = pool.submit("undecided", slow, late) { $0 + $1 }
    let list = pool.submit("list", [slow, late]) { $0 }
    #expect(undecided.state == .waiting)
    gate.open()
    #expect(outcome(of: undecided) == "task slow failed: worse")
    #expect(outcome(of: list) == "task slow failed: worse")
  }

  @Test("fails with the later of its inputs when the earlier succeed", arguments: executors)
  func later(executor: any Executor) {
    let good = executor.submit("good") { 1 }
    let bad = executor.submit("bad") { () -> Int in throw Trouble("bad") }
    #expect(outcome(of: executor.submit("both", good, bad, good) { $0 + $1 + $2 }) == "task bad failed: bad")
  }

  @Test("is tried again as often as it was asked for, and says how often that was", arguments: executors)
  func retries(executor: any Executor) throws {
    let tries = Counter()
    let future = executor.submit("load", retries: 3) { () -> Int in
      tries.add(1)
      throw Trouble("time \(tries.value)")
    }
    let error = try #require(throws: TaskError.self) { try future.result() }
    #expect("\(error)" == "task load failed: tried 4 times; the last time: time 4")
    #expect((error.cause as? RetryError)?.attempts == 4)
    #expect(tries.value == 4)
  }

  @Test("is not tried again after it has succeeded", arguments: executors)
  func retried(executor: any Executor) throws {
    let tries = Counter()
    let future = executor.submit("load", retries: 5) { () -> Int in
      tries.add(1)
      if tries.value < 3 { throw Trouble("not yet") }
      return tries.value
    }
    #expect(try future.result() == 3)
    #expect(tries.value == 3)
  }

  @Test("fails when its executor cannot run closures")
  func refused() throws {
    let future = Refuser().submit("load") { 1 }
    let next = SerialExecutor().submit("next", future) { $0 }
    #expect(outcome(of: next) == "task load failed: refused")
  }
}
