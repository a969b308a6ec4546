import Testing

@testable import TaskGraph

@Suite("Inlining cheap tasks") struct InlineTests {
  @Test("runs them inside each user")
  func drawn() throws {
    var graph = TaskGraph()
    graph.add("read", [[]])
    graph.add("part", [[0], [0]], cheap: true)
    graph.add("sum", [[1], [2], [1]])
    let (inlined, outputs) = Inline.apply(graph, outputs: tasks(3, 4, 5))
    #expect(inlined.sketch == ["read: []", "part·sum: [0] [0] [0]"])
    #expect(try inlined.results(outputs) == graph.results(tasks(3, 4, 5)))
  }

  @Test("leaves outputs, and tasks that nobody uses, as tasks")
  func outputs() throws {
    var graph = TaskGraph()
    graph.add("read", [[]])
    graph.add("part", [[0], [0], [0]], cheap: true)
    graph.add("sum", [[1, 2]])
    let (inlined, outputs) = Inline.apply(graph, outputs: tasks(4, 1))
    #expect(inlined.sketch == ["read: []", "part: [0] [0]", "part·sum: [0 1]"])
    #expect(try inlined.results(outputs) == graph.results(tasks(4, 1)))
    #expect(inlined.keys(of: tasks(1, 2)) == graph.keys(of: tasks(1, 3)))
  }

  @Test("runs a cheap task once in a task that needs it by several ways")
  func shared() throws {
    var graph = TaskGraph()
    graph.add("read", [[]])
    graph.add("part", [[0]], cheap: true)
    graph.add("twice", [[1], [1]], cheap: true)
    graph.add("sum", [[2, 1, 3, 2]])
    let (inlined, outputs) = Inline.apply(graph, outputs: tasks(4))
    let program = try #require((inlined.layers[1].operation as? FusedTasks)?.program)
    #expect(program.stepCount == 4)
    #expect(program.inputs == [-1, 0, 0, 1, 0, 2, 1])
    #expect(try inlined.results(outputs) == graph.results(tasks(4)))
  }

  @Test("runs a long chain of cheap tasks for one user, but not for each of several")
  func chains() throws {
    var graph = TaskGraph()
    graph.add("read", [[]])
    graph.add("step", (0..<100).map { [$0] }, cheap: true)
    graph.add("use", [[100]])
    let one = Inline.apply(graph, outputs: tasks(101))
    #expect(one.graph.sketch == ["read: []", "step·use: [0]"])
    #expect(try one.graph.results(one.outputs) == graph.results(tasks(101)))
    graph.add("use", [[100]])
    let two = Inline.apply(graph, outputs: tasks(101, 102))
    #expect(two.graph.sketch == ["read: []", "step: [0]", "use: [1]", "use: [1]"])
    #expect(try two.graph.results(two.outputs) == graph.results(tasks(101, 102)))
  }

  @Test("does not grow a ladder in which each cheap task has two users")
  func ladder() throws {
    var graph = TaskGraph()
    graph.add("read", [[], []])
    graph.add("step", (0..<1_000).map { [$0, $0 + 1] }, cheap: true)
    graph.add("use", (0..<1_000).map { [$0 + 2] })
    let outputs = Array(graph.layers[2].tasks)
    let (inlined, newOutputs) = Inline.apply(graph, outputs: outputs)
    let steps = inlined.layers.map { layer in
      layer.tasks.count * ((layer.operation as? FusedTasks)?.program.stepCount ?? 1)
    }
    #expect(steps.reduce(0, +) < 20_000)
    #expect(inlined.taskCount < graph.taskCount)
    #expect(newOutputs.count == 1_000)
  }

  @Test("finds cheap tasks behind a selection")
  func selected() throws {
    var graph = TaskGraph()
    graph.add("part", [[], [], []], cheap: true)
    graph.add("sum", [[2], [1]])
    let culled = Cull.apply(graph, outputs: tasks(3, 4))
    let (inlined, outputs) = Inline.apply(culled.graph, outputs: culled.outputs)
    #expect(inlined.sketch == ["part·sum: [] []"])
    #expect(try inlined.results(outputs) == graph.results(tasks(3, 4)))
  }
}
