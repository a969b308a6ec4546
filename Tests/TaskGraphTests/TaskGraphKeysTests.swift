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

  @Test("is the same for equal work in two layers")
  func equal() {
    var graph = TaskGraph()
    let one = graph.addLayer("layer", Source(seed: 1), dependencies: [[]])
    let two = graph.addLayer("layer", Source(seed: 1), dependencies: [[]])
    let usesOne = graph.addLayer("use", Merge(), dependencies: [one])
    let usesTwo = graph.addLayer("use", Merge(), dependencies: [two])
    #expect(graph.key(of: one[0]) == graph.key(of: two[0]))
    #expect(graph.key(of: usesOne[0]) == graph.key(of: usesTwo[0]))
  }

  @Test("is found for each of many layers that hang in a chain")
  func manyLayers() {
    var graph = TaskGraph()
    var last: [TaskID] = []
    for _ in 0..<20_000 { last = graph.addLayer("step", Merge(), dependencies: [last]) }
    let keys = Set((0..<graph.taskCount).reversed().map { graph.key(of: TaskID(index: UInt32($0))) })
    // Eight hexadecimal digits tell the few layers of a real graph apart; of 20,000 about one pair may meet.
    #expect(keys.count >= 19_995)
  }
}
