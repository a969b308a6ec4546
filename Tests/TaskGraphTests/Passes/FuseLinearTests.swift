import Testing

@testable import TaskGraph

@Suite("Fusing chains") struct FuseLinearTests {
  @Test("makes one layer of whole layers that follow each other, with one program and a table of one row")
  func layers() throws {
    var graph = TaskGraph()
    graph.add("read", Array(repeating: [], count: 100))
    graph.add("double", (0..<100).map { [$0] })
    graph.addLayer("sum", Term("sum"), kind: .data, resultBytes: 5, dependencies: (100..<200).map { tasks($0) })
    let (fused, outputs) = FuseLinear.apply(graph, outputs: Array(graph.layers[2].tasks))
    #expect(fused.sketch == ["read·double·sum: " + Array(repeating: "[]", count: 100).joined(separator: " ")])
    #expect(fused.layers[0].kind == .data && fused.layers[0].resultBytes == 5)
    let operation = try #require(fused.layers[0].operation as? FusedTasks)
    #expect(operation.program.layers.count == 3 && operation.program.stepCount == 3)
    #expect(operation.indices.rows == [0, 0, 0] && operation.indices.growth == [1, 1, 1])
    #expect(try fused.results(outputs) == graph.results(Array(graph.layers[2].tasks)))
  }

  @Test("ends a chain at an output, at a result with several users, and before a task with several inputs")
  func ends() throws {
    //  a0 - b0 - c0 - d0        b0 is an output
    //  a1 - b1 - c1 \
    //          \ c2  d1         b1 has two users, d1 two inputs
    var graph = TaskGraph()
    graph.add("a", [[], []])
    graph.add("b", [[0], [1]])
    graph.add("c", [[2], [3], [3]])
    graph.add("d", [[4], [5, 6]])
    let (fused, outputs) = FuseLinear.apply(graph, outputs: tasks(7, 8, 2))
    #expect(fused.sketch == ["a·b: [] []", "c: [1] [1]", "d: [2 3]", "c·d: [0]"])
    #expect(try fused.results(outputs) == graph.results(tasks(7, 8, 2)))
    #expect(fused.keys(of: tasks(2, 3, 4)) == graph.keys(of: tasks(5, 6, 8)))
  }

  @Test("names a fused task by all its layers, and by the digits and index of the last")
  func keys() {
    var graph = TaskGraph()
    graph.add("a", [[], []])
    graph.add("b", [[1], []])
    let (fused, outputs) = FuseLinear.apply(graph, outputs: tasks(2, 3, 0))
    let key = graph.key(of: TaskID(index: 2))
    #expect(fused.key(of: outputs[0]) == "a·" + key && key.hasPrefix("b-") && key.hasSuffix("[0]"))
    #expect(fused.keys(of: [outputs[1], outputs[2]]) == graph.keys(of: tasks(3, 0)))
    // What depends on it keeps its key, also when that is computed anew.
    graph.add("c", [[2, 3]])
    let more = FuseLinear.apply(graph, outputs: tasks(4, 3))
    var again = TaskGraph()
    for layer in more.graph.layers {
      again.addLayer(
        layer.name, layer.operation, dependencies: layer.tasks.map { Array(more.graph.dependencies(of: $0)) })
    }
    #expect(again.key(of: more.outputs[0]) == graph.key(of: TaskID(index: 4)))
  }

  @Test("shortens the names of more than four layers")
  func longNames() {
    func name(_ count: UInt32) -> String {
      var graph = TaskGraph()
      for layer in 0..<count { graph.add("l\(layer % 7)", [layer == 0 ? [] : [layer - 1]]) }
      return FuseLinear.apply(graph, outputs: tasks(count - 1)).graph.layers[0].name
    }
    #expect(name(4) == "l0·l1·l2·l3")
    #expect(name(5) == "l0·l1·…·l4")
    #expect(name(9) == "l0·l1·…·l1")
  }

  @Test("takes a result that one task uses twice")
  func twice() throws {
    var graph = TaskGraph()
    graph.add("a", [[]])
    graph.add("b", [[0, 0]])
    let (fused, outputs) = FuseLinear.apply(graph, outputs: tasks(1))
    #expect(fused.taskCount == 1)
    #expect(try fused.results(outputs) == ["b0(a0,a0)"])
  }

  @Test("groups chains of an irregular graph by the layers they go through")
  func groups() throws {
    var graph = TaskGraph()
    graph.add("a", [[], [], [], [], []])
    graph.add("b", [[3], [0], [4]])
    graph.add("c", [[1], [5], [2], [7], [6]])
    let outputs = Array(graph.layers[2].tasks)
    let fused = FuseLinear.apply(graph, outputs: outputs)
    #expect(fused.graph.sketch == ["a·c: [] []", "a·b·c: [] [] []"])
    #expect(try fused.graph.results(fused.outputs) == graph.results(outputs))
    #expect(fused.graph.keys(of: fused.outputs).map { $0.suffix(3) } == ["[0]", "[1]", "[2]", "[3]", "[4]"])
  }

  @Test("splits a layer only where two kinds of tasks wait for each other by turns")
  func turns() throws {
    //  a0 - a1·a2 - a3 - a4·a5 - a6        a0, a3 and a6 are outputs, so that each is a task of its own
    var graph = TaskGraph()
    graph.add("x", [[]])
    graph.add("a", [[0], [1], [2], [3, 0], [4], [5], [6, 0]])
    let (fused, outputs) = FuseLinear.apply(graph, outputs: tasks(7, 4, 1))
    #expect(fused.sketch == ["x: []", "a: [0]", "a: [1]", "a: [2 0]", "a: [3]", "a: [4 0]"])
    #expect(try fused.results(outputs) == graph.results(tasks(7, 4, 1)))
    #expect(fused.keys(of: tasks(1, 2, 3, 4, 5)) == graph.keys(of: tasks(1, 3, 4, 6, 7)))
    // Here all of one kind come first, though they stand behind some of the others.
    var tree = TaskGraph()
    tree.add("a", [[], [], [0], [1], [2, 3], [], [5], [6, 4]])
    let whole = FuseLinear.apply(tree, outputs: tasks(7, 4))
    #expect(whole.graph.sketch == ["a: [] [] []", "a: [0 1] [2 3]"])
    #expect(try whole.graph.results(whole.outputs) == tree.results(tasks(7, 4)))
  }

  @Test("makes one task of a long chain in one layer, without recursion")
  func longChain() throws {
    let count: UInt32 = 100_000
    var graph = TaskGraph()
    graph.addLayer(
      "chain", ClosureTask { task in (task.inputs.first as? Int ?? 0) + 1 },
      dependencies: (0..<count).map { $0 == 0 ? [] : [TaskID(index: $0 - 1)] })
    let (fused, outputs) = FuseLinear.apply(graph, outputs: tasks(count - 1))
    #expect(fused.sketch == ["chain: []"])
    let operation = try #require(fused.layers[0].operation as? FusedTasks)
    #expect(operation.program.stepCount == Int(count) && operation.program.layers.count == 1)
    #expect(try fused.results(outputs) == ["\(count)"])
  }

  @Test("joins chains that were fused before")
  func again() throws {
    var graph = TaskGraph()
    graph.add("a", [[], [], []])
    graph.add("b", [[0], [1], [2]])
    let once = FuseLinear.apply(graph, outputs: tasks(3, 4, 5))
    var more = Cull.apply(once.graph, outputs: [once.outputs[2], once.outputs[0]])
    more.graph.add("c", [[more.outputs[0].index], [more.outputs[1].index]])
    more.graph.add("d", [[2], [3]])
    let twice = FuseLinear.apply(more.graph, outputs: tasks(4, 5))
    #expect(twice.graph.sketch == ["a·b·c·d: [] []"])
    let operation = try #require(twice.graph.layers[0].operation as? FusedTasks)
    #expect(operation.program.layers.allSatisfy { $0.operation.operation is Term })
    #expect(try twice.graph.results(twice.outputs) == ["d0(c0(b2(a2)))", "d1(c1(b0(a0)))"])
  }
}
