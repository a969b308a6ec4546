import Glibc
import Synchronization
import TaskGraph
import Testing

@testable import Scheduler

@Suite("Futures that wait for a thread", .timeLimit(.minutes(2)))
struct FutureQueueTests {
  @Test("have their turn among runs by their own priorities")
  func priorities() throws {
    let pool = ThreadPoolExecutor(threads: 1)
    let log = Mutex<[String]>([])
    @Sendable func note(_ text: String) { log.withLock { $0.append(text) } }
    let gate = Gate()
    let (block, blockOutputs) = independent(1, Perform { _ in gate.pass() })
    pool.start(block, outputs: blockOutputs, options: RunOptions()) { _ in }
    #expect(waits { gate.arrivals == 1 })
    var futures = [pool.submit("low", priority: .min) { note("future min") }]
    futures.append(pool.submit("low", priority: 0) { note("future 0") })
    for priority in [5, 7] {
      let (graph, outputs) = independent(1, Perform { _ in note("run \(priority)") })
      pool.start(graph, outputs: outputs, options: RunOptions(priority: priority)) { _ in }
    }
    futures.append(pool.submit("high", priority: 9) { note("future 9") })
    futures.append(pool.submit("middle", priority: 6) { note("future 6") })
    gate.open()
    _ = wait(futures)
    #expect(log.withLock { $0 } == ["future 9", "run 7", "future 6", "run 5", "future 0", "future min"])
  }

  @Test("do not wait for what the thread does first that has made them ready")
  func behindSerial() throws {
    let pool = ThreadPoolExecutor(threads: 2)
    let gate = Gate()
    let first = pool.submit("first") { gate.pass() }
    #expect(waits { gate.arrivals == 1 })
    let next = pool.submit("next", first) { _ in 1 }
    // Runs in the thread that has run `first`, before that looks into the queue of the pool.
    let serial = SerialExecutor().submit("serial", first) { _ in waits { next.isDone } }
    gate.open()
    #expect(try serial.result())
  }
}
