import Foundation
import Synchronization
import Testing

@testable import TaskGraph

@Suite("A fused task") struct FusedTasksTests {
  /// A chain of closures in one layer, and the operation that it is fused to.
  private func chain(
    _ count: UInt32, _ body: @escaping @Sendable (TaskContext) throws -> any Sendable
  ) -> (graph: TaskGraph, operation: any TaskOperation) {
    var graph = TaskGraph()
    graph.addLayer("chain", ClosureTask(body), dependencies: (0..<count).map { $0 == 0 ? [] : tasks($0 - 1) })
    return (graph, FuseLinear.apply(graph, outputs: tasks(count - 1)).graph.layers[0].operation)
  }

  @Test("holds a result no longer than a later step needs it")
  func release() throws {
    let live = Live()
    let (_, operation) = chain(100) { _ in LiveResult(live) }
    _ = try operation.run(TaskContext(index: 0, inputs: []))
    #expect(live.counts.withLock { $0.now } == 0 && live.counts.withLock { $0.peak } == 2)
  }

  @Test("holds a result until the last of the steps that use it")
  func severalUses() throws {
    let program = StepProgram(
      layers: [], steps: [0, 0, 0, 0], inputCounts: [0, 2, 1, 3], inputs: [-1, 0, 0, 2, 1, -2])
    let live = Live()
    var results: [(any Sendable)?] = [LiveResult(live), nil, nil, nil]
    #expect(program.takeInputs(of: 1, from: ["out", "side"], &results).count == 2 && results[0] != nil)
    _ = program.takeInputs(of: 2, from: [], &results)
    #expect(results[0] == nil && live.counts.withLock { $0.now } == 0)
    results[1] = 1
    results[2] = 2
    #expect("\(program.takeInputs(of: 3, from: ["out", "side"], &results))" == "[2, 1, \"side\"]")
    #expect(results[1] == nil && results[2] == nil)
  }

  @Test("checks between steps whether it is cancelled")
  func cancellation() throws {
    let token = CancellationToken()
    let last = Mutex(0)
    let (_, operation) = chain(10) { task in
      last.withLock { $0 = task.index }
      if task.index == 4 { token.cancel() }
      return 0
    }
    #expect(throws: CancelledError()) {
      try operation.run(TaskContext(index: 0, inputs: [], cancellation: token))
    }
    #expect(last.withLock { $0 } == 4)
  }

  @Test("gives its steps the token of the run")
  func token() throws {
    let token = CancellationToken()
    let (_, operation) = chain(3) { $0.cancellation }
    #expect(try operation.run(TaskContext(index: 0, inputs: [], cancellation: token)) as? CancellationToken === token)
  }

  @Test("names the task that failed as the graph before did, whatever it threw")
  func failure() throws {
    struct Failure: Error {}
    for index in UInt32(0)..<5 {
      let (graph, operation) = chain(5) { task in
        if task.index == index { throw index == 3 ? TaskError(key: "inner", cause: Failure()) : Failure() }
        return 0
      }
      let thrown = try #require(throws: (any Error).self) { try operation.run(TaskContext(index: 0, inputs: [])) }
      let error = TaskError(key: "fused", cause: thrown)
      #expect(error.key == graph.key(of: TaskID(index: index)))
      #expect(index == 3 ? (error.cause as? TaskError)?.key == "inner" : error.cause is Failure)
    }
  }

  @Test("can be compared if all its steps can")
  func exact() {
    func operation(_ last: any TaskOperation) -> any TaskOperation {
      var graph = TaskGraph()
      graph.add("a", [[]])
      graph.addLayer("b", last, dependencies: [tasks(0)])
      return FuseLinear.apply(graph, outputs: tasks(1)).graph.layers[0].operation
    }
    let one = operation(Term("b")).digest
    #expect(one.isExact && one.value == operation(Term("b")).digest.value)
    #expect(one.value != operation(Term("c")).digest.value)
    #expect(!operation(ClosureTask { _ in 0 }).digest.isExact)
  }

  @Test("is made again with its type and its keys, and so is a selection")
  func encoding() throws {
    var operations = OperationRegistry()
    operations.register(Term.self)
    var graph = TaskGraph()
    graph.add("a", [[], [], []])
    graph.add("b", [[0], [1], [1]])
    graph.add("c", [[4, 3], [5, 2]])
    let fused = FuseSubtree.apply(graph, outputs: tasks(6, 7, 5), width: 4, minimumTaskCount: 0)
    #expect(fused.graph.sketch == ["a: []", "b: [0]", "b·a·c: [0]", "a·c: [1]"])
    let text = try fused.graph.json(outputs: fused.outputs)
    let again = try TaskGraph.decode(json: text, operations: operations)
    #expect(again.graph.sketch == fused.graph.sketch)
    #expect(again.graph.keys == fused.graph.keys)
    #expect(try again.graph.results(again.outputs) == graph.results(tasks(6, 7, 5)))
    #expect(try again.graph.json(outputs: again.outputs) == text)
    // Taken apart again as well.
    let culled = Cull.apply(again.graph, outputs: [again.outputs[2]])
    #expect(culled.graph.keys(of: culled.outputs) == graph.keys(of: tasks(5)))
  }

  @Test("is refused for another number of tasks, or of inputs, than it has")
  func misplaced() throws {
    var graph = TaskGraph()
    graph.add("a", [[], [], []])
    graph.add("b", [[0], [1]])
    graph.add("c", [[3], [4]])
    let fused = FuseLinear.apply(graph, outputs: tasks(0, 1, 2, 5, 6))
    #expect(fused.graph.sketch == ["a: [] [] []", "b·c: [0] [1]"])
    let text = try fused.graph.json()
    var operations = OperationRegistry()
    operations.register(Term.self)
    func message(_ part: String, _ other: String) -> String? {
      #expect(text.contains(part))
      let changed = text.replacing(part, with: other)
      let error = #expect(throws: GraphError.self) { try TaskGraph.decode(json: changed, operations: operations) }
      return error?.message
    }
    #expect(
      message(#""tasks": 2, "dependencies": [[0], [1]]"#, #""tasks": 3, "dependencies": [[0], [1], [2]]"#)
        == "layers[1] 'b·c': its operation has indices for 2 tasks, and the layer has 3")
    #expect(
      message(#""dependencies": [[0], [1]]"#, #""dependencies": [[0], [1, 2]]"#)
        == "layers[1] 'b·c', task 1: it has 2 dependencies, and its steps use 1")
    #expect(
      message(#""dependencies": [[0], [1]]"#, #""dependencies": [[], [1]]"#)
        == "layers[1] 'b·c', task 0: it has 0 dependencies, and its steps use 1")
  }

  @Test(
    "is refused if it contradicts itself",
    arguments: [
      (#""steps":[0,1,2]"#, #""steps":[0,1,3]"#), (#""steps":[0,1,2]"#, #""steps":[0,1]"#),
      (#""inputs":[0,1,-1]"#, #""inputs":[0,2,-1]"#), (#""inputs":[0,1,-1]"#, #""inputs":[1,1,-1]"#),
      (#""inputs":[0,1,-1]"#, #""inputs":[0,1]"#), (#""inputs":[0,1,-1]"#, #""inputs":[0,1,-1,0]"#),
      (#""rows":[1,1,0]"#, #""rows":[1,1]"#), (#""rows":[1,1,0]"#, #""rows":[1,1,-1]"#),
      (#""count":1"#, #""count":2"#), (#""count":1"#, #""count":0"#), (#""count":1"#, #""count":-1"#),
      (#""growth":[]"#, #""growth":[1]"#),
      (#""count":1,"growth":[]"#, #""count":3,"growth":[0,0,-1]"#),
      (#""count":1,"growth":[]"#, #""count":3,"growth":[0,9223372036854775807,0]"#),
      (#""digest":""#, #""digest":"x"#),
    ])
  func refused(part: String, other: String) throws {
    var graph = TaskGraph()
    graph.add("a", [[], []])
    graph.add("b", [[0], [1]])
    graph.add("c", [[3, 0]])
    let fused = FuseSubtree.apply(graph, outputs: tasks(4, 2), width: 4, minimumTaskCount: 0)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let operation = try #require(fused.graph.layers.last?.operation)
    let text = String(decoding: try encoder.encode(operation), as: UTF8.self)
    let decoder = JSONDecoder()
    var operations = OperationRegistry()
    operations.register(Term.self)
    decoder.userInfo[.operationRegistry] = operations
    #expect(try decoder.decode(FusedTasks.self, from: Data(text.utf8)).program.stepCount == 3)
    #expect(text.contains(part))
    #expect(throws: DecodingError.self) {
      try decoder.decode(FusedTasks.self, from: Data(text.replacing(part, with: other).utf8))
    }
  }
}

/// How many results are alive, and the most that ever were.
private final class Live: Sendable {
  let counts = Mutex((now: 0, peak: 0))

  func add(_ count: Int) {
    counts.withLock {
      $0.now += count
      $0.peak = max($0.peak, $0.now)
    }
  }
}

private final class LiveResult: Sendable {
  let live: Live

  init(_ live: Live) {
    self.live = live
    live.add(1)
  }

  deinit { live.add(-1) }
}
