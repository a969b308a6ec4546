import TaskGraph
import TestSupport

/// Mixes its parameters and inputs, in order, into one number.
struct Blend: TaskOperation, Codable {
  static let wireName = "test-blend"
  // Not in alphabetical order, and not all signed: JSON alone does not hold what the digest is taken over.
  var weights: [Double] = []
  var seed: UInt64 = 0
  var label: String?

  func run(_ task: TaskContext) throws -> any Sendable {
    var numbers = SplitMix64(seed: seed &+ UInt64(task.index))
    for weight in weights { numbers = SplitMix64(seed: numbers.next() ^ weight.bitPattern) }
    for input in task.inputs { numbers = SplitMix64(seed: numbers.next() ^ (input as? UInt64 ?? 1)) }
    return numbers.next() ^ UInt64(label?.utf8.count ?? 0)
  }
}

/// Has no parameters.
struct Bare: TaskOperation, Codable {
  static let wireName = "test-bare"
  func run(_ task: TaskContext) throws -> any Sendable { UInt64(task.inputs.count) }
}

/// Runs others one after the other, each on the result of the one before.
struct Steps: TaskOperation, Codable {
  static let wireName = "test-steps"
  let steps: [CodableOperation]

  func run(_ task: TaskContext) throws -> any Sendable {
    var inputs = task.inputs
    for step in steps {
      inputs = [try step.operation.run(TaskContext(index: task.index, inputs: inputs, cancellation: task.cancellation))]
    }
    return inputs.first ?? UInt64(0)
  }
}

/// Holds a function, and says so.
struct Closure: TaskOperation {
  static let wireName = "test-closure"
  let body: @Sendable () -> Int = { 1 }
  func run(_ task: TaskContext) throws -> any Sendable { body() }
  func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "a function cannot be encoded"))
  }
}

/// Holds a function, and leaves it out.
struct Silent: TaskOperation {
  static let wireName = "test-silent"
  let body: @Sendable () -> Int = { 1 }
  func run(_ task: TaskContext) throws -> any Sendable { body() }
  func encode(to encoder: any Encoder) throws {}
}

/// Knows `Blend`, `Bare` and `Steps`.
let sampleOperations: OperationRegistry = {
  var operations = OperationRegistry()
  operations.register(Blend.self)
  operations.register(Bare.self)
  operations.register(Steps.self)
  return operations
}()

/// A graph of a few layers of many shapes, and some outputs.
func variedGraph(seed: UInt64) -> (graph: TaskGraph, outputs: [TaskID]) {
  var numbers = SplitMix64(seed: seed)
  var graph = TaskGraph()
  for layer in 0..<Int.random(in: 0...7, using: &numbers) {
    graph.addLayer(
      ["read", "merge \u{0}\"\\\n", "e\u{301}", "é", "😀"].randomElement(using: &numbers) ?? "",
      randomOperation(&numbers), kind: Bool.random(using: &numbers) ? .data : .operation,
      resultBytes: Bool.random(using: &numbers) ? Int.random(in: 0...Int.max, using: &numbers) : nil,
      dependencies: randomLists(first: graph.taskCount, layer, &numbers))
  }
  let tasks = (0..<graph.taskCount).map { TaskID(index: UInt32($0)) }
  return (graph, (0..<3).compactMap { _ in tasks.randomElement(using: &numbers) })
}

private func randomOperation(_ numbers: inout SplitMix64) -> any TaskOperation {
  switch Int.random(in: 0...3, using: &numbers) {
  case 0: return Bare()
  case 1: return Steps(steps: [CodableOperation(Bare()), CodableOperation(randomOperation(&numbers))])
  default:
    let weights = (0..<Int.random(in: 0...3, using: &numbers)).map { _ in Double(bitPattern: numbers.next()) }
    return Blend(weights: weights, seed: numbers.next(), label: Bool.random(using: &numbers) ? "l" : nil)
  }
}

private func randomLists(first: Int, _ layer: Int, _ numbers: inout SplitMix64) -> [[TaskID]] {
  func id(_ index: Int) -> TaskID { TaskID(index: UInt32(index)) }
  let count = Int.random(in: 0...40, using: &numbers)
  if first == 0 { return Array(repeating: [], count: count) }
  switch Int.random(in: 0...4, using: &numbers) {
  case 0: return Array(repeating: [], count: count)
  case 1: return Array(repeating: (0..<min(first, 5)).map(id), count: count)
  case 2: return (0..<min(count, first)).map { [id(first - 1 - $0)] }
  case 3: return (0..<min(count, first / 2)).map { [id(2 * $0), id(2 * $0 + 1)] }
  default:
    return (0..<count).map { index in
      (0..<Int.random(in: 0...3, using: &numbers)).map { _ in id(Int.random(in: 0..<(first + index), using: &numbers)) }
    }
  }
}

extension TaskGraph {
  var tasks: Range<TaskID> { TaskID(index: 0)..<nextTask }

  var keys: [String] { tasks.map(key) }

  /// The result of every task, by running all in the order in which they were added.
  func runAll() throws -> [UInt64] {
    var results: [any Sendable] = []
    for task in tasks {
      let layer = layer(of: task)
      let inputs = dependencies(of: task).map { results[Int($0.index)] }
      let context = TaskContext(index: layer.tasks.lowerBound.distance(to: task), inputs: inputs)
      results.append(try layer.operation.run(context))
    }
    return results.map { $0 as? UInt64 ?? 0 }
  }
}
