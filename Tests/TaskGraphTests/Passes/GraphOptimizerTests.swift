import Testing

@testable import TaskGraph

@Suite("The graph optimizer") struct GraphOptimizerTests {
  /// Something for each pass: an equal scan, a needless task, cheap parts, a chain, a tree.
  private func sample() -> (graph: TaskGraph, outputs: [TaskID]) {
    var graph = TaskGraph()
    graph.add("scan", [[], [], []])
    graph.add("scan", [[], []])
    graph.add("needless", [[2]])
    graph.add("part", [[0], [1], [3], [4]], cheap: true)
    graph.add("sum", [[6], [7], [8], [9], [0, 6]])
    graph.add("square", [[10], [11]])
    graph.add("add", [[15, 16], [12, 13]])
    return (graph, tasks(17, 18, 14))
  }

  @Test("runs the passes in order")
  func all() throws {
    let (graph, outputs) = sample()
    let optimized = GraphOptimizer.optimize(graph, outputs: outputs, minimumTaskCount: 0)
    #expect(
      optimized.graph.sketch == [
        "scan: [] []", "part·sum: [0 0]", "part·sum·square·add: [0 1]", "part·sum·add: [0 1]",
      ])
    #expect(try optimized.graph.results(optimized.outputs) == graph.results(outputs))
    #expect(GraphOptimizer.passNames == ["merge-equal", "cull", "inline", "fuse-linear", "fuse-subtree"])
  }

  @Test("leaves out a pass by its name", arguments: GraphOptimizer.passNames)
  func disabled(name: String) throws {
    let (graph, outputs) = sample()
    // Sub-trees take in all chains, unless the graph is too small for it.
    let minimum = name == "fuse-linear" ? 4096 : 0
    let all = GraphOptimizer.optimize(graph, outputs: outputs, minimumTaskCount: minimum)
    let without = GraphOptimizer.optimize(graph, outputs: outputs, disabled: [name], minimumTaskCount: minimum)
    let others = Set(GraphOptimizer.passNames).subtracting([name])
    let only = GraphOptimizer.optimize(graph, outputs: outputs, disabled: others, minimumTaskCount: 0)
    #expect(without.graph.sketch != all.graph.sketch)
    #expect(only.graph.taskCount < graph.taskCount)
    #expect(try without.graph.results(without.outputs) == graph.results(outputs))
    #expect(try only.graph.results(only.outputs) == graph.results(outputs))
  }

  @Test("never takes a closure for one that an earlier round has put into a fused task")
  func rounds() throws {
    var graph = TaskGraph()
    graph.addLayer("f", ClosureTask { _ in 1 }, dependencies: [[]])
    graph.add("use", [[0]])
    var (more, outputs) = GraphOptimizer.optimize(graph, outputs: tasks(1), minimumTaskCount: 1)
    #expect(more.taskCount == 1)
    let other = more.addLayer("f", ClosureTask { _ in 2 }, dependencies: [[]])
    let sum = more.addLayer("sum", Term("sum"), dependencies: [outputs + other])
    let again = GraphOptimizer.optimize(more, outputs: sum, minimumTaskCount: 1)
    #expect(again.graph.taskCount == 1)
    #expect(try again.graph.results(again.outputs) == ["sum0(use0(1),2)"])
  }

  @Test("does nothing without passes")
  func none() {
    let (graph, outputs) = sample()
    let same = GraphOptimizer.optimize(graph, outputs: outputs, disabled: Set(GraphOptimizer.passNames))
    #expect(same.graph.sketch == graph.sketch && same.outputs == outputs)
  }

  @Test("takes no parallelism from a small graph")
  func small() {
    let (graph, output) = mergedSources(1024)
    #expect(GraphOptimizer.optimize(graph, outputs: [output]).graph.taskCount == 2047)
  }

  @Test("refuses a pass that does not exist, and says which do")
  func unknown() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GraphOptimizer.optimize(TaskGraph(), outputs: [], disabled: ["fuse-liner"])
      })
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains("There is no pass 'fuse-liner': did you mean 'fuse-linear'?"))
  }

  @Test("refuses an output that is not in the graph")
  func unknownOutput() async {
    await #expect(processExitsWith: .failure) { _ = GraphOptimizer.optimize(TaskGraph(), outputs: tasks(0)) }
  }
}
