/// What a task does, as data: a stable name and parameters that can be encoded.
///
/// One value serves all tasks of a layer; each task is told its index and finds its own part in the parameters by it. The
/// name and the encoded parameters make the task's key, so two values that encode alike must do the same work, and one that
/// is no data, such as a closure, has to throw in `encode(to:)`. It is then told apart from all others.
///
///     struct ReadBlock: TaskOperation {
///       static let wireName = "read-block"
///       let path: String
///       let starts: [Int]
///       func run(_ task: TaskContext) throws -> any Sendable { try readBlock(path, at: starts[task.index]) }
///     }
public protocol TaskOperation: Sendable, Encodable {
  /// The name of the operation in every process and version: never derived from the Swift type.
  static var wireName: String { get }

  /// Whether the operation costs less than handing its result from task to task, such as taking one part of its input. An
  /// optimised graph runs it again inside each user: see `GraphOptimizer`. `false` unless said otherwise.
  static var isCheap: Bool { get }

  /// Computes the result of one task.
  ///
  /// Called on any thread, for several tasks at once. An error ends the run: see `Executor`.
  ///
  /// - Returns: The result, which is passed on as an input to the tasks that depend on this one.
  func run(_ task: TaskContext) throws -> any Sendable
}

extension TaskOperation {
  public static var isCheap: Bool { false }
}
