import Testing

@testable import TaskGraph

@Suite("Culling") struct CullTests {
  @Test("takes away what no output needs, and keeps indices and keys")
  func drawn() throws {
    //  a0  a1  a2
    //    \ / \ /
    //    b0  b1      for b1
    var graph = TaskGraph()
    graph.add("a", [[], [], []])
    graph.add("b", [[0, 1], [1, 2]])
    let (culled, outputs) = Cull.apply(graph, outputs: tasks(4))
    #expect(culled.sketch == ["a: [] []", "b: [0 1]"])
    #expect(outputs == tasks(2))
    #expect(try culled.results(outputs) == ["b1(a1,a2)"])
    #expect(culled.keys(of: tasks(0, 1, 2)) == graph.keys(of: tasks(1, 2, 4)))
  }

  @Test("leaves a layer that is needed whole as it is, with its key, behind one that is not")
  func whole() throws {
    var graph = TaskGraph()
    graph.add("a", [[], [], []])
    graph.addLayer("b", Term("b"), kind: .data, resultBytes: 7, dependencies: [[TaskID(index: 2)], [TaskID(index: 1)]])
    let (culled, outputs) = Cull.apply(graph, outputs: tasks(4, 3, 4))
    #expect(culled.layers[0].operation is SelectedTasks)
    #expect(culled.layers[1].operation is Term)
    #expect(culled.layers[1].kind == .data && culled.layers[1].resultBytes == 7)
    #expect(culled.sketch == ["a: [] []", "b: [1] [0]"])
    #expect(outputs == tasks(3, 2, 3))
    #expect(culled.keys(of: outputs) == graph.keys(of: tasks(4, 3, 4)))
    // Not only because the keys were carried over.
    var again = TaskGraph()
    again.addLayer("a", culled.layers[0].operation, dependencies: [[], []])
    let b = again.addLayer("b", Term("b"), dependencies: [tasks(1), tasks(0)])
    #expect(again.keys(of: b) == graph.keys(of: tasks(3, 4)))
  }

  @Test("keeps the keys of equal layers and closures when those before them go away")
  func twins() {
    var graph = TaskGraph()
    for _ in 0..<3 { graph.addLayer("f", ClosureTask { _ in 0 }, dependencies: [[]]) }
    graph.add("use", [[0]])
    graph.add("use", [[2]])
    var (culled, outputs) = Cull.apply(graph, outputs: tasks(4))
    #expect(culled.keys(of: tasks(0) + outputs) == graph.keys(of: tasks(2, 4)))
    // Layers that are added now take the names that are free.
    for _ in 0..<3 { culled.addLayer("f", ClosureTask { _ in 0 }, dependencies: [[]]) }
    #expect(culled.keys(of: tasks(2, 3)) == graph.keys(of: tasks(0, 1)))
    #expect(culled.key(of: TaskID(index: 4)) == graph.key(of: TaskID(index: 2)).replacing("-3[", with: "-4["))
  }

  @Test("can be repeated for fewer outputs")
  func repeated() throws {
    var graph = TaskGraph()
    graph.add("a", Array(repeating: [], count: 10))
    let once = Cull.apply(graph, outputs: tasks(1, 4, 5, 9))
    let twice = Cull.apply(once.graph, outputs: [once.outputs[3], once.outputs[1]])
    #expect(twice.graph.taskCount == 2)
    #expect(try twice.graph.results(twice.outputs) == ["a9", "a4"])
    #expect(twice.graph.keys(of: twice.outputs) == graph.keys(of: tasks(9, 4)))
    #expect((twice.graph.layers[0].operation as? SelectedTasks)?.layer.operation.operation is Term)
  }

  @Test("gives back a graph of which everything is needed, and an empty one if there is no output")
  func extremes() {
    let (graph, output) = mergedSources(8)
    #expect(Cull.apply(graph, outputs: [output]).graph.layers[0].token === graph.layers[0].token)
    #expect(Cull.apply(graph, outputs: []).graph.layers.isEmpty)
  }
}
