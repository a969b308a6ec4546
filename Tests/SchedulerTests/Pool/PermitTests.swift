import Glibc
import TaskGraph
import Testing

@testable import Scheduler

@Suite("The threads of a pool", .timeLimit(.minutes(2)))
struct PermitTests {
  @Test("are there for others while one that has asked for a run only waits")
  func sleepingCaller() throws {
    let pool = ThreadPoolExecutor(threads: 2)
    let gate = Gate()
    let others = Counter()
    let over = Counter()
    PoolThread.start {
      let caller = pthread_self()
      let arrived = Counter()
      let (graph, outputs) = independent(
        2,
        Perform { _ in
          arrived.add(1)
          _ = waits { arrived.value == 2 }
          // One of them is done at once, by the caller; the other takes long.
          if pthread_equal(pthread_self(), caller) == 0 { gate.pass() }
          return 0
        })
      _ = try? pool.run(graph, outputs: outputs)
      over.add(1)
    }
    #expect(waits { gate.arrivals == 1 })
    PoolThread.start {
      let (graph, outputs) = independent(1, Perform { _ in 1 })
      if (try? pool.run(graph, outputs: outputs).first) as? Int == 1 { others.add(1) }
    }
    #expect(waits { others.value == 1 })
    #expect(over.value == 0)
    gate.open()
    #expect(waits { over.value == 1 })
  }

  @Test("end with the executor")
  func end() throws {
    var pool: ThreadPoolExecutor? = ThreadPoolExecutor(threads: 3)
    // The pool's threads hold what its results are counted by.
    weak let ledger = pool?.ledger
    let arrived = Counter()
    let (graph, outputs) = independent(
      3,
      Perform { _ in
        arrived.add(1)
        return waits { arrived.value == 3 }
      })
    #expect(try pool?.run(graph, outputs: outputs).allSatisfy { $0 as? Bool == true } == true)
    #expect(ledger != nil)
    pool = nil
    #expect(waits { ledger == nil })
  }

  @Test("end with the last run, if that outlasts the executor")
  func endWithRun() throws {
    var pool: ThreadPoolExecutor? = ThreadPoolExecutor(threads: 3)
    weak let ledger = pool?.ledger
    let arrived = Counter()
    let left = Counter()
    let gate = Gate()
    let (graph, outputs) = independent(
      3,
      Perform { task in
        arrived.add(1)
        _ = waits { arrived.value == 3 }
        if task.index == 0 { gate.pass() }
        left.add(1)
        return 0
      })
    pool?.start(graph, outputs: outputs, options: RunOptions()) { _ in }
    #expect(waits { gate.arrivals == 1 && left.value == 2 })
    // The other two are to have fallen asleep.
    usleep(20_000)
    pool = nil
    #expect(ledger != nil)
    gate.open()
    #expect(waits { ledger == nil })
  }

  @Test("come for what was added while a thread from outside had the only permit")
  func permitReturned() {
    let pool = ThreadPoolExecutor(threads: 1)
    let gate = Gate()
    let told = Counter()
    PoolThread.start {
      let (graph, outputs) = independent(1, Perform { _ in gate.pass() })
      _ = try? pool.run(graph, outputs: outputs)
      told.add(1)
    }
    #expect(waits { gate.arrivals == 1 })
    let (graph, outputs) = independent(1, Perform { _ in 0 })
    pool.start(graph, outputs: outputs, options: RunOptions()) { _ in told.add(1) }
    #expect(told.value == 0)
    gate.open()
    #expect(waits { told.value == 2 })
  }
}
