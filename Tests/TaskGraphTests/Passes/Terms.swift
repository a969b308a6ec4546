@testable import TaskGraph

/// Writes down what it does: the result of `Term("sum")` at index 2 is `sum2(read0,read1)`.
struct Term: TaskOperation, Codable {
  static let wireName = "test-term"
  let name: String
  init(_ name: String) { self.name = name }
  func run(_ task: TaskContext) throws -> any Sendable { term(name, task) }
}

/// The same, and cheap.
struct CheapTerm: TaskOperation {
  static let wireName = "test-cheap-term"
  static let isCheap = true
  let name: String
  init(_ name: String) { self.name = name }
  func run(_ task: TaskContext) throws -> any Sendable { term(name, task) }
}

/// A closure, which cannot be encoded.
struct ClosureTask: TaskOperation {
  static let wireName = "test-closure-task"
  struct Refusal: Error {}
  let body: @Sendable (TaskContext) throws -> any Sendable
  init(_ body: @escaping @Sendable (TaskContext) throws -> any Sendable) { self.body = body }
  func run(_ task: TaskContext) throws -> any Sendable { try body(task) }
  func encode(to encoder: any Encoder) throws { throw Refusal() }
}

func term(_ name: String, _ task: TaskContext) -> String {
  let inputs = task.inputs.map { "\($0)" }.joined(separator: ",")
  return "\(name)\(task.index)" + (inputs.isEmpty ? "" : "(\(inputs))")
}

extension TaskGraph {
  /// Adds a layer of terms. Dependencies are written as the positions of tasks in the graph.
  @discardableResult
  mutating func add(_ name: String, _ lists: [[UInt32]], cheap: Bool = false) -> [TaskID] {
    addLayer(
      name, cheap ? CheapTerm(name) : Term(name), dependencies: lists.map { $0.map { TaskID(index: $0) } })
  }

  /// What the tasks give, one run after the other.
  func results(_ outputs: [TaskID]) throws -> [String] {
    var results: [any Sendable] = []
    for layer in layers {
      for (index, task) in layer.tasks.enumerated() {
        let inputs = dependencies(of: task).map { results[$0.offset] }
        results.append(try layer.operation.run(TaskContext(index: index, inputs: inputs)))
      }
    }
    return outputs.map { "\(results[$0.offset])" }
  }

  /// The layers with the dependencies of their tasks, by position in the graph: `add: [0 1] [2 3]`.
  var sketch: [String] {
    layers.map { layer in
      let lists = layer.tasks.map { "[" + dependencies(of: $0).map { "\($0.index)" }.joined(separator: " ") + "]" }
      return "\(layer.name): " + lists.joined(separator: " ")
    }
  }

  func keys(of tasks: [TaskID]) -> [String] { tasks.map(key) }
}

func tasks(_ positions: UInt32...) -> [TaskID] { positions.map { TaskID(index: $0) } }
