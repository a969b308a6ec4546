import Glibc
import Scheduler
import Synchronization
import TaskGraph
import Testing

@Suite("The thread pool")
struct ThreadPoolExecutorTests {
  @Test("runs as many tasks at a time as it has threads", arguments: [1, 2, 5])
  func threads(count: Int) throws {
    let running = Counter()
    let arrived = Counter()
    let (graph, outputs) = independent(
      20,
      Perform { task in
        running.add(1)
        arrived.add(1)
        // The first ones wait for each other, which fewer threads could not do.
        if task.index < count { #expect(waits { arrived.value >= count }) }
        running.add(-1)
        return 0
      })
    _ = try ThreadPoolExecutor(threads: count).run(graph, outputs: outputs)
    #expect(running.peak == count)
  }

  @Test("wakes the threads that wait when several tasks become ready at once")
  func wakes() throws {
    let arrived = Counter()
    var graph = TaskGraph()
    let first = graph.addLayer("first", Perform { _ in usleep(20_000) }, dependencies: [[]])
    let meet = Perform { _ in
      arrived.add(1)
      return waits { arrived.value >= 4 }
    }
    let fan = graph.addLayer("fan", meet, dependencies: Array(repeating: first, count: 4))
    let results = try ThreadPoolExecutor(threads: 4).run(graph, outputs: fan)
    #expect(results.map { $0 as? Bool } == [true, true, true, true])
  }

  @Test("has a thread for each processor that the process may use")
  func processors() {
    let threads = ThreadPoolExecutor().threads
    #expect((1...max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))).contains(threads))
  }

  @Test("serves several callers at the same time")
  func callers() async throws {
    let pool = ThreadPoolExecutor(threads: 3)
    await withTaskGroup(of: Void.self) { group in
      for seed in UInt64(1)...8 {
        group.addTask {
          let (graph, outputs) = randomGraph(seed: seed)
          let expected = try? SerialExecutor().run(graph, outputs: outputs).map { $0 as? UInt64 }
          for _ in 0..<20 {
            let results = try? pool.run(graph, outputs: outputs).map { $0 as? UInt64 }
            #expect(results != nil && results == expected, "seed \(seed)")
          }
        }
      }
    }
  }

  @Test("takes tasks by their priority")
  func priorities() throws {
    let log = Mutex<[Int]>([])
    let record = Perform { task in log.withLock { $0.append(task.index + (task.inputs.isEmpty ? 0 : 100)) } }
    var graph = TaskGraph()
    let leaves = graph.addLayer("leaf", record, dependencies: Array(repeating: [], count: 4))
    let root = graph.addTree("merge", record, over: leaves)
    _ = try ThreadPoolExecutor(threads: 1).run(graph, outputs: [root])
    #expect(log.withLock { $0 } == [0, 1, 100, 2, 3, 101, 102])
  }
}
