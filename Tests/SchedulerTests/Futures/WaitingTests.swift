import TaskGraph
import Testing

@testable import Scheduler

@Suite("Waiting for futures", .timeLimit(.minutes(2)))
struct WaitingTests {
  /// A future for each gate, whose result is its position.
  private func gated(_ gates: [Gate], _ pool: ThreadPoolExecutor) -> [Future<Int>] {
    pool.map("gated", gates.indices) { index in
      gates[index].pass()
      return index
    }
  }

  @Test("gathers the results in the order of the list", arguments: executors)
  func gathers(executor: any Executor) throws {
    let futures = executor.map("element", 0..<50) { $0 }
    #expect(try gather(futures.reversed()) == (0..<50).reversed())
    #expect(try gather([Future<Int>]()) == [])
  }

  @Test("gathers the first failure of the list, not of time")
  func gathersFailure() throws {
    let pool = ThreadPoolExecutor(threads: 2)
    let gate = Gate()
    let late = pool.submit("late") { () -> Int in
      gate.pass()
      throw Trouble("bad")
    }
    let early = pool.submit("early") { () -> Int in throw Trouble("worse") }
    #expect(outcome(of: early) == "task early failed: worse")
    gate.open()
    let error = try #require(throws: TaskError.self) { try gather([late, early]) }
    #expect("\(error)" == "task late failed: bad")
  }

  @Test("gives futures as they are done, those first that are done already", arguments: [3, 7])
  func completed(threads: Int) throws {
    let pool = ThreadPoolExecutor(threads: threads)
    let gates = (0..<3).map { _ in Gate() }
    let futures = gated(gates, pool)
    gates[2].open()
    _ = try futures[2].result()
    var order: [Int] = []
    for future in asCompleted(futures) {
      order.append(try future.result())
      if order.count == 1 { gates[1].open() }
      if order.count == 2 { gates[0].open() }
    }
    #expect(order == [2, 1, 0])
    #expect(try asCompleted(futures).map { try $0.result() } == [0, 1, 2])
  }

  @Test("gives futures as they are done without blocking a thread")
  func completedAsynchronously() async throws {
    let pool = ThreadPoolExecutor(threads: 3)
    let gates = (0..<3).map { _ in Gate() }
    let futures = gated(gates, pool)
    gates[1].open()
    var order: [Int] = []
    for await future in asCompleted(futures).async {
      order.append(try await future.value)
      if order.count == 1 { gates[2].open() }
      if order.count == 2 { gates[0].open() }
    }
    #expect(order == [1, 2, 0])
    for await _ in asCompleted([Future<Int>]()).async { Issue.record("there is none") }
  }

  @Test("gives what is done already before what ends while it begins to wait")
  func completedMeanwhile() {
    let gate = Gate()
    let blocker = ThreadPoolExecutor(threads: 1).submit("blocker") { gate.pass() }
    let pending = SerialExecutor().submit("pending", blocker) { _ in 1 }
    // Is asked after `pending`, which then ends.
    let done = Asked { pending.cancel() }
    var work = FutureWork()
    done.begin(&work)
    work.finish()
    let waiter = FutureWaiter([pending.task, done])
    #expect(waiter.next() == 1)
    #expect(waiter.next() == 0)
    waiter.end()
    gate.open()
  }

  @Test("says of how many futures it gives each")
  func completedCount() {
    #expect(asCompleted(SerialExecutor().map("element", 0..<3) { $0 }).underestimatedCount == 3)
  }

  @Test("gives each of many futures once", arguments: executors)
  func completedMany(executor: any Executor) async throws {
    let futures = executor.map("element", 0..<1_000) { $0 }
    #expect(try asCompleted(futures).map { try $0.result() }.sorted() == Array(0..<1_000))
    let others = executor.map("element", 0..<1_000) { $0 }
    var sum = 0
    for await future in asCompleted(others).async { sum += try future.result() }
    #expect(sum == 499_500)
    #expect(Array(asCompleted([futures[0], futures[0]])) == [futures[0], futures[0]])
  }

  @Test("may stop before all are done")
  func stopsEarly() {
    let pool = ThreadPoolExecutor(threads: 2)
    let gates = [Gate(), Gate()]
    let futures = gated(gates, pool)
    gates[1].open()
    for future in asCompleted(futures) {
      #expect(future == futures[1])
      break
    }
    gates[0].open()
  }

  @Test("for all gives all, for none gives none", arguments: executors)
  func all(executor: any Executor) {
    let futures = executor.map("element", 0..<100) { if $0 == 50 { throw Trouble("bad") } }
    let (done, pending) = wait(futures)
    #expect(done == futures)
    #expect(pending.isEmpty)
    #expect(wait([Future<Int>](), for: .first).done.isEmpty)
  }

  @Test("for the first gives those that are done, in the order of the list")
  func first() throws {
    let pool = ThreadPoolExecutor(threads: 3)
    let gates = (0..<3).map { _ in Gate() }
    let futures = gated(gates, pool)
    gates[1].open()
    var (done, pending) = wait(futures, for: .first)
    #expect(done == [futures[1]])
    #expect(pending == [futures[0], futures[2]])
    gates[0].open()
    _ = try futures[0].result()
    (done, pending) = wait(futures, for: .first)
    #expect(done == [futures[0], futures[1]])
    gates[2].open()
  }

  @Test("for the first failure passes over successes, and gives up at a failure or cancellation")
  func firstFailure() throws {
    let pool = ThreadPoolExecutor(threads: 3)
    let gate = Gate()
    let slow = pool.submit("slow") { gate.pass() }
    let good = pool.submit("good") {}
    let bad = pool.submit("bad", good) { _ in throw Trouble("bad") }
    var (done, pending) = wait([slow, good, bad], for: .firstFailure)
    #expect(done == [good, bad])
    #expect(pending == [slow])
    let dropped = pool.submit("dropped", slow) { _ in }
    dropped.cancel()
    #expect(wait([slow, dropped], for: .firstFailure).done == [dropped])
    gate.open()
    (done, pending) = wait([slow, good], for: .firstFailure)
    #expect(done == [slow, good])
  }

  @Test("ends when the time is over", arguments: pools())
  func timeout(pool: ThreadPoolExecutor) {
    let gate = Gate()
    let futures = gated([gate], pool)
    #expect(wait(futures, timeout: .milliseconds(20)).pending == futures)
    #expect(wait(futures, timeout: .zero).pending == futures)
    #expect(wait(futures, timeout: .seconds(-1)).pending == futures)
    gate.open()
    #expect(wait(futures, timeout: .seconds(Int64.max)).done == futures)
    #expect(wait(futures, timeout: .zero).done == futures)
  }

  @Test("with a time limit inside a task ends though the only thread is its own")
  func timeoutInside() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let gate = Gate()
    let foreign = ThreadPoolExecutor(threads: 1).submit("foreign") { gate.pass() }
    #expect(waits { gate.arrivals == 1 })
    let future = pool.submit("outer") { wait([foreign], timeout: .milliseconds(10)).pending.count }
    #expect(try future.result() == 1)
    gate.open()
  }

  @Test("leaves nothing behind at futures that are not done")
  func forgets() {
    let pool = ThreadPoolExecutor(threads: 1)
    let gate = Gate()
    let alive = Counter()
    let blocker = pool.submit("blocker") { gate.pass() }
    do {
      let other = SerialExecutor().submit("other") { CountedResult(alive) }
      let pending = pool.submit("pending", blocker) { _ in CountedResult(alive) }
      for future in asCompleted([other, pending]) {
        #expect(future == other)
        break
      }
    }
    #expect(alive.value == 0)
    gate.open()
  }
}

/// Does something when it is asked to tell of its end.
private final class Asked: FutureTask, @unchecked Sendable {
  // Safe to share: it never changes.
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
    super.init(name: FutureName(name: "asked"), inputs: [], place: .callingThread, priority: 0, retries: 0)
  }

  override func compute() {}

  override func letGo(keepingResult: Bool) {}

  override func observe(_ observer: any FutureObserver, tag: Int) -> Bool {
    body()
    return super.observe(observer, tag: tag)
  }
}
