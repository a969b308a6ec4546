import Testing

@testable import TaskGraph

@Suite("A task graph as JSON")
struct TaskGraphJSONTests {
  private static let text = """
    {
      "format": "lazyframe-task-graph",
      "version": 1,
      "layers": [
        {"name": "read", "operation": "test-blend", "parameters": {"seed": 7, "weights": [0.5, -0.0, "nan"]}, \
    "salt": "SALT", "kind": "data", "resultBytes": 1000, "tasks": 4},
        {"name": "none", "operation": "test-bare", "parameters": {}, "tasks": 0},
        {"name": "merge", "operation": "test-bare", "parameters": {}, "tasks": 3, "dependencies": [[0, 1], [2, 3], [4, 5]]}
      ],
      "outputs": [6, 0]
    }

    """

  private func sample() -> (graph: TaskGraph, outputs: [TaskID]) {
    var graph = TaskGraph()
    let sources = graph.addLayer(
      "read", Blend(weights: [0.5, -0.0, .nan], seed: 7), kind: .data, resultBytes: 1000,
      dependencies: [[], [], [], []])
    graph.addLayer("none", Bare(), dependencies: [])
    let merged = graph.addTree("merge", Bare(), over: sources)
    return (graph, [merged, sources[0]])
  }

  @Test("is text that people can read, with a layer a line")
  func text() throws {
    let (graph, outputs) = sample()
    let text = try graph.json(outputs: outputs)
    // Which salt it is follows from how values are hashed, and matters to nobody.
    let salt = try #require(text.firstMatch(of: /"salt": "([0-9a-f]{32})"/)).1
    #expect(text == Self.text.replacing("SALT", with: salt))
    #expect(
      try TaskGraph().json()
        == "{\n  \"format\": \"lazyframe-task-graph\",\n  \"version\": 1,\n  \"layers\": [],\n  \"outputs\": []\n}\n")
  }

  @Test("is read with everything in it")
  func decode() throws {
    let (graph, outputs) = try TaskGraph.decode(
      json: Self.text.replacing("SALT", with: String(repeating: "0", count: 32)), operations: sampleOperations)
    let expected = sample()
    #expect(outputs == expected.outputs)
    #expect(graph.layers.map(\.name) == ["read", "none", "merge"])
    #expect(graph.layers.map(\.kind) == [.data, .operation, .operation])
    #expect(graph.layers.map(\.resultBytes) == [1000, nil, nil])
    #expect(graph.layers.map(\.tasks.count) == [4, 0, 3])
    #expect(
      graph.tasks.map { Array(graph.dependencies(of: $0)) }
        == expected.graph.tasks.map { Array(expected.graph.dependencies(of: $0)) })
    let blend = try #require(graph.layers[0].operation as? Blend)
    #expect(blend.weights.map(\.bitPattern) == [0.5, -0.0, .nan].map(\Double.bitPattern))
    #expect(blend.seed == 7 && blend.label == nil)
    #expect(graph.keys == expected.graph.keys)
  }

  @Test(
    "is the same text, with the same keys and results, when it is written, read and written again", arguments: 0..<150)
  func roundTrip(seed: UInt64) throws {
    let (graph, outputs) = variedGraph(seed: seed)
    let text = try graph.json(outputs: outputs)
    let again = try TaskGraph.decode(json: text, operations: sampleOperations)
    #expect(try again.graph.json(outputs: again.outputs) == text)
    #expect(again.outputs == outputs)
    #expect(again.graph.keys == graph.keys)
    #expect(try again.graph.runAll() == graph.runAll())
    #expect(
      again.graph.tasks.map { Array(again.graph.dependencies(of: $0)) }
        == graph.tasks.map { Array(graph.dependencies(of: $0)) })
    #expect(again.graph.layers.allSatisfy { !($0.operation is UnknownOperation) })
  }

  @Test(
    "is the same text and has the same keys in a program that knows none, or some, of the operations",
    arguments: 0..<100)
  func unknownRoundTrip(seed: UInt64) throws {
    let (graph, outputs) = variedGraph(seed: seed)
    let text = try graph.json(outputs: outputs)
    var some = OperationRegistry()
    some.register(Steps.self)
    for operations in [OperationRegistry(), some] {
      let again = try TaskGraph.decode(json: text, operations: operations)
      #expect(try again.graph.json(outputs: again.outputs) == text)
      #expect(again.graph.keys == graph.keys)
      let last = try TaskGraph.decode(json: again.graph.json(), operations: sampleOperations)
      #expect(last.graph.keys == graph.keys)
      #expect(try last.graph.runAll() == graph.runAll())
    }
  }

  @Test("does not depend on the order of fields and on white space")
  func anyOrder() throws {
    let text = """
      \t{"outputs":[ 1 ],"layers":[{"tasks":2,"dependencies":[ [ ] ,[0]],"parameters":{"weights":[],"seed":3},
      "operation":"test-blend","kind":"operation","name":"a"}],"version":1,"format":"lazyframe-task-graph"}\r\n
      """
    let (graph, outputs) = try TaskGraph.decode(json: text, operations: sampleOperations)
    #expect((graph.layers[0].operation as? Blend)?.seed == 3)
    #expect(outputs == [TaskID(index: 1)])
    #expect(Array(graph.dependencies(of: TaskID(index: 1))) == [TaskID(index: 0)])
  }

  @Test("of an operation that holds a function is refused with the layer's name")
  func closures() {
    var graph = TaskGraph()
    graph.addLayer("read", Bare(), dependencies: [[]])
    var other = graph
    graph.addLayer("map", Closure(), dependencies: [[]])
    let hint =
      "a graph that is stored or sent consists of data: use an operation whose encode(to:) writes all its parameters"
    #expect {
      try graph.json()
    } throws: {
      "\($0)"
        == "layers[1] 'map': the operation 'test-closure' cannot be written as JSON: parameters: a function cannot be encoded\n"
        + hint
    }
    other.addLayer(
      "fused", Steps(steps: [CodableOperation(Bare()), CodableOperation(Silent())]), dependencies: [[]])
    #expect {
      try other.json()
    } throws: {
      "\($0)"
        == "layers[1] 'fused': the operation 'test-steps' cannot be written as JSON: "
        + "parameters.steps[1].parameters: its encode(to:) writes nothing\n" + hint
    }
  }

  @Test("of many tasks in a few shapes is short")
  func short() throws {
    var graph = TaskGraph()
    let sources = graph.addLayer("read", Bare(), dependencies: Array(repeating: [], count: 30_000))
    let pairs = graph.addLayer("pair", Bare(), dependencies: sources.dropFirst().map { [sources[0], $0] })
    _ = graph.addTree("merge", Bare(), over: pairs)
    let text = try graph.json()
    #expect(text.utf8.count < 2_500)
    let again = try TaskGraph.decode(json: text, operations: sampleOperations).graph
    // Not compared inside of #expect, which would look for the difference in quadratic time.
    let same = again.dependencies.targets == graph.dependencies.targets
    let sameStarts = again.dependencies.starts == graph.dependencies.starts
    #expect(same && sameStarts)
  }

  @Test("may have many layers that hang in a chain")
  func manyLayers() throws {
    var graph = TaskGraph()
    var last: [TaskID] = []
    for _ in 0..<3_000 { last = graph.addLayer("step", Bare(), dependencies: [last]) }
    let again = try TaskGraph.decode(json: graph.json(outputs: last), operations: sampleOperations)
    #expect(again.outputs == last)
    #expect(again.graph.key(of: last[0]) == graph.key(of: last[0]))
  }

  @Test("refuses an output that the graph does not have")
  func outputs() async {
    await #expect(processExitsWith: .failure) { _ = try TaskGraph().json(outputs: [TaskID(index: 0)]) }
  }
}
