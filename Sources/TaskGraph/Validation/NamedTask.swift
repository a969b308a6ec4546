/// A task that is known by a name, and knows the tasks whose results it is given by theirs.
///
/// Named tasks come in any order; `TaskGraph.addTasks(_:)` makes a graph of them.
public struct NamedTask: Sendable {
  /// The name of the task, which no other task has.
  public var name: String

  /// What the task runs. Its index is zero in `TaskContext`.
  public var operation: any TaskOperation

  /// The names of the tasks whose results the task is given, in this order. One may be named twice.
  public var inputs: [String]

  /// How the task is drawn.
  public var kind: Layer.Kind

  /// About how many bytes the result holds, where that is known.
  public var resultBytes: Int?

  /// Makes a task; checks nothing.
  public init(
    _ name: String, _ operation: any TaskOperation, inputs: [String] = [], kind: Layer.Kind = .operation,
    resultBytes: Int? = nil
  ) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.kind = kind
    self.resultBytes = resultBytes
  }
}
