import Scheduler
import Synchronization
import TaskGraph
import Testing

@Suite("What follows from the end of a future", .timeLimit(.minutes(2)))
struct FutureWorkTests {
  @Test(
    "runs in the order in which it was submitted",
    arguments: [ThreadPoolExecutor(threads: 1), SerialExecutor(), Forwarder(executor: SerialExecutor())]
      as [any Executor])
  func order(executor: any Executor) throws {
    let log = Mutex<[Int]>([])
    let gate = Gate()
    let first = ThreadPoolExecutor(threads: 1).submit("first") { gate.pass() }
    let futures = (0..<5).map { index in
      executor.submit("next", first) { _ in log.withLock { $0.append(index) } }
    }
    gate.open()
    _ = wait(futures)
    #expect(log.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test("runs on the pool of each, when futures of several have the same input")
  func severalPools() throws {
    let gate = Gate()
    let arrived = Counter()
    let first = ThreadPoolExecutor(threads: 1).submit("first") { gate.pass() }
    let futures = [ThreadPoolExecutor(threads: 1), ThreadPoolExecutor(threads: 1)].map { pool in
      // They wait for each other, which they could not do on one thread.
      pool.submit("meet", first) { _ in
        arrived.add(1)
        return waits { arrived.value == 2 }
      }
    }
    gate.open()
    #expect(try gather(futures) == [true, true])
  }

  @Test("does not wait for a run that the thread does first which has made it ready")
  func behindRun() throws {
    let pool = ThreadPoolExecutor(threads: 2)
    let gate = Gate()
    let first = pool.submit("first") { gate.pass() }
    #expect(waits { gate.arrivals == 1 })
    let next = pool.submit("next", first) { _ in 1 }
    let run = Forwarder(executor: SerialExecutor()).submit("run", first) { _ in waits { next.isDone } }
    gate.open()
    #expect(try run.result())
  }

  @Test("is told when an executor refuses a run later")
  func refusedLater() {
    let gate = Gate()
    let first = ThreadPoolExecutor(threads: 1).submit("first") { gate.pass() }
    let future = Refuser().submit("load", first) { _ in 1 }
    let next = SerialExecutor().submit("next", future) { $0 }
    gate.open()
    #expect(waits { next.isDone })
    #expect(next.state == .failed)
  }
}
