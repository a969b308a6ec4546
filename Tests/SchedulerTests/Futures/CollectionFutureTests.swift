import Scheduler
import TaskGraph
import Testing

@Suite("The future of a lazy collection", .timeLimit(.minutes(2)))
struct CollectionFutureTests {
  /// Counts to a number, if its guess of the largest is high enough.
  struct Count: LazyCollection {
    typealias Computed = String
    var numbers: [Int]
    var guess = 0
    var isBroken = false

    struct TooLow: Error { let number: Int }

    func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
      if isBroken { throw Trouble("no such column") }
      let (numbers, guess) = (numbers, guess)
      let parts = builder.graph.addLayer(
        "part",
        Perform { task in
          let number = numbers[task.index]
          if number < 0 { throw Trouble("negative") }
          if number > guess { throw TooLow(number: number) }
          return number
        }, dependencies: numbers.map { _ in [] })
      let sum = Perform { task in task.inputs.reduce(0) { $0 + ($1 as? Int ?? 0) } }
      return builder.graph.addLayer("sum", sum, dependencies: [parts])[0]
    }

    func computed(_ result: any Sendable) throws -> String { "\(result)" }

    mutating func revise(after error: TaskError) throws -> Bool {
      guard let error = error.cause as? TooLow else { return false }
      guess = error.number
      return true
    }
  }

  @Test("gives its value, mended as often as it takes", arguments: freshExecutors())
  func value(executor: any Executor) throws {
    let future = executor.submit(Count(numbers: [1, 3, 2, 5]))
    #expect(try future.result() == "11")
    #expect(future.name.isEmpty)
    #expect("\(future)" == "future finished")
    #expect(try executor.submit("next", future) { $0 + "!" }.result() == "11!")
  }

  @Test("throws the errors of a run, and those of the collection as they are", arguments: freshExecutors())
  func failures(executor: any Executor) {
    let failed = outcome(of: executor.submit(Count(numbers: [1, -1])))
    #expect(failed.hasPrefix("task part-") && failed.hasSuffix("[1] failed: negative"))
    #expect(outcome(of: executor.submit(Count(numbers: [], isBroken: true))) == "no such column")
    let retried = outcome(of: executor.submit(Count(numbers: [], isBroken: true), retries: 1))
    #expect(retried == "tried 2 times; the last time: no such column")
  }

  @Test("fails when its executor cannot run the graph")
  func refused() {
    #expect(outcome(of: Refuser().submit(Count(numbers: [1]))) == "refused")
  }

  @Test("can be waited for inside a task of its pool", arguments: pools())
  func inside(executor: ThreadPoolExecutor) throws {
    let future = executor.submit("outer") {
      let futures = (0..<5).map { executor.submit(Count(numbers: [$0, 1])) }
      return try gather(futures)
    }
    #expect(try future.result() == ["1", "2", "3", "4", "5"])
  }

  @Test("stops when it is cancelled", arguments: pools())
  func cancelled(pool: ThreadPoolExecutor) {
    struct Patient: LazyCollection {
      typealias Computed = Int
      let started: Counter
      func addTasks(to builder: inout GraphBuilder) -> TaskID {
        let patient = Perform { [started] task in
          started.add(1)
          return waits { task.cancellation.isCancelled }
        }
        return builder.graph.addLayer("patient", patient, dependencies: Array(repeating: [], count: 100))[99]
      }
      func computed(_ result: any Sendable) -> Int { 0 }
    }
    let started = Counter()
    let future = pool.submit(Patient(started: started))
    #expect(waits { started.value == 1 })
    future.cancel()
    #expect(throws: CancelledError()) { try future.result() }
  }
}
