import TestSupport
import Testing

@testable import TaskGraph

@Suite("Delayed calls as layers") struct DelayedLayersTests {
  @Test("are one layer for each name, in the order in which they are used")
  func layers() throws {
    let parts = (0..<4).map { increment($0) }
    let (graph, task) = try lowered(add(add(parts[0], parts[1]), add(parts[2], parts[3])))
    #expect(drawing(graph) == ["increment: [] [] [] []", "add: [0 1] [2 3] [4 5]"])
    #expect(task.index == 6)
  }

  @Test("of a chain of one name are one layer")
  func chain() throws {
    let (graph, _) = try lowered((0..<4).reduce(increment(0)) { value, _ in increment(value) })
    #expect(drawing(graph) == ["increment: [] [0] [1] [2] [3]"])
  }

  @Test("of names that take turns are a layer each")
  func turns() throws {
    let (graph, _) = try lowered(increment(total([increment(total([1, 2]))])))
    #expect(drawing(graph) == ["total: []", "increment: [0]", "total: [1]", "increment: [2]"])
  }

  @Test("wait for those that make their layer whole")
  func wholeLayers() throws {
    let (graph, _) = try lowered(total([increment(1), increment(2), increment(add(1, 2))]))
    #expect(drawing(graph) == ["add: []", "increment: [] [] [0]", "total: [1 2 3]"])
  }

  @Test("come once however often they are used, and as often among the inputs as they are used")
  func sharing() throws {
    let one = increment(0)
    let (graph, _) = try lowered(add(add(one, one), total([one, one])))
    #expect(drawing(graph) == ["increment: []", "total: [0 0]", "add: [0 0] [2 1]"])
  }

  @Test("of functions that are made anew, with the same name, share a layer")
  func sameName() throws {
    var value = increment(0)
    for step in 1...3 { value = delayed("step") { (x: Int) in x * step }(value) }
    let (graph, _) = try lowered(value)
    #expect(drawing(graph) == ["increment: []", "step: [0] [1] [2]"])
    #expect(try evaluate(value) == 6)
  }

  @Test("are shared by the collections that one builder is given")
  func severalCollections() throws {
    let one = increment(0)
    let (two, three) = (increment(one), add(one, 2))
    var builder = GraphBuilder()
    #expect(try two.addTasks(to: &builder).index == 1)
    #expect(try one.addTasks(to: &builder).index == 0)
    #expect(try three.addTasks(to: &builder).index == 2)
    #expect(try add(two, three).addTasks(to: &builder).index == 3)
    #expect(drawing(builder.graph) == ["increment: [] [0]", "add: [0]", "add: [1 2]"])
  }

  /// A collection around a delayed value.
  private struct Doubled: LazyCollection {
    typealias Computed = Int
    let value: Delayed<Int>

    func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
      let task = try value.addTasks(to: &builder)
      return builder.graph.addLayer("double", Double(), dependencies: [[task]])[0]
    }

    func computed(_ result: any Sendable) throws -> Int { result as? Int ?? -1 }

    private struct Double: TaskOperation {
      static let wireName = "test-double"
      func run(_ task: TaskContext) throws -> any Sendable { (task.inputs[0] as? Int ?? 0) * 2 }
    }
  }

  @Test("come once though another collection uses them as well, whichever is met first")
  func sharedWithCollection() throws {
    let one = increment(0)
    let (graph, _) = try lowered(add(one, Doubled(value: one)))
    #expect(drawing(graph) == ["increment: []", "double: [0]", "add: [0 1]"])
    let (other, _) = try lowered(add(Doubled(value: one), one))
    #expect(drawing(other) == ["increment: []", "double: [0]", "add: [1 0]"])
    #expect(try evaluate(add(one, Doubled(value: one))) == 3)
  }

  @Test("in a dictionary come in the order of its keys, whatever its order in memory")
  func dictionary() throws {
    let sum = delayed("sum") { (values: [String: Int]) in values.values.reduce(0, +) }
    for capacity in [1, 10, 100, 1_000] {
      var parts: [String: Delayed<Int>] = [:]
      parts.reserveCapacity(capacity)
      for number in [3, 1, 4, 0, 5, 2] { parts["key \(number)"] = increment(number) }
      let (graph, _) = try lowered(sum(parts))
      let operation = try #require(graph.layers[0].operation as? DelayedCalls)
      #expect(operation.calls.map(\.argumentText) == (0..<6).map { "(\($0))" })
      #expect(try evaluate(sum(parts)) == 21)
    }
  }

  @Test("of a value that is there already are one task, and none where it is used")
  func values() throws {
    let value = Delayed(5)
    #expect(drawing(try lowered(value).graph) == ["value: []"])
    #expect(drawing(try lowered(add(value, value)).graph) == ["add: []"])
  }

  @Test("give what the functions give, each called once, on random graphs", arguments: 0..<60 as Range<UInt64>)
  func random(seed: UInt64) throws {
    let sample = RandomCalls(seed: seed)
    var builder = GraphBuilder()
    let tasks = try sample.outputs.map { try sample.values[$0].addTasks(to: &builder) }
    let results = try results(of: builder.graph)
    #expect(
      tasks.map { results[Int($0.index)] as? UInt64 } == sample.outputs.map { sample.expected[$0] }, "seed \(seed)")
    #expect(builder.graph.taskCount == sample.neededCount, "seed \(seed)")
    var again = GraphBuilder()
    for output in sample.outputs { _ = try sample.values[output].addTasks(to: &again) }
    #expect(drawing(again.graph) == drawing(builder.graph), "seed \(seed)")
  }

  @Test("may be very long chains")
  func longChains() throws {
    let count = 50_000
    let same = (1..<count).reduce(increment(0)) { value, _ in increment(value) }
    #expect(try evaluate(same) == count)
    let twice = (1..<count).reduce(increment(0)) { value, _ in
      delayed("twice") { (x: Int, y: Int) in max(x, y) + 1 }(value, value)
    }
    #expect(try evaluate(twice) == count)
  }
}

/// Calls of functions of a few names with each other's results, and what they give.
private struct RandomCalls {
  private(set) var values: [Delayed<UInt64>] = []
  private(set) var expected: [UInt64] = []
  private(set) var outputs: [Int] = []
  /// How many calls the outputs need.
  private(set) var neededCount = 0

  init(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var inputs: [[Int]] = []
    for call in 0..<Int.random(in: 1...60, using: &generator) {
      let chosen = (0..<Int.random(in: 0...4, using: &generator)).compactMap { _ in
        call == 0 ? nil : Int.random(in: 0..<call, using: &generator)
      }
      let name = ["f", "g", "h", "k"][Int.random(in: 0...3, using: &generator)]
      let constant = generator.next()
      let mix = delayed(name) { (all: [UInt64], constant: UInt64) in RandomCalls.mix(all, constant) }
      values.append(mix(chosen.map { values[$0] }, constant))
      expected.append(RandomCalls.mix(chosen.map { expected[$0] }, constant))
      inputs.append(chosen)
    }
    outputs = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      values.indices.randomElement(using: &generator) ?? 0
    }
    var needed = Set(outputs)
    for call in values.indices.reversed() where needed.contains(call) { needed.formUnion(inputs[call]) }
    neededCount = needed.count
  }

  private static func mix(_ all: [UInt64], _ constant: UInt64) -> UInt64 {
    all.reduce(constant) { ($0 &* 0x9e37_79b9_7f4a_7c15) ^ ($1 &+ ($0 >> 29)) }
  }
}
