import Glibc
import Synchronization
import TaskGraph
import TestSupport
import Testing

@testable import Scheduler

@Suite("A task that waits for futures of its own pool", .timeLimit(.minutes(2)))
struct FutureWaiterTests {
  @Test("runs what it waits for, if no other thread does", arguments: freshExecutors())
  func runs(executor: any Executor) throws {
    let future = executor.submit("outer") {
      let inner = executor.submit("inner") { 1 }
      return try inner.result() + gather(executor.map("element", 0..<10) { $0 }).reduce(0, +)
    }
    #expect(try future.result() == 46)
  }

  @Test("runs what that needs, however deep", arguments: freshExecutors())
  func runsInputs(executor: any Executor) throws {
    let future = executor.submit("outer") {
      var chain = executor.submit("first") { 0 }
      for _ in 0..<2_000 { chain = executor.submit("next", chain, chain) { max($0, $1) + 1 } }
      return try chain.result()
    }
    #expect(try future.result() == 2_000)
  }

  @Test("may do so at any depth", arguments: freshExecutors())
  func nested(executor: any Executor) throws {
    @Sendable func fibonacci(_ number: Int) throws -> Int {
      if number < 2 { return number }
      let smaller = executor.submit("fibonacci") { try fibonacci(number - 2) }
      let larger = executor.submit("fibonacci") { try fibonacci(number - 1) }
      return try larger.result() + smaller.result()
    }
    #expect(try executor.submit("fibonacci") { try fibonacci(15) }.result() == 610)
  }

  @Test("may use asCompleted and wait", arguments: freshExecutors())
  func others(executor: any Executor) throws {
    let future = executor.submit("outer") { () -> Int in
      let futures = executor.map("element", 0..<10) { $0 }
      let (done, pending) = wait(futures, for: .first)
      let all = wait(executor.map("element", 0..<10) { $0 }).done
      return try asCompleted(futures).reduce(0) { try $0 + $1.result() } + done.count + pending.count + all.count
    }
    #expect(try future.result() == 45 + 20)
  }

  @Test("may be told after its end that another thread has taken what it could run")
  func toldLate() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let late = pool.submit("outer") {
      let futures = pool.map("element", 0..<3) { $0 }
      let waiter = FutureWaiter(futures.map(\.task))
      let first = waiter.next()
      waiter.end()
      for future in futures { waiter.cannotRun(future.task) }
      return try gather(futures).reduce(first ?? -1, +)
    }
    #expect(try late.result() == 3)
  }

  @Test("may wait for one that stands behind it in a thread of no pool")
  func serialLine() throws {
    let gate = Gate()
    let executor = ThreadEach()
    let first = executor.submit("first") { gate.pass() }
    try #require(waits { gate.arrivals == 1 })
    // Both become ready in the thread of `first`; the one that waits comes first.
    let second = SerialExecutor().submit("second", first) { _ in 1 }
    let third = SerialExecutor().submit("third", second) { $0 + 1 }
    let waiting = SerialExecutor().submit("waiting", first, priority: 1) { _ in try third.result() + second.result() }
    gate.open()
    try #require(wait([waiting], timeout: .seconds(10)).done.count == 1)
    #expect(try waiting.result() == 3)
  }

  @Test("may be a task of a graph, and a future may run a graph", arguments: freshExecutors())
  func graphs(executor: any Executor) throws {
    let (inner, innerOutputs) = independent(10, Perform { $0.index })
    let (graph, outputs) = independent(
      10,
      Perform { task in
        let future = executor.submit("future") {
          try executor.run(inner, outputs: innerOutputs).reduce(0) { $0 + ($1 as? Int ?? 0) }
        }
        return try future.result() + task.index
      })
    #expect(try executor.run(graph, outputs: outputs).map { $0 as? Int } == (45..<55).map { $0 })
  }

  @Test("may wait for a pool whose task waits for its own")
  func twoPools() throws {
    let (one, two) = (ThreadPoolExecutor(threads: 1), ThreadPoolExecutor(threads: 1))
    let future = one.submit("outer") {
      try two.submit("middle") { try one.submit("inner") { 1 }.result() + 1 }.result() + 1
    }
    #expect(try future.result() == 3)
  }

  @Test("may wait for an executor that hands its runs to the same pool")
  func forwarded() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let forwarder = Forwarder(executor: pool)
    let future = pool.submit("outer") { try forwarder.submit("inner") { 1 }.result() + 1 }
    #expect(try future.result() == 2)
    #expect(try forwarder.submit("outer", future) { try forwarder.submit("inner") { 1 }.result() + $0 }.result() == 3)
  }

  // The thread of `outer` finds nothing to do at first: `first` runs on the other one. When that is done `second` could run,
  // but the other thread then waits for `outer`.
  @Test("takes what it needs as soon as that has its inputs, though it has slept")
  func wakes() throws {
    let pool = ThreadPoolExecutor(threads: 2)
    let gate = Gate()
    let asleep = Counter()
    let handed = Mutex<Future<Int>?>(nil)
    let first = pool.submit("first") { gate.pass() }
    #expect(waits { gate.arrivals == 1 })
    let second = pool.submit("second", first) { _ in 1 }
    let outer = pool.submit("outer") { () -> Int in
      asleep.add(1)
      return try second.result()
    }
    handed.withLock { $0 = outer }
    // Runs before `second`, on the thread of `first`, for its higher priority.
    let waiting = pool.submit("waiting", first, priority: 1) { _ in
      try handed.withLock { $0 }?.result()
    }
    #expect(waits { asleep.value == 1 })
    usleep(20_000)
    gate.open()
    #expect(try waiting.result() == 1)
  }

  @Test("does not run anything else, which might wait for it")
  func nothingElse() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let handed = Mutex<Future<Int>?>(nil)
    let outer = pool.submit("outer") { () -> Int in
      _ = waits { handed.withLock { $0 } != nil }
      _ = pool.submit("dangerous", priority: 100) { try handed.withLock { $0 }?.result() }
      return try pool.submit("inner") { 1 }.result()
    }
    handed.withLock { $0 = outer }
    #expect(try outer.result() == 1)
  }

  @Test("helps in the order of priorities")
  func priorities() throws {
    let log = Mutex<[Int]>([])
    let pool = ThreadPoolExecutor(threads: 1)
    let future = pool.submit("outer") {
      let futures = [3, 1, 4, 1, 5].enumerated().map { position, priority in
        pool.submit("inner", priority: priority) { log.withLock { $0.append(position) } }
      }
      _ = wait(futures)
    }
    try future.result()
    #expect(log.withLock { $0 } == [4, 2, 0, 1, 3])
  }

  @Test("keeps no results of what that needs", arguments: pools())
  func keepsNothing(executor: ThreadPoolExecutor) throws {
    let alive = Counter()
    let future = executor.submit("outer") {
      var chain = executor.submit("first") { CountedResult(alive) }
      for _ in 0..<200 { chain = executor.submit("next", chain) { CountedResult($0.counter) } }
      _ = try chain.result()
    }
    try future.result()
    // Each thread may be about to let one go.
    #expect(alive.peak <= 4 + 2 * executor.threads)
  }

  @Test("keeps no results of what others do meanwhile")
  func keepsNothingMeanwhile() throws {
    let alive = Counter()
    let last = Counter()
    let gate = Gate()
    let other = Gate()
    let pool = ThreadPoolExecutor(threads: 2)
    // Keeps the other thread back until all is submitted and the waiting one has begun with `slow`.
    let busy = pool.submit("busy", priority: 2) { other.pass() }
    #expect(waits { other.arrivals == 1 })
    let future = pool.submit("outer") {
      let slow = pool.submit("slow", priority: 1) { gate.pass() }
      var chain = pool.submit("first") { CountedResult(alive) }
      for _ in 0..<200 { chain = pool.submit("next", chain) { CountedResult($0.counter) } }
      let end = pool.submit("end", chain) { _ in last.add(1) }
      _ = wait([slow, end])
    }
    #expect(waits { gate.arrivals == 1 })
    other.open()
    #expect(waits { last.value == 1 && alive.value <= 1 })
    #expect(alive.peak <= 4)
    gate.open()
    try future.result()
    try busy.result()
  }

  @Test("leaves no results behind in the queue that it has overtaken")
  func overtakes() throws {
    let alive = Counter()
    let pool = ThreadPoolExecutor(threads: 1)
    let future = pool.submit("outer") { () -> Int in
      var most = 0
      for _ in 0..<1_000 {
        _ = try pool.submit("inner") { CountedResult(alive) }.result()
        most = max(most, alive.value)
      }
      return most
    }
    #expect(try future.result() <= 1)
  }

  @Test("gives what it would give on the serial executor, in any tangle", arguments: UInt64(1)...60)
  func tangles(seed: UInt64) {
    let expected = tangle(seed, on: SerialExecutor())
    #expect(expected.count > 1)
    for executor in freshExecutors() {
      #expect(tangle(seed, on: executor) == expected, "seed \(seed), \(executor)")
    }
  }

  /// Futures with random inputs, some of which fail, and which besides wait for random earlier ones while they run.
  private func tangle(_ seed: UInt64, on executor: any Executor) -> [String] {
    var generator = SplitMix64(seed: seed)
    var futures: [Future<UInt64>] = []
    for index in 0..<Int.random(in: 2...80, using: &generator) {
      func some(_ most: Int) -> [Future<UInt64>] {
        futures.isEmpty
          ? []
          : (0..<Int.random(in: 0...most, using: &generator)).compactMap { _ in
            futures.randomElement(using: &generator)
          }
      }
      let (inputs, waitedFor, inner) = (some(3), some(2), Int.random(in: 0..<3, using: &generator))
      let (fails, yields) = (UInt8.random(in: 0..<30, using: &generator) == 0, Bool.random(using: &generator))
      let priority = Int.random(in: -2...2, using: &generator)
      futures.append(
        executor.submit("task\(index)", inputs, priority: priority, retries: index % 2) { values in
          if yields { sched_yield() }
          if fails { throw Trouble("bad") }
          var result = SplitMix64(seed: UInt64(index))
          for value in values { result.state = result.next() ^ value }
          for future in waitedFor { result.state = result.next() ^ (try future.result()) }
          for value in try gather(executor.map("inner", 0..<inner) { UInt64($0) }) {
            result.state = result.next() ^ value
          }
          return result.next()
        })
    }
    return futures.map(outcome)
  }
}
