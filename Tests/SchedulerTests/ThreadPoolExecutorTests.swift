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

  @Test("runs a graph inside a task serially, without waiting for itself", arguments: [1, 2])
  func nested(threads: Int) throws {
    let pool = ThreadPoolExecutor(threads: threads)
    let (graph, outputs) = independent(
      10,
      Perform { outer in
        let thread = UInt(pthread_self())
        let (graph, outputs) = independent(
          5,
          Perform { inner in
            // Long enough for another thread to take its share, if there were one.
            usleep(2_000)
            return UInt(pthread_self()) == thread ? inner.index : -1
          })
        return try pool.run(graph, outputs: outputs).reduce(outer.index) { $0 + ($1 as? Int ?? -100) }
      })
    #expect(try pool.run(graph, outputs: outputs).map { $0 as? Int } == (10..<20).map { $0 })
    // The mark is gone afterwards: the same thread may use all threads again.
    #expect(try pool.run(graph, outputs: outputs).count == 10)
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
