import TaskGraph
import Testing

@Suite("A task's key")
struct TaskGraphKeysTests {
  /// Recorded: keys are the same in every process and version.
  @Test("is the recorded one")
  func recorded() {
    let (graph, output) = mergedSources(4)
    #expect(graph.key(of: TaskID(index: 3)) == "source-0c639763[3]")
    #expect(graph.key(of: output) == "merge-23d56af0[2]")
  }

  @Test("does not depend on what else is in the graph")
  func surroundings() {
    let (graph, output) = mergedSources(4)
    var other = TaskGraph()
    other.addLayer("else", Source(seed: 9), dependencies: [[], []])
    let sources = other.addLayer("source", Source(), dependencies: Array(repeating: [], count: 4))
    let otherOutput = other.addTree("merge", Merge(), over: sources)
    #expect(graph.key(of: output) == other.key(of: otherOutput))
  }

  @Test("changes with the operation, its parameters, and what it depends on, near or far")
  func different() {
    var graph = TaskGraph()
    let one = graph.addLayer("layer", Source(seed: 1), dependencies: [[], []])
    let two = graph.addLayer("layer", Source(seed: 2), dependencies: [[], []])
    var tasks = one + two
    tasks += graph.addLayer("layer", Merge(), dependencies: [[], []])
    for list in [[one[0], one[1]], [one[1], one[0]], [one[0]], [one[0], two[1]], [two[0], two[1]]] {
      let direct = graph.addLayer("layer", Merge(), dependencies: [list])
      tasks += direct + graph.addLayer("layer", Merge(), dependencies: [direct])
    }
    // The same dependencies, but not of the same tasks.
    tasks += graph.addLayer("layer", Merge(), dependencies: [[one[0], one[1]], []])
    tasks += graph.addLayer("layer", Merge(), dependencies: [[one[0]], [one[1]]])
    #expect(Set(tasks.map(graph.key)).count == tasks.count)
  }

  @Test("has a number for equal work in a second layer, and so has what depends on it")
  func equal() {
    var graph = TaskGraph()
    let one = graph.addLayer("layer", Source(seed: 1), dependencies: [[]])
    let two = graph.addLayer("layer", Source(seed: 1), dependencies: [[]])
    let other = graph.addLayer("other", Source(seed: 1), dependencies: [[]])
    let usesOne = graph.addLayer("use", Merge(), dependencies: [one])
    let usesTwo = graph.addLayer("use", Merge(), dependencies: [two])
    let usesBoth = graph.addLayer("use", Merge(), dependencies: [one + two])
    let usesOneTwice = graph.addLayer("use", Merge(), dependencies: [one + one])
    func numbered(_ tasks: [TaskID], _ number: Int) -> String {
      graph.key(of: tasks[0]).replacing("[0]", with: "-\(number)[0]")
    }
    #expect(graph.key(of: two[0]) == numbered(one, 2))
    #expect(graph.key(of: usesTwo[0]) == numbered(usesOne, 2))
    #expect(graph.key(of: usesOneTwice[0]) == numbered(usesBoth, 2))
    #expect(graph.key(of: other[0]) == graph.key(of: one[0]).replacing("layer", with: "other"))
  }

  @Test("tells closures of one name apart, and what depends on them")
  func closures() {
    var graph = TaskGraph()
    let one = graph.addLayer("f", ClosureTask { _ in 1 }, dependencies: [[]])
    let two = graph.addLayer("f", ClosureTask { _ in 2 }, dependencies: [[]])
    let three = graph.addLayer("f", ClosureTask { _ in 3 }, dependencies: [[]])
    let uses = [one, two, three].map { graph.addLayer("use", Merge(), dependencies: [$0])[0] }
    let keys = (one + two + three).map(graph.key)
    #expect(keys.map { $0.replacing(/-[0-9a-f]{8}/, with: "-#") } == ["f-#[0]", "f-#-2[0]", "f-#-3[0]"])
    #expect(Set(keys.map { $0.prefix(10) }).count == 1)
    // Their digests differ, not only their names.
    #expect(uses.map { graph.key(of: $0).count } == [15, 15, 15])
    #expect(Set(uses.map(graph.key)).count == 3)
    // The same graph has the same keys.
    var again = TaskGraph()
    for layer in graph.layers {
      again.addLayer(layer.name, layer.operation, dependencies: layer.tasks.map { Array(graph.dependencies(of: $0)) })
    }
    #expect(Array(again.tasks).map(again.key) == Array(graph.tasks).map(graph.key))
  }

  @Test("is the same whichever of several threads asks first")
  func severalThreads() async {
    for _ in 0..<100 {
      var graph = TaskGraph()
      for number in 0..<100 { graph.addLayer("f", ClosureTask { _ in number }, dependencies: [[]]) }
      let shared = graph
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<2 { group.addTask { _ = shared.key(of: TaskID(index: 0)) } }
      }
      #expect(Set(graph.tasks.map(graph.key)).count == 100)
    }
  }

  @Test("is found for each of many layers that hang in a chain, and all differ")
  func manyLayers() {
    var graph = TaskGraph()
    var last: [TaskID] = []
    // Of 20,000 layers about one pair has the same eight digits.
    for _ in 0..<20_000 { last = graph.addLayer("step", Merge(), dependencies: [last]) }
    for _ in 0..<20_000 { graph.addLayer("step", Merge(), dependencies: [[]]) }
    let keys = Set((0..<graph.taskCount).reversed().map { graph.key(of: TaskID(index: UInt32($0))) })
    #expect(keys.count == 40_000)
  }
}
