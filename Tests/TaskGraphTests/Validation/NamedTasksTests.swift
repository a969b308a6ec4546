import TestSupport
import Testing

@testable import TaskGraph

@Suite("Named tasks")
struct NamedTasksTests {
  private func error(_ tasks: [NamedTask]) -> String {
    var graph = TaskGraph()
    graph.addLayer("before", Bare(), dependencies: [[]])
    do {
      try graph.addTasks(tasks)
      return "no error"
    } catch {
      // Nothing is added unless everything is.
      #expect(graph.taskCount == 1 && graph.layers.count == 1)
      return "\(error)"
    }
  }

  private func tasks(_ inputs: KeyValuePairs<String, [String]>) -> [NamedTask] {
    inputs.map { NamedTask($0.key, Bare(), inputs: $0.value) }
  }

  private func cycle(_ path: String) -> String {
    "no order of tasks exists, since results are needed in a cycle: \(path)\n"
      + "each arrow leads from a result to a task that needs it: take one of these inputs away"
  }

  @Test("come in any order, and are found by name")
  func anyOrder() throws {
    var graph = TaskGraph()
    graph.addLayer("before", Bare(), dependencies: [[]])
    let found = try graph.addTasks([
      NamedTask("total", Blend(seed: 3), inputs: ["right", "left", "right"]),
      NamedTask("left", Blend(seed: 1), kind: .data, resultBytes: 8),
      NamedTask("right", Blend(seed: 2), inputs: ["left"]),
    ])
    #expect(found.mapValues(\.index) == ["right": 2, "left": 1, "total": 3])
    #expect(graph.layers.map(\.name) == ["before", "left", "right", "total"])
    #expect(graph.layers.map(\.kind) == [.operation, .data, .operation, .operation])
    #expect(graph.layers.map(\.resultBytes) == [nil, 8, nil, nil])
    #expect(graph.dependencies(of: TaskID(index: 3)).map(\.index) == [2, 1, 2])
    #expect(graph.dependencies(of: TaskID(index: 2)).map(\.index) == [1])
    #expect((graph.layers[3].operation as? Blend)?.seed == 3)
    #expect(try graph.runAll().count == 4)
  }

  @Test("keep the order given where it is one in which they can run")
  func keepsOrder() throws {
    var graph = TaskGraph()
    try graph.addTasks(tasks(["d": [], "b": ["d"], "x": [], "a": ["b", "d"], "c": ["x"]]))
    #expect(graph.layers.map(\.name) == ["d", "b", "x", "a", "c"])
  }

  @Test("make the graph that they came from, in whatever order they come", arguments: 0..<50)
  func shuffled(seed: UInt64) throws {
    var numbers = SplitMix64(seed: seed)
    let original = variedGraph(seed: seed).graph
    let names = original.tasks.map { "t\($0.index)" }
    let tasks = original.tasks.map { task in
      NamedTask(
        names[Int(task.index)], Blend(seed: UInt64(task.index)),
        inputs: original.dependencies(of: task).map { names[Int($0.index)] })
    }
    var graph = TaskGraph()
    let found = try graph.addTasks(tasks.shuffled(using: &numbers))
    for task in original.tasks {
      let id = try #require(found[names[Int(task.index)]])
      #expect(
        Array(graph.dependencies(of: id)) == original.dependencies(of: task).map { found[names[Int($0.index)]] })
      #expect((graph.layer(of: id).operation as? Blend)?.seed == UInt64(task.index))
    }
  }

  @Test("must not wait for each other: the shortest cycle is shown")
  func cycles() {
    #expect(error(tasks(["a": ["a"]])) == cycle("a -> a"))
    #expect(error(tasks(["a": ["c"], "b": ["a"], "c": ["b"]])) == cycle("a -> b -> c -> a"))
    // The walk from a goes b, c, d, and back to b; but d is also what b needs itself.
    #expect(
      error(tasks(["a": ["b"], "b": ["c", "d"], "c": ["d"], "d": ["b"]])) == cycle("b -> d -> b"))
    for inputs in [["x", "y"], ["y", "x"]] {
      #expect(error(tasks(["s": inputs, "x": ["s"], "y": ["z"], "z": ["s"]])) == cycle("s -> x -> s"))
    }
    #expect(error(tasks(["x": [], "y": ["x", "z"], "z": ["w", "y"], "w": ["x"]])) == cycle("y -> z -> y"))
  }

  @Test("show a long cycle without its middle")
  func longCycle() {
    func ring(_ count: Int) -> [NamedTask] {
      (0..<count).map { NamedTask("t\($0)", Bare(), inputs: ["t\(($0 + count - 1) % count)"]) }
    }
    #expect(error(ring(9)) == cycle((0..<9).map { "t\($0) -> " }.joined() + "t0"))
    #expect(error(ring(10)) == cycle("t0 -> t1 -> t2 -> t3 -> (2 more) -> t6 -> t7 -> t8 -> t9 -> t0"))
  }

  @Test("are told one by one with their nearest name where an input is missing")
  func missingInput() {
    #expect(
      error(tasks(["read": [], "total": ["read", "raed"]]))
        == "task 'total' needs the result of 'raed', and there is no task of that name\ndid you mean 'read'?")
    #expect(
      error(tasks(["total": ["column"]]))
        == "task 'total' needs the result of 'column', and there is no task of that name\nadd a task of that name")
  }

  @Test("must not share a name")
  func duplicates() {
    #expect(
      error(tasks(["a": [], "b": [], "a": ["b"]]))
        == "two tasks have the name 'a', those at 0 and 2 of the tasks given\ngive each task a name of its own")
  }

  @Test("may be a chain, or a cycle, of any length")
  func long() throws {
    let count = 100_000
    // Backwards, so that the walk from the first goes down the whole chain.
    var chain = (0..<count).reversed().map { NamedTask("\($0)", Bare(), inputs: $0 == 0 ? [] : ["\($0 - 1)"]) }
    var graph = TaskGraph()
    let found = try graph.addTasks(chain)
    #expect(found["\(count - 1)"] == TaskID(index: UInt32(count - 1)))
    chain[count - 1].inputs = ["\(count - 1)"]
    #expect(error(chain).contains("-> (\(count - 8) more) ->"))
  }
}

@Suite("The order of lists that may name later tasks")
struct AdjacencyCycleTests {
  @Test("is found for a chain, and for a cycle, of a million")
  func million() {
    for (last, isCycle) in [(false, false), (true, true)] {
      var lists = Adjacency()
      let count: UInt32 = 1_000_000
      for task in 0..<count {
        let next = task + 1
        lists.append(next < count ? [TaskID(index: next)] : last ? [TaskID(index: 0)] : [])
      }
      switch lists.sorted() {
      case .order(let order): #expect(!isCycle && order == (0..<count).reversed().map(TaskID.init(index:)))
      case .cycle(let cycle): #expect(isCycle && cycle.count == Int(count))
      }
    }
  }

  @Test("is one in which all can run, or there is a cycle that cannot be shortened", arguments: 0..<200)
  func random(seed: UInt64) {
    var numbers = SplitMix64(seed: seed)
    let count = Int.random(in: 1...12, using: &numbers)
    let lists = (0..<count).map { _ in
      (0..<Int.random(in: 0...2, using: &numbers)).map { _ in Int.random(in: 0..<count, using: &numbers) }
    }
    var adjacency = Adjacency()
    for list in lists { adjacency.append(list.map { TaskID(index: UInt32($0)) }) }
    // Steps from each task to each, by trying all ways (Floyd, Warshall).
    var steps = lists.map { list in (0..<count).map { list.contains($0) ? 1 : 1_000 } }
    for middle in 0..<count {
      for from in 0..<count {
        for to in 0..<count { steps[from][to] = min(steps[from][to], steps[from][middle] + steps[middle][to]) }
      }
    }
    switch adjacency.sorted() {
    case .order(let order):
      #expect((0..<count).allSatisfy { steps[$0][$0] >= 1_000 })
      let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { (Int($1.index), $0) })
      #expect(places.count == count)
      for (task, list) in lists.enumerated() { #expect(list.allSatisfy { (places[$0] ?? 0) < (places[task] ?? 0) }) }
    case .cycle(let found):
      let cycle = found.map { Int($0.index) }
      for (place, task) in cycle.enumerated() { #expect(lists[cycle[(place + 1) % cycle.count]].contains(task)) }
      #expect(Set(cycle).count == cycle.count)
      #expect(cycle.first == cycle.min())
      #expect(cycle.contains { steps[$0][$0] == cycle.count })
    }
  }
}
