import Testing

@testable import TaskGraph

@Suite("Merging equal tasks") struct MergeEqualTests {
  @Test("makes one of the same scan made twice, and of what then has the same inputs")
  func drawn() throws {
    var graph = TaskGraph()
    graph.add("scan", [[], []])
    graph.add("sum", [[0], [1]])
    graph.addLayer("scan again", Term("scan"), dependencies: [[], []])
    graph.add("sum", [[4], [5]])
    graph.add("divide", [[2, 6], [3, 7]])
    let (merged, outputs) = MergeEqual.apply(graph, outputs: tasks(9, 6, 2))
    #expect(merged.sketch == ["scan: [] []", "sum: [0] [1]", "divide: [2 2] [3 3]"])
    #expect(outputs == tasks(5, 2, 2))
    #expect(try merged.results(outputs) == graph.results(tasks(9, 6, 2)))
    #expect(merged.keys(of: tasks(0, 1, 2, 3, 4, 5)) == graph.keys(of: tasks(0, 1, 2, 3, 8, 9)))
  }

  @Test("merges no tasks of another name, parameter or index, or with other inputs or the same in another order")
  func different() {
    var graph = TaskGraph()
    graph.add("a", [[], []])
    graph.addLayer("a", CheapTerm("a"), dependencies: [[]])
    graph.add("b", [[0, 1]])
    graph.add("b", [[1, 0]])
    graph.add("b", [[0]])
    graph.add("b", [[0, 0]])
    graph.add("b", [[], [0, 1]])
    graph.add("b", [[0, 2]])
    #expect(MergeEqual.apply(graph, outputs: []).graph.taskCount == graph.taskCount)
  }

  @Test("never merges two closures, though they have one name, nor what depends on them")
  func closures() throws {
    var graph = TaskGraph()
    graph.addLayer("f", ClosureTask { _ in 1 }, dependencies: [[]])
    graph.addLayer("f", ClosureTask { _ in 2 }, dependencies: [[]])
    graph.add("use", [[0]])
    graph.add("use", [[1]])
    #expect(MergeEqual.apply(graph, outputs: tasks(2, 3)).graph.taskCount == 4)
    // What uses the same closure's result is equal, though nobody knows what it does.
    graph.add("use", [[1]])
    let (merged, outputs) = MergeEqual.apply(graph, outputs: tasks(2, 3, 4))
    #expect(merged.taskCount == 4)
    #expect(outputs == tasks(2, 3, 3))
    #expect(try merged.results(outputs) == ["use0(1)", "use0(2)", "use0(2)"])
  }

  @Test("leaves keys that are the same after writing and reading, though a layer has other inputs than before")
  func keysSurviveJSON() throws {
    var graph = TaskGraph()
    graph.add("a", [[], []])
    graph.addLayer("b", Term("a"), dependencies: [[], [], []])
    graph.add("use", [[2], [3]])
    graph.add("all", [[5, 6, 4, 0]])
    let (merged, outputs) = MergeEqual.apply(graph, outputs: tasks(7))
    #expect(merged.sketch == ["a: [] []", "b: []", "use: [0] [1]", "all: [3 4 2 0]"])
    #expect(merged.keys(of: tasks(3, 4, 5)) == graph.keys(of: tasks(5, 6, 7)))
    var operations = OperationRegistry()
    operations.register(Term.self)
    let again = try TaskGraph.decode(json: merged.json(outputs: outputs), operations: operations)
    #expect(again.graph.keys == merged.keys)
    #expect(try again.graph.results(again.outputs) == graph.results(tasks(7)))
  }

  @Test("merges the part of a layer that another has as well")
  func parts() throws {
    var graph = TaskGraph()
    graph.add("a", [[], []])
    graph.add("a", [[], [], [], []])
    graph.add("use", [[2, 3, 4, 5]])
    let merged = MergeEqual.apply(graph, outputs: tasks(6))
    #expect(merged.graph.sketch == ["a: [] []", "a: [] []", "use: [0 1 2 3]"])
    #expect(try merged.graph.results(merged.outputs) == ["use0(a0,a1,a2,a3)"])
    #expect(merged.graph.keys(of: tasks(2, 3, 4)) == graph.keys(of: tasks(4, 5, 6)))
    // The part that is left knows its old indices, so that it merges with a layer that has them.
    var more = merged.graph
    more.add("a", [[], [], [], [], []])
    #expect(MergeEqual.apply(more, outputs: []).graph.taskCount == more.taskCount - 4)
  }

  @Test("finds equal work among many layers of one task")
  func manyLayers() {
    var graph = TaskGraph()
    graph.add("a", [[]])
    for layer in UInt32(0)..<1_000 { graph.add("f\(layer % 10)", [[layer / 100 * 10]]) }
    // In each hundred layers ten differ.
    let merged = MergeEqual.apply(graph, outputs: Array(graph.tasks))
    #expect(merged.graph.taskCount < 110)
    #expect(merged.outputs.count == graph.taskCount)
  }
}
