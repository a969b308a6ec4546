import Testing

@testable import TaskGraph

@Suite("An operation inside another")
struct CodableOperationTests {
  private let nested = Steps(steps: [
    CodableOperation(Blend(weights: [.nan], seed: 5)),
    CodableOperation(Steps(steps: [CodableOperation(Bare())])),
  ])

  @Test("is written with its name and its parameters")
  func text() throws {
    var graph = TaskGraph()
    graph.addLayer("fused", Steps(steps: [CodableOperation(Bare())]), dependencies: [[]])
    #expect(
      try graph.json().contains(
        #""operation": "test-steps", "parameters": {"steps": [{"operation": "test-bare", "parameters": {}}]}"#))
  }

  @Test("is made again with its type, at any depth")
  func roundTrip() throws {
    var graph = TaskGraph()
    graph.addLayer("fused", nested, dependencies: [[], []])
    let again = try TaskGraph.decode(json: graph.json(), operations: sampleOperations).graph
    let steps = try #require(again.layers[0].operation as? Steps).steps
    #expect((steps[0].operation as? Blend)?.seed == 5)
    #expect((steps[1].operation as? Steps)?.steps.first?.operation is Bare)
    #expect(again.keys == graph.keys)
    #expect(try again.runAll() == graph.runAll())
  }

  @Test("keeps its key where it is not registered and the one around it is")
  func unknown() throws {
    var graph = TaskGraph()
    graph.addLayer("fused", nested, dependencies: [[], []])
    var some = OperationRegistry()
    some.register(Steps.self)
    let text = try graph.json()
    let again = try TaskGraph.decode(json: text, operations: some).graph
    let steps = try #require(again.layers[0].operation as? Steps).steps
    #expect((steps[0].operation as? UnknownOperation)?.name == "test-blend")
    #expect(again.keys == graph.keys)
    #expect(try again.json() == text)
  }

  @Test("counts in the key of the one around it")
  func keys() {
    func digest(_ seed: UInt64) -> UInt128 {
      Steps(steps: [CodableOperation(Blend(seed: seed))]).digest.value
    }
    #expect(digest(1) == digest(1))
    #expect(digest(1) != digest(2))
  }

  @Test("needs a registry to be decoded")
  func noRegistry() throws {
    let tree = try JSONSlot.tree(of: nested, path: [])
    #expect {
      try JSONTreeDecoder(value: tree, codingPath: [], userInfo: [:]).decode(Steps.self)
    } throws: {
      JSONPlace.describe($0) == "steps[0]: the decoder's userInfo has no registry of operations"
    }
  }

  @Test("is refused in a chain of operations in operations that is too deep to be walked")
  func deep() {
    var operation: any TaskOperation = Bare()
    for _ in 0..<400 { operation = Steps(steps: [CodableOperation(operation)]) }
    var graph = TaskGraph()
    graph.addLayer("deep", operation, dependencies: [[]])
    #expect {
      try graph.json()
    } throws: {
      "\($0)".contains("it has values more than 500 deep in each other")
    }
  }

  @Test("is of one type for each wire name, or the registry traps")
  func twoTypes() async {
    var operations = sampleOperations
    operations.register(Bare.self)
    #expect(operations.names == ["fused", "selected-tasks", "test-bare", "test-blend", "test-steps"])
    await #expect(processExitsWith: .failure) {
      struct Other: TaskOperation, Codable {
        static let wireName = "test-bare"
        func run(_ task: TaskContext) throws -> any Sendable { 0 }
      }
      var operations = sampleOperations
      operations.register(Other.self)
    }
  }
}
