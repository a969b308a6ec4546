import Glibc
import Scheduler
import TaskGraph
import Testing

@Suite("A run inside a task")
struct NestedRunTests {
  @Test("shares the threads of the pool, so no more tasks run than it has threads", arguments: [1, 2, 3])
  func sharesThreads(threads: Int) throws {
    let pool = ThreadPoolExecutor(threads: threads)
    let running = Counter()
    let inner = Perform { task in
      running.add(1)
      usleep(500)
      running.add(-1)
      return task.index
    }
    let (outer, outputs) = independent(
      6,
      Perform { task in
        let (graph, outputs) = independent(20, inner)
        return try pool.run(graph, outputs: outputs).reduce(task.index) { $0 + ($1 as? Int ?? -1_000) }
      })
    #expect(try pool.run(outer, outputs: outputs).map { $0 as? Int } == (0..<6).map { 190 + $0 })
    #expect(running.peak <= threads)
  }

  @Test("is helped by the threads that have nothing else to do")
  func helped() throws {
    let pool = ThreadPoolExecutor(threads: 3)
    let arrived = Counter()
    let (outer, outputs) = independent(
      1,
      Perform { _ in
        let (graph, outputs) = independent(
          3,
          Perform { _ in
            arrived.add(1)
            // Each waits for the others, which one thread alone could not do.
            return waits { arrived.value == 3 }
          })
        return try pool.run(graph, outputs: outputs).allSatisfy { $0 as? Bool == true }
      })
    #expect(try pool.run(outer, outputs: outputs).first as? Bool == true)
  }

  @Test("may hold further runs inside its tasks, and uses the outer pool whichever is asked", arguments: [1, 2, 4])
  func deep(threads: Int) throws {
    let pool = ThreadPoolExecutor(threads: threads)
    @Sendable func sum(_ depth: Int) throws -> Int {
      if depth == 0 { return 1 }
      let (graph, outputs) = independent(2, Perform { _ in try sum(depth - 1) })
      let executor = depth % 2 == 0 ? pool : ThreadPoolExecutor(threads: 2)
      return try executor.run(graph, outputs: outputs).reduce(0) { $0 + ($1 as? Int ?? -1_000) }
    }
    #expect(try sum(8) == 256)
  }

  @Test("fails the task that it is in, and names both", arguments: [1, 3])
  func failure(threads: Int) throws {
    let pool = ThreadPoolExecutor(threads: threads)
    let (outer, outputs) = independent(
      1,
      Perform { _ in
        let (graph, outputs) = independent(3, Mix(seed: 1, failing: [1]))
        return try pool.run(graph, outputs: outputs)
      })
    let error = try #require(throws: TaskError.self) { try pool.run(outer, outputs: outputs) }
    #expect(error.key == outer.key(of: outputs[0]))
    let inner = try #require(error.cause as? TaskError)
    #expect(inner.key.hasSuffix("[1]") && inner.cause is Mix.Failure)
  }

  @Test("stops when the run around it is cancelled", arguments: [1, 3])
  func cancelled(threads: Int) {
    let pool = ThreadPoolExecutor(threads: threads)
    let token = CancellationToken()
    let started = Counter()
    let (outer, outputs) = independent(
      1,
      Perform { task in
        let (graph, outputs) = independent(
          1_000,
          Perform { inner in
            started.add(1)
            if inner.index == 5 { token.cancel() }
            return 0
          })
        return try pool.run(graph, outputs: outputs, options: RunOptions(cancellation: task.cancellation)).count
      })
    #expect(throws: CancelledError()) {
      try pool.run(outer, outputs: outputs, options: RunOptions(cancellation: token))
    }
    #expect(started.value <= 10)
  }
}
