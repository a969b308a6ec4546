import Scheduler
import Synchronization
import TaskGraph
import Testing

@Suite("A future", .timeLimit(.minutes(2)))
struct FutureTests {
  @Test("gives what its closure gives", arguments: executors)
  func result(executor: any Executor) async throws {
    let future = executor.submit("seven") { 7 }
    #expect(try future.result() == 7)
    #expect(try future.result() == 7)
    #expect(try await future.value == 7)
    #expect(future.state == .finished)
    #expect(future.isDone)
    #expect(future.name == "seven")
    #expect("\(future)" == "future seven, finished")
  }

  @Test("is given the results of its inputs, of any number and type", arguments: executors)
  func inputs(executor: any Executor) throws {
    let number = executor.submit("number") { 7 }
    let text = executor.submit("text") { "a" }
    let list = executor.submit("list", number, text) { number, text in [String](repeating: text, count: number) }
    let all = executor.submit("all", number, text, list, number) { "\($0) \($1) \($2.count) \($3)" }
    #expect(try all.result() == "7 a 7 7")
    let total = executor.submit("total", [number, number, executor.submit("one") { 1 }]) { $0 }
    #expect(try total.result() == [7, 7, 1])
    #expect(try executor.submit("none", [Future<Int>]()) { $0.count }.result() == 0)
    let token = executor.submit("token", number, text) { token, number, text in "\(token.isCancelled) \(number) \(text)"
    }
    #expect(try token.result() == "false 7 a")
  }

  @Test("may have inputs of other executors")
  func mixed() throws {
    let gate = Gate()
    let (one, two) = (ThreadPoolExecutor(threads: 1), ThreadPoolExecutor(threads: 1))
    let first = one.submit("first") { () -> Int in
      gate.pass()
      return 1
    }
    let second = SerialExecutor().submit("second", first) { $0 + 1 }
    let third = two.submit("third", second, first) { $0 * 10 + $1 }
    #expect(second.state == .waiting)
    gate.open()
    #expect(try third.result() == 21)
  }

  @Test("of a map runs the same work on each element, or on the result of each future", arguments: executors)
  func map(executor: any Executor) throws {
    let squares = executor.map("square", 0..<100) { $0 * $0 }
    let texts = executor.map("text", over: squares) { "\($0)" }
    #expect(try gather(squares) == (0..<100).map { $0 * $0 })
    #expect(try gather(texts) == (0..<100).map { "\($0 * $0)" })
    #expect(texts[3].name == "text[3]")
    #expect(executor.map("none", [Int]()) { $0 }.isEmpty)
  }

  @Test("starts when its inputs are there, not before", arguments: pools())
  func starts(pool: ThreadPoolExecutor) throws {
    let gate = Gate()
    let started = Counter()
    let first = pool.submit("first") { gate.pass() }
    let second = pool.submit("second", first) { _ in started.add(1) }
    #expect(waits { gate.arrivals == 1 })
    #expect(first.state == .running)
    #expect(second.state == .waiting)
    #expect(!second.isDone)
    #expect(started.value == 0)
    gate.open()
    try second.result()
    #expect(started.value == 1)
  }

  @Test("runs at once on the serial executor, in the calling thread")
  func serial() {
    let future = SerialExecutor().submit("now") { 1 }
    #expect(future.state == .finished)
  }

  @Test("runs to its end though nobody holds it, and its executor with it")
  func unheld() {
    let ran = Counter()
    let gate = Gate()
    func start() {
      let pool = ThreadPoolExecutor(threads: 2)
      let first = pool.submit("first") { gate.pass() }
      _ = pool.submit("second", first) { _ in ran.add(1) }
    }
    start()
    gate.open()
    #expect(waits { ran.value == 1 })
  }

  @Test("keeps its result as long as somebody holds it or is yet to use it, and no longer", arguments: pools())
  func release(pool: ThreadPoolExecutor) throws {
    let alive = Counter()
    let gate = Gate()
    var first: Future<CountedResult>? = pool.submit("first") { CountedResult(alive) }
    _ = try first?.result()
    let blocker = pool.submit("blocker") { gate.pass() }
    let second = first.map { pool.submit("second", $0, blocker) { result, _ in result.counter.value } }
    first = nil
    #expect(alive.value == 1)
    gate.open()
    #expect(try second?.result() == 1)
    #expect(waits { alive.value == 0 })
    // The closure's own captures go as well, when the future is done.
    let captured = CountedResult(alive)
    let third = pool.submit("third") { [captured] in captured.counter.value }
    #expect(try third.result() == 1)
    _ = consume captured
    #expect(waits { alive.value == 0 })
  }

  @Test("lets its executor go once it is done", arguments: [1, 3])
  func executorEnds(threads: Int) throws {
    weak var ended: ThreadPoolExecutor?
    var held: [Future<Int>] = []
    do {
      let pool = ThreadPoolExecutor(threads: threads)
      ended = pool
      held = pool.map("element", 0..<10) { $0 }
      _ = try gather(held)
    }
    #expect(waits { ended == nil })
    #expect(held.count == 10)
  }

  @Test("is equal to itself only, and can be an element of a set")
  func identity() {
    let futures = SerialExecutor().map("same", [1, 1]) { $0 }
    #expect(futures[0] == futures[0])
    #expect(futures[0] != futures[1])
    #expect(Set(futures + futures).count == 2)
  }
}
