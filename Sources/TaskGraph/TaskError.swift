/// A task failed: names the task and holds the error that it threw.
public struct TaskError: Error, CustomStringConvertible {
  /// The key of the failed task, such as `scan-csv-3f2a91c0[7]`.
  public let key: String

  /// The error that the task threw.
  public let cause: any Error

  /// Makes an error about the task with this key.
  public init(key: String, cause: any Error) {
    self.key = key
    self.cause = cause
  }

  public var description: String { "task \(key) failed: \(cause)" }
}
