import Glibc
import TaskGraph
import Testing

@testable import Scheduler

@Suite("Sources that are held back", .timeLimit(.minutes(2)))
struct HeldBackTests {
  @Test("let all threads come back once there is memory")
  func allComeBack() throws {
    let running = Counter()
    // Nobody knows how large the results will be, so eight sources start and eight threads sleep.
    let (graph, outputs) = independent(
      400,
      Perform { task in
        if task.index < 100 {
          usleep(task.index < 8 ? 50_000 : 1_000)
        } else if task.index < 116 {
          // These sixteen wait for each other.
          running.add(1)
          return waits { running.value == 16 }
        }
        return true
      })
    let results = try ThreadPoolExecutor(threads: 16, memoryLimit: 1_000_000_000).run(graph, outputs: outputs)
    #expect(results.allSatisfy { $0 as? Bool == true })
  }

  @Test("do not keep threads from other work")
  func otherWork() throws {
    let pool = ThreadPoolExecutor(threads: 2, memoryLimit: 1_000_000)
    let gate = Gate()
    defer { gate.open() }
    var graph = TaskGraph()
    let source = Perform { _ in
      gate.pass()
      return [UInt8](repeating: 0, count: 600_000)
    }
    let sources = graph.addLayer("source", source, resultBytes: 600_000, dependencies: [[], []])
    let use = graph.addLayer("use", Perform { _ in 0 }, dependencies: sources.map { [$0] })
    let told = Counter()
    pool.start(graph, outputs: use, options: RunOptions()) { _ in told.add(1) }
    try #require(waits { gate.arrivals == 1 })
    // The other thread is to have found that the second source does not fit.
    usleep(20_000)
    let future = pool.submit("future") { 1 }
    try #require(wait([future], timeout: .seconds(10)).done.count == 1)
    let (other, outputs) = independent(3, Perform { $0.index })
    #expect(try pool.run(other, outputs: outputs).count == 3)
    #expect(gate.arrivals == 1)
    gate.open()
    #expect(waits { told.value == 1 })
  }

  @Test("are not held back by what a layer said of its results once the first is there")
  func overestimate() throws {
    var graph = TaskGraph()
    let running = Counter()
    let source = Perform { task in
      if task.index < 10 { return true }
      running.add(1)
      return waits { running.value >= 4 }
    }
    let sources = graph.addLayer(
      "source", source, resultBytes: 600_000, dependencies: Array(repeating: [], count: 60))
    let uses = graph.addLayer("use", Perform { $0.inputs[0] }, dependencies: sources.map { [$0] })
    let results = try ThreadPoolExecutor(threads: 4, memoryLimit: 1_000_000).run(graph, outputs: uses)
    #expect(results.allSatisfy { $0 as? Bool == true })
  }

  @Test("are at most eight before it is known how large their results are")
  func unknownSizes() throws {
    let running = Counter()
    let (graph, outputs) = independent(
      32,
      Perform { task in
        running.add(1)
        if task.index < 8 { _ = waits { running.value >= 8 } }
        usleep(task.index < 8 ? 20_000 : 1_000)
        running.add(-1)
        return [UInt8](repeating: 0, count: 1_000_000)
      })
    _ = try ThreadPoolExecutor(threads: 16, memoryLimit: 8_000_000).run(graph, outputs: outputs)
    #expect(running.peak == 8)
  }
}
