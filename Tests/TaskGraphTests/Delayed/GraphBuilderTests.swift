import TaskGraph
import Testing

@Suite("Building a graph of collections") struct GraphBuilderTests {
  private final class Token: Sendable {}

  private struct Refusal: Error {}

  /// A collection of some tasks, the first of which may be wrong for some rounds.
  private struct Table: LazyCollection {
    typealias Computed = Int
    var name = "table"
    var seed = 0
    var parts: [any LazyCollection] = []
    var token: Token?
    /// How often it can be mended; nil: it throws when it is asked.
    var spares: Int? = 1

    func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
      let inputs = try parts.map { try builder.add($0, as: Token()) }
      return builder.graph.addLayer(name, Source(seed: seed), dependencies: [inputs])[0]
    }

    func computed(_ result: any Sendable) throws -> Int { 0 }

    var identity: ObjectIdentifier? { token.map { ObjectIdentifier($0) } }

    mutating func revise(after error: TaskError) throws -> Bool {
      guard let left = spares else { throw Refusal() }
      if left == 0 { return false }
      spares = left - 1
      seed += 100
      return true
    }
  }

  private func failure(of task: Int, _ builder: GraphBuilder) -> TaskError {
    TaskError(key: builder.graph.key(of: TaskID(index: UInt32(task))), cause: Refusal())
  }

  @Test("adds a collection with an identity once, and one without each time")
  func identity() throws {
    var builder = GraphBuilder()
    let (first, second) = (Token(), Token())
    let (shared, other) = (Table(token: Token()), Table())
    #expect(try builder.add(shared, as: first) == builder.add(shared, as: second))
    #expect(try builder.add(other, as: first) != builder.add(other, as: second))
    #expect(try builder.add(other, as: first).index == 1)
    #expect(builder.graph.taskCount == 3)
  }

  @Test("asks only the collection whose task failed to mend itself, and starts anew")
  func owner() throws {
    var builder = GraphBuilder()
    let objects = [Token(), Token()]
    let tables = [Table(name: "left"), Table(name: "right")]
    func add() throws { for (table, object) in zip(tables, objects) { _ = try builder.add(table, as: object) } }
    try add()
    #expect(try builder.revise(after: failure(of: 1, builder)))
    #expect(builder.graph.taskCount == 0)
    try add()
    #expect(
      try builder.graph.layers.map { try $0.operation.run(TaskContext(index: 0, inputs: [])) as? Int } == [0, 100])
    #expect(try !builder.revise(after: failure(of: 1, builder)))
    #expect(builder.graph.taskCount == 2)
    #expect(try builder.revise(after: failure(of: 0, builder)))
  }

  @Test("asks equal collections one after the other")
  func equals() throws {
    var builder = GraphBuilder()
    let objects = [Token(), Token()]
    func add() throws -> [Int?] {
      for object in objects { _ = try builder.add(Table(), as: object) }
      return try builder.graph.layers.map { try $0.operation.run(TaskContext(index: 0, inputs: [])) as? Int }
    }
    #expect(try add() == [0, 0])
    #expect(try builder.revise(after: failure(of: 0, builder)))
    #expect(try add() == [100, 0])
    #expect(try builder.revise(after: failure(of: 1, builder)))
    #expect(try add() == [100, 100])
  }

  @Test("asks what a collection consists of first, and the collection itself only if nothing there was mended")
  func parts() throws {
    var builder = GraphBuilder()
    let object = Token()
    let inner = Table(name: "inner", token: Token())
    let outer = Table(name: "outer", parts: [inner], spares: nil)
    _ = try builder.add(outer, as: object)
    #expect(try builder.revise(after: failure(of: 0, builder)))
    _ = try builder.add(outer, as: object)
    #expect(throws: Refusal.self) { try builder.revise(after: failure(of: 0, builder)) }
    #expect(throws: Refusal.self) { try builder.revise(after: failure(of: 1, builder)) }
  }

  @Test("mends nothing for a task that no collection has")
  func unknown() throws {
    var builder = GraphBuilder()
    let object = Token()
    _ = try builder.add(Table(), as: object)
    for key in ["table-00000000[0]", "table[0]", "table", "", "]["] {
      #expect(try !builder.revise(after: TaskError(key: key, cause: Refusal())))
    }
    let key = builder.graph.key(of: TaskID(index: 0))
    #expect(try !builder.revise(after: TaskError(key: key.replacing("[0]", with: "[1]"), cause: Refusal())))
    #expect(try !builder.revise(after: TaskError(key: key.replacing("[0]", with: "[-1]"), cause: Refusal())))
    #expect(try builder.revise(after: TaskError(key: key, cause: Refusal())))
  }
}
