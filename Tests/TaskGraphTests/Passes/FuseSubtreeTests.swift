import Testing

@testable import TaskGraph

@Suite("Fusing sub-trees") struct FuseSubtreeTests {
  private func fuse(
    _ graph: TaskGraph, _ outputs: [TaskID], width: Int = 4, minimumTaskCount: Int = 0
  ) -> (graph: TaskGraph, outputs: [TaskID]) {
    FuseSubtree.apply(graph, outputs: outputs, width: width, minimumTaskCount: minimumTaskCount)
  }

  private func tree(_ leaves: Int) -> (graph: TaskGraph, output: TaskID) {
    var graph = TaskGraph()
    let sources = graph.addLayer("read", Term("read"), dependencies: Array(repeating: [], count: leaves))
    let output = graph.addTree("add", Term("add"), over: sources)
    return (graph, output)
  }

  @Test("makes one task of each sub-tree of at most four leaves")
  func drawn() throws {
    // The drawing at the head of the source file.
    let (graph, output) = tree(10)
    let (fused, outputs) = fuse(graph, [output])
    #expect(fused.sketch == ["read·add: []", "read·add: [] []", "add: [1 2] [3 0]"])
    #expect(try fused.results(outputs) == graph.results([output]))
    let program = try #require((fused.layers[1].operation as? FusedTasks)?.program)
    // Depth first, so that few results are held at a time.
    #expect(program.steps == [0, 0, 1, 0, 0, 1, 1])
    #expect(program.inputs == [0, 1, 3, 4, 2, 5])
    #expect(fused.keys(of: tasks(3, 4)) == graph.keys(of: tasks(17, 18)))
  }

  @Test(
    "keeps to the width",
    arguments: [
      (width: 1, count: 31), (width: 2, count: 15), (width: 3, count: 15), (width: 4, count: 7), (width: 16, count: 1),
    ])
  func width(width: Int, count: Int) throws {
    let (graph, output) = tree(16)
    let (fused, outputs) = fuse(graph, [output], width: width)
    #expect(fused.taskCount == count)
    #expect(try fused.results(outputs) == graph.results([output]))
  }

  @Test(
    "takes a smaller width, or none, where too few tasks would be left",
    arguments: [
      (minimum: 0, count: 3), (minimum: 3, count: 3), (minimum: 4, count: 7), (minimum: 7, count: 7),
      (minimum: 8, count: 15), (minimum: 16, count: 31), (minimum: 1_000, count: 31),
    ])
  func minimum(minimum: Int, count: Int) {
    let (graph, output) = tree(16)
    #expect(fuse(graph, [output], width: 8, minimumTaskCount: minimum).graph.taskCount == count)
  }

  @Test("finds the largest width that leaves enough tasks", arguments: 1...40)
  func largestWidth(minimum: Int) throws {
    let (graph, output) = tree(16)
    let best = (2...16).reversed().lazy.map { fuse(graph, [output], width: $0).graph }.first { $0.taskCount >= minimum }
    let (fused, outputs) = fuse(graph, [output], width: .max, minimumTaskCount: minimum)
    #expect(fused.sketch == (best ?? graph).sketch)
    #expect(try fused.results(outputs) == graph.results([output]))
  }

  @Test("takes in the inputs that nobody else uses, and leaves the others")
  func shared() throws {
    //  a0 a1 a2        a1 has two users, b0 is an output
    //   \ / \ /
    //   b0   b1
    //     \ /
    //     c0
    var graph = TaskGraph()
    graph.add("a", [[], [], []])
    graph.add("b", [[0, 1], [1, 2]])
    graph.add("c", [[3, 4]])
    let (fused, outputs) = fuse(graph, tasks(5, 3))
    #expect(fused.sketch == ["a: []", "a·b: [0]", "a·b·c: [0 1]"])
    #expect(try fused.results(outputs) == graph.results(tasks(5, 3)))
  }

  @Test("counts the leaves of tasks that are fused already, cheap ones left out")
  func again() throws {
    let (graph, output) = tree(64)
    let once = fuse(graph, [output])
    let twice = fuse(once.graph, once.outputs)
    #expect(once.graph.taskCount == 31 && twice.graph.taskCount == 31)
    let wider = fuse(twice.graph, twice.outputs, width: 16)
    #expect(wider.graph.sketch == ["read·add: [] [] [] []", "add: [0 1] [2 3] [4 5]"])
    #expect(try wider.graph.results(wider.outputs) == graph.results([output]))

    var cheap = TaskGraph()
    cheap.add("read", [[]])
    cheap.add("part", Array(repeating: [0], count: 8), cheap: true)
    cheap.add("sum", [[1, 2, 3, 4], [5, 6, 7, 8]])
    cheap.add("add", [[9, 10]])
    let inlined = Inline.apply(cheap, outputs: tasks(11, 0))
    let fused = fuse(inlined.graph, inlined.outputs, width: 2)
    #expect(fused.graph.sketch == ["read: []", "part·sum·add: [0 0 0 0 0 0 0 0]"])
    #expect(try fused.graph.results(fused.outputs) == cheap.results(tasks(11, 0)))
  }

  @Test("keeps a large tree compact")
  func compact() throws {
    let (graph, output) = tree(1 << 14)
    let (fused, _) = fuse(graph, [output], minimumTaskCount: 4096)
    #expect(fused.layers.map(\.tasks.count) == [4096, 4095])
    let indices = try #require((fused.layers[0].operation as? FusedTasks)?.indices)
    #expect(indices.rows == [0, 1, 0, 2, 3, 1, 8192])
    #expect(indices.growth == [4, 4, 2, 4, 4, 2, 1])
  }
}
