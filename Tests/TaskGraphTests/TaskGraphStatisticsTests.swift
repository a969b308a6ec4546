import Testing

@testable import TaskGraph

@Suite("The statistics of a task graph")
struct TaskGraphStatisticsTests {
  @Test("of no tasks are zeros")
  func empty() {
    let statistics = TaskGraph().statistics
    #expect(
      [statistics.layers, statistics.tasks, statistics.dependencies, statistics.sources, statistics.sinks] == [
        0, 0, 0, 0, 0,
      ])
    #expect([statistics.depth, statistics.width, statistics.largestFanIn, statistics.largestFanOut] == [0, 0, 0, 0])
    #expect(statistics.storageBytes == 4)
  }

  @Test("of a drawn graph are what can be counted in the drawing")
  func drawn() {
    //   0   1   2        level 0
    //    \ / \ /|
    //     3   4 |        level 1      3 names 0 twice
    //      \  | |
    //       \ 5 /        level 2
    //        \|/
    //         6          level 3
    var graph = TaskGraph()
    func ids(_ numbers: [UInt32]) -> [TaskID] { numbers.map(TaskID.init(index:)) }
    graph.addLayer("a", Bare(), dependencies: [[], [], []])
    graph.addLayer("b", Bare(), dependencies: [ids([0, 1, 0]), ids([1, 2])])
    graph.addLayer("c", Bare(), dependencies: [ids([4]), ids([3, 5, 2])])
    graph.addLayer("none", Bare(), dependencies: [])
    let statistics = graph.statistics
    #expect(statistics.layers == 4)
    #expect(statistics.tasks == 7)
    #expect(statistics.dependencies == 9)
    #expect(statistics.sources == 3)
    #expect(statistics.sinks == 1)
    #expect(statistics.depth == 4)
    #expect(statistics.width == 3)
    #expect(statistics.largestFanIn == 3)
    #expect(statistics.largestFanOut == 2)
    #expect(statistics.storageBytes == 4 * MemoryLayout<Layer>.stride + 8 * 4 + 9 * 4)
  }

  @Test("are printed in columns")
  func description() {
    var graph = TaskGraph()
    let sources = graph.addLayer("read", Bare(), dependencies: Array(repeating: [], count: 100))
    graph.addLayer("merge", Bare(), dependencies: [sources, sources])
    #expect(
      "\(graph.statistics)"
        == """
        layers               2
        tasks              102
        dependencies       200
        sources            100
        sinks                2
        depth                2
        width              100
        largest fan-in     100
        largest fan-out      2
        bytes of storage  STORAGE
        """.replacing("STORAGE", with: "\(graph.statistics.storageBytes)"))
  }

  @Test("are what the definitions give for random graphs", arguments: 0..<100)
  func random(seed: UInt64) {
    let graph = variedGraph(seed: seed).graph
    var levels: [Int] = []
    var uses = Array(repeating: 0, count: graph.taskCount)
    for task in graph.tasks {
      levels.append((graph.dependencies(of: task).map { levels[Int($0.index)] + 1 }.max() ?? 0))
      for dependency in graph.dependencies(of: task) { uses[Int(dependency.index)] += 1 }
    }
    let fanIns = graph.tasks.map { graph.dependencies(of: $0).count }
    let statistics = graph.statistics
    #expect(statistics.sources == fanIns.count { $0 == 0 })
    #expect(statistics.sinks == uses.count { $0 == 0 })
    #expect(statistics.depth == levels.max().map { $0 + 1 } ?? 0)
    #expect(statistics.width == Dictionary(grouping: levels) { $0 }.values.map(\.count).max() ?? 0)
    #expect(statistics.largestFanIn == fanIns.max() ?? 0)
    #expect(statistics.largestFanOut == uses.max() ?? 0)
  }

  @Test("of a long chain are found without recursion")
  func chain() {
    var graph = TaskGraph()
    graph.addLayer("step", Bare(), dependencies: (0..<300_000).map { $0 == 0 ? [] : [TaskID(index: $0 - 1)] })
    #expect(graph.statistics.depth == 300_000)
    #expect(graph.statistics.width == 1)
  }
}
