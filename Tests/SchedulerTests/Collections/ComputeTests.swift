import Glibc
import Scheduler
import Synchronization
import TaskGraph
import Testing

/// Options for executors that must all behave alike.
let computeOptions: [ComputeOptions] = executors.map { executor in
  var options = ComputeOptions()
  options.executor = executor
  return options
}

@Suite("Computing collections") struct ComputeTests {
  private struct DivisionByZero: Error, CustomStringConvertible {
    var description: String { "division by zero" }
  }

  private let increment = delayed("increment") { (x: Int) in x + 1 }
  private let add = delayed("add") { (x: Int, y: Int) in x + y }
  private let total = delayed("total") { (numbers: [Int]) in numbers.reduce(0, +) }
  private let divide = delayed("divide") { (x: Int, y: Int) throws -> Int in
    if y == 0 { throw DivisionByZero() }
    return x / y
  }

  @Test("gives the value", arguments: computeOptions)
  func value(options: ComputeOptions) throws {
    let (a, b) = (increment(1), increment(2))
    #expect(try add(a, b).compute(options) == 5)
    #expect(try total([a, b, add(a, b)]).compute(options) == 10)
    #expect(try Delayed("there already").compute(options) == "there already")
    #expect(try total((0..<1_000).map { increment($0) }).compute(options) == 500_500)
  }

  @Test("gives several values of one run, in which what they share is computed once", arguments: computeOptions)
  func several(options: ComputeOptions) throws {
    let counter = Counter()
    let load = delayed("load") { (count: Int) -> [Int] in
      counter.add(1)
      return Array(0..<count)
    }
    let numbers = load(10)
    let (sum, text, list) = try compute(
      total(numbers), numbers.map("text") { "\($0.count)" }, numbers, options: options)
    #expect(sum == 45)
    #expect(text == "10")
    #expect(list == Array(0..<10))
    #expect(counter.value == 1)
    #expect(try compute(numbers.map("count", \.count), options: options) == 10)
    #expect(counter.value == 2)
    #expect(try compute((0..<100).map { add(total(numbers), $0) }, options: options) == Array(45..<145))
    #expect(counter.value == 3)
    #expect(try compute([Delayed<Int>](), options: options) == [])
  }

  @Test("says which call failed, why, and with which arguments", arguments: computeOptions)
  func failure(options: ComputeOptions) throws {
    let many = (0..<100).map { divide(increment(99), increment(49 - $0)) }
    let error = #expect(throws: TaskError.self) { try total(many).compute(options) }
    #expect(error?.cause is DivisionByZero)
    let text = try #require(error?.description)
    #expect(
      text.wholeMatch(of: /task divide-[0-9a-f]{8}\[50\] failed: division by zero; inputs: 100, 0/) != nil, "\(text)")
    let large = delayed("large") { (_: [Int], _: String) throws -> Int in throw DivisionByZero() }
    let other = #expect(throws: TaskError.self) { try large(Array(0..<1_000), "a").compute(options) }
    #expect(other?.inputs == ["Array<Int> of 1000 elements", "\"a\""])
  }

  @Test("works inside a delayed function, and an error in there is named as well", arguments: computeOptions)
  func nested(options: ComputeOptions) throws {
    let (increment, divide) = (increment, divide)
    let inner = delayed("inner") { (count: Int) in
      try compute((0..<count).map { increment($0) }, options: options).count
    }
    #expect(try total((0..<20).map { inner($0) }).compute(options) == 190)
    let failing = delayed("failing") { (x: Int) in try divide(x, 0).compute(options) }
    let error = #expect(throws: TaskError.self) { try failing(3).compute(options) }
    #expect(error?.inputs == ["3"])
    #expect(error?.key.hasPrefix("failing-") == true)
    #expect((error?.cause as? TaskError)?.inputs == ["3", "0"])
  }

  @Test("computes chains of any length", arguments: computeOptions)
  func longChains(options: ComputeOptions) throws {
    let value = (0..<20_000).reduce(Delayed(0)) { value, _ in increment(value) }
    #expect(try value.compute(options) == 20_000)
  }

  @Test("stops when it is cancelled", arguments: computeOptions)
  func cancellation(options: ComputeOptions) throws {
    var options = options
    options.cancellation = CancellationToken()
    let token = options.cancellation
    let cancel = delayed("cancel") { (x: Int) -> Int in
      token.cancel()
      return x
    }
    #expect(throws: CancelledError.self) { try increment(cancel(1)).compute(options) }
  }

  @Test("hands the token, the monitor and the tasks on to the executor")
  func runOptions() throws {
    let executor = RecordingExecutor()
    var options = ComputeOptions()
    options.executor = executor
    options.monitor = RunMonitor()
    #expect(try total([increment(1), increment(2)]).compute(options) == 5)
    let run = try #require(executor.runs.withLock { $0 }.first)
    #expect(run.options.monitor === options.monitor)
    #expect(run.options.cancellation === options.cancellation)
    #expect(run.layers == ["increment 2", "total 1"])
  }

  @Test("makes one layer for each name, however many values are asked for")
  func layers() throws {
    let executor = RecordingExecutor()
    var options = ComputeOptions()
    options.executor = executor
    let values = (0..<10).map { increment(increment($0)) }
    #expect(try compute(values, options: options) == Array(2..<12))
    _ = try compute(values[0], add(values[1], values[0]), increment(7), values[0], options: options)
    #expect(executor.runs.withLock { $0.map(\.layers) } == [["increment 20"], ["increment 5", "add 1"]])
  }

  @Test("is asked for its tasks without running any")
  func taskGraph() throws {
    let never = delayed("never") { (_: Int) -> Int in preconditionFailure("was run") }
    let graph = try total([never(1), never(2)]).taskGraph()
    #expect(graph.layers.map(\.name) == ["never", "total"])
    #expect(graph.taskCount == 3)
  }

  @Test("is asked for a picture, which is written to a file")
  func picture() throws {
    let path =
      "\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/compute-tests-\(UInt64.random(in: 0...UInt64.max)).dot"
    defer { unlink(path) }
    try total([increment(1), increment(2)]).visualize(path, detail: .layers)
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var text = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&text, 1, text.count, file)
    #expect(String(decoding: text[..<count], as: UTF8.self).contains("increment\\n2 tasks"))
    #expect(throws: PictureError.self) { try increment(1).visualize("graph.txt") }
  }
}

/// Notes what it is asked for.
private final class RecordingExecutor: Executor {
  let runs = Mutex<[(options: RunOptions, layers: [String])]>([])

  var concurrency: Int { 1 }

  func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable] {
    runs.withLock { $0.append((options, graph.layers.map { "\($0.name) \($0.tasks.count)" })) }
    return try SerialExecutor().run(graph, outputs: outputs, options: options)
  }

  func start(
    _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
    completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void
  ) {
    SerialExecutor().start(graph, outputs: outputs, options: options, completion: completion)
  }
}
