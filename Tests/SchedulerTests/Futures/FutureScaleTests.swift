import Glibc
import Scheduler
import Synchronization
import TaskGraph
import TestSupport
import Testing

@Suite("Very many futures", .timeLimit(.minutes(2)))
struct FutureScaleTests {
  private static let length = 100_000

  /// The end of a chain behind a future that waits at a gate, and then fails if the gate is a trap.
  private func chain(_ executor: any Executor, length: Int, behind gate: Gate, isTrap: Bool = false) -> [Future<Int>] {
    var futures = [
      ThreadPoolExecutor(threads: 1).submit("gate") { () -> Int in
        gate.pass()
        if isTrap { throw Trouble("trapped") }
        return 0
      }
    ]
    for index in 0..<length { futures.append(executor.submit("next", futures[index]) { $0 + 1 }) }
    return futures
  }

  @Test(
    "in a chain are run",
    arguments: [
      (SerialExecutor() as any Executor, length), (Forwarder(executor: SerialExecutor()), length / 4),
      (ThreadPoolExecutor(threads: 2), length),
    ])
  func runs(executor: any Executor, length: Int) throws {
    let gate = Gate()
    let last = chain(executor, length: length, behind: gate)[length]
    gate.open()
    #expect(try last.result() == length)
  }

  @Test("in a chain fail", arguments: [SerialExecutor() as any Executor, ThreadPoolExecutor(threads: 2)])
  func fails(executor: any Executor) {
    let gate = Gate()
    let last = chain(executor, length: Self.length, behind: gate, isTrap: true)[Self.length]
    gate.open()
    #expect(outcome(of: last) == "task gate failed: trapped")
  }

  @Test("in a chain are cancelled")
  func cancels() {
    let gate = Gate()
    let futures = chain(ThreadPoolExecutor(threads: 2), length: Self.length, behind: gate)
    futures[1].cancel()
    #expect(futures.dropFirst().allSatisfy { $0.state == .cancelled })
    gate.open()
  }

  @Test("in a chain let go of their results as they are run", arguments: freshExecutors())
  func released(executor: any Executor) throws {
    let alive = Counter()
    let gate = Gate()
    let blocker = ThreadPoolExecutor(threads: 1).submit("gate") { gate.pass() }
    var future = executor.submit("first", blocker) { _ in CountedResult(alive) }
    for _ in 0..<200 { future = executor.submit("next", future) { CountedResult($0.counter) } }
    gate.open()
    _ = try future.result()
    // Of two neighbours each, and what a thread is about to drop.
    #expect(alive.peak <= 4)
    #expect(waits { alive.value == 1 })
  }

  @Test("are all run once, wherever they are submitted from", arguments: [2, 7])
  func everywhere(threads: Int) throws {
    let pool = ThreadPoolExecutor(threads: threads)
    let ran = Counter()
    let submitters = ThreadPoolExecutor(threads: 4).map("submitter", 0..<4) { _ in
      let outer = pool.map("outer", 0..<500) { _ in pool.map("inner", 0..<5) { _ in ran.add(1) } }
      for futures in try gather(outer) { _ = try gather(futures) }
    }
    _ = try gather(submitters)
    #expect(ran.value == 10_000)
  }

  @Test("can be cancelled while others run", arguments: [2, 7])
  func cancelledMeanwhile(threads: Int) throws {
    let pool = ThreadPoolExecutor(threads: threads)
    for seed in UInt64(1)...10 {
      var generator = SplitMix64(seed: seed)
      var futures = [pool.submit("first") { 0 }]
      var inputs: [[Int]] = [[]]
      for index in 1..<300 {
        inputs.append((0..<2).map { _ in Int.random(in: max(0, index - 20)..<index, using: &generator) })
        futures.append(pool.submit("next", futures[inputs[index][0]], futures[inputs[index][1]]) { max($0, $1) + 1 })
        if index % 10 == 0 { futures[Int.random(in: 0..<index, using: &generator)].cancel() }
      }
      _ = wait(futures)
      for (index, future) in futures.enumerated() {
        let isDoomed = inputs[index].contains { futures[$0].state == .cancelled }
        if isDoomed { #expect(future.state == .cancelled, "seed \(seed), future \(index)") }
        #expect(future.state == .finished || future.state == .cancelled, "seed \(seed), future \(index)")
      }
    }
  }

  @Test("come by their priority, then as they were submitted")
  func priorities() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let gate = Gate()
    let log = Mutex<[Int]>([])
    let blocker = pool.submit("blocker") { gate.pass() }
    #expect(waits { gate.arrivals == 1 })
    let low = pool.map("low", 0..<3, priority: -1) { index in log.withLock { $0.append(index) } }
    let middle = pool.map("middle", 10..<13) { index in log.withLock { $0.append(index) } }
    let high = pool.submit("high", priority: 7) { log.withLock { $0.append(20) } }
    gate.open()
    _ = wait(low + middle + [high, blocker])
    #expect(log.withLock { $0 } == [20, 10, 11, 12, 0, 1, 2])
  }

  @Test("run on all threads of the pool", arguments: [1, 2, 5])
  func threads(count: Int) throws {
    let pool = ThreadPoolExecutor(threads: count)
    let running = Counter()
    let arrived = Counter()
    let futures = pool.map("element", 0..<20) { index in
      running.add(1)
      arrived.add(1)
      // The first ones wait for each other, which fewer threads could not do.
      if index < count { #expect(waits { arrived.value >= count }) }
      running.add(-1)
    }
    _ = try gather(futures)
    #expect(running.peak == count)
  }

  @Test("let runs of graphs have their turn")
  func makeWay() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let isOver = Atomic(false)
    let rounds = Counter()
    @Sendable func goOn() {
      rounds.add(1)
      if isOver.load(ordering: .relaxed) { return }
      usleep(100)
      _ = pool.submit("again") { goOn() }
    }
    _ = pool.submit("first") { goOn() }
    #expect(waits { rounds.value > 3 })
    let (graph, outputs) = independent(3, Perform { $0.index })
    #expect(try pool.run(graph, outputs: outputs).map { $0 as? Int } == [0, 1, 2])
    isOver.store(true, ordering: .relaxed)
  }
}
