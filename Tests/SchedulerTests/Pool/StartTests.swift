import Glibc
import Scheduler
import Synchronization
import TaskGraph
import Testing

@Suite("A run that nobody waits for")
struct StartTests {
  @Test("tells its result once", arguments: executors)
  func completion(executor: any Executor) {
    let told = Counter()
    for seed in UInt64(1)...30 {
      let (graph, outputs) = randomGraph(seed: seed, failures: true)
      let expected = outcome(Result { try SerialExecutor().run(graph, outputs: outputs) })
      executor.start(graph, outputs: outputs, options: RunOptions()) { result in
        #expect(outcome(result) == expected, "seed \(seed)")
        told.add(1)
      }
    }
    #expect(waits { told.value == 30 })
    executor.start(TaskGraph(), outputs: [], options: RunOptions()) { result in
      #expect(outcome(result) == "[]")
      told.add(1)
    }
    #expect(waits { told.value == 31 })
  }

  private func outcome(_ result: Result<[any Sendable], any Error>) -> String {
    switch result {
    case .success(let values): "\(values)"
    case .failure(let error): "\(error)"
    }
  }

  @Test("goes on when the executor is dropped")
  func dropped() {
    let told = Counter()
    do {
      let pool = ThreadPoolExecutor(threads: 2)
      let (graph, outputs) = independent(10, Perform { _ in usleep(2_000) })
      pool.start(graph, outputs: outputs, options: RunOptions()) { _ in told.add(1) }
    }
    #expect(waits { told.value == 1 })
  }

  @Test("comes before those of a lower priority that wait for a thread")
  func priorities() {
    let pool = ThreadPoolExecutor(threads: 1)
    let log = Mutex<[Int]>([])
    let go = Counter()
    let started = Counter()
    let (first, firstOutputs) = independent(
      1,
      Perform { _ in
        started.add(1)
        return waits { go.value == 1 }
      })
    pool.start(first, outputs: firstOutputs, options: RunOptions()) { _ in }
    #expect(waits { started.value == 1 })
    for priority in [0, 5, -1, 5, 9] {
      let (graph, outputs) = independent(1, Perform { _ in log.withLock { $0.append(priority) } })
      pool.start(graph, outputs: outputs, options: RunOptions(priority: priority)) { _ in }
    }
    go.add(1)
    #expect(waits { log.withLock { $0.count } == 5 })
    #expect(log.withLock { $0 } == [9, 5, 5, 0, -1])
  }
}
