import Synchronization
import TaskGraph
import Testing

@testable import Scheduler

@Suite("A task that helps while it waits", .timeLimit(.minutes(2)))
struct FutureWaiterHelpTests {
  @Test("runs the inputs of what it waits for in their order")
  func inputOrder() throws {
    let log = Mutex<[Int]>([])
    let pool = ThreadPoolExecutor(threads: 1)
    let outer = pool.submit("outer") {
      let inputs = pool.map("input", 0..<5) { index in log.withLock { $0.append(index) } }
      try pool.submit("target", inputs) { _ in }.result()
    }
    try outer.result()
    #expect(log.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test("takes up nothing of which it is told after another thread has taken it")
  func toldOfTaken() {
    let waiter = FutureWaiter([])
    weak var gone: FutureTask?
    do {
      let future = SerialExecutor().submit("taken") { 1 }
      gone = future.task
      waiter.canRun(future.task)
    }
    #expect(gone == nil)
    waiter.end()
  }

  @Test("leaves nothing behind at what its futures need, when it goes on without them")
  func forgets() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let gate = Gate()
    let alive = Counter()
    let input = ThreadPoolExecutor(threads: 1).submit("blocker") { gate.pass() }
    // Else the waiting thread would run it.
    #expect(waits { gate.arrivals == 1 })
    let needed = pool.submit("needed", input) { _ in 1 }
    let outer = pool.submit("outer") {
      let late = pool.submit("late", needed) { _ in CountedResult(alive) }
      let quick = pool.submit("quick") { CountedResult(alive) }
      return wait([late, quick], for: .first).done == [quick]
    }
    #expect(try outer.result())
    #expect(waits { alive.value == 0 })
    #expect(needed.state == .waiting)
    gate.open()
    #expect(try needed.result() == 1)
  }

  @Test("leaves nothing behind at what another thread runs, when it goes on without that")
  func forgetsTaken() throws {
    let (pool, other) = (ThreadPoolExecutor(threads: 1), ThreadPoolExecutor(threads: 1))
    let (before, running, quick) = (Gate(), Gate(), Gate())
    let alive = Counter()
    let blocker = other.submit("blocker") { before.pass() }
    #expect(waits { before.arrivals == 1 })
    let needed = other.submit("needed", blocker) { _ in running.pass() }
    let outer = pool.submit("outer") {
      let late = pool.submit("late", needed) { _ in CountedResult(alive) }
      // Keeps the thread from taking `needed` itself.
      let first = pool.submit("first") {
        quick.pass()
        return CountedResult(alive)
      }
      return wait([late, first], for: .first).done == [first]
    }
    #expect(waits { quick.arrivals == 1 })
    before.open()
    #expect(waits { running.arrivals == 1 })
    quick.open()
    #expect(try outer.result())
    #expect(waits { alive.value == 0 })
    #expect(needed.state == .running)
    running.open()
    try needed.result()
  }

  @Test("lets go of what is cancelled before it runs, and that of the waiter")
  func cancelledMeanwhile() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let gate = Gate()
    let alive = Counter()
    let handed = Mutex<[Future<Int>]>([])
    @Sendable func target() -> Future<CountedResult> {
      let inputs = pool.map("input", 0..<2) { $0 }
      handed.withLock { $0 = inputs }
      return pool.submit("target", inputs) { _ in CountedResult(alive) }
    }
    let outer = pool.submit("outer") {
      // Runs first, when the thread has looked for all that it can do.
      let first = pool.submit("first", priority: 1) {
        gate.pass()
        return CountedResult(alive)
      }
      return wait([first, target()]).done.map(\.state)
    }
    #expect(waits { gate.arrivals == 1 })
    weak var gone: FutureTask?
    do {
      let future = handed.withLock { $0.removeFirst() }
      gone = future.task
      future.cancel()
    }
    #expect(waits { gone == nil })
    let kept = handed.withLock { $0.removeFirst() }
    kept.cancel()
    gate.open()
    #expect(try outer.result() == [.finished, .cancelled])
    #expect(waits { alive.value == 0 })
    #expect(kept.state == .cancelled)
  }

  @Test("holds no result of an input that was there before")
  func holdsNoInput() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let alive = Counter()
    let gates = [Gate(), Gate()]
    let hasLooked = Counter()
    let foreign = ThreadPoolExecutor(threads: 2).map("foreign", 0..<2) { gates[$0].pass() }
    // Else the waiting thread would run them.
    #expect(waits { gates.allSatisfy { $0.arrivals == 1 } })
    @Sendable func needing() throws -> Future<Void> {
      let input = pool.submit("input") { CountedResult(alive) }
      _ = try input.result()
      return pool.submit("target", input, foreign[0]) { _, _ in }
    }
    let outer = pool.submit("outer") {
      let target = try needing()
      // Is run when the thread has looked for all that it can do.
      let first = pool.submit("first") { hasLooked.add(1) }
      return wait([target, first, foreign[1]]).done.count
    }
    #expect(waits { hasLooked.value == 1 })
    #expect(alive.value == 1)
    gates[0].open()
    #expect(waits { alive.value == 0 })
    gates[1].open()
    #expect(try outer.result() == 3)
  }
}
