/// A task failed: names the task and holds the error that it threw.
public struct TaskError: Error, CustomStringConvertible {
  /// The key of the failed task, such as `scan-csv-3f2a91c0[7]`.
  public let key: String

  /// The error that the task threw.
  public let cause: any Error

  /// What a delayed function was given, each argument in a few words. Empty for other tasks.
  public let inputs: [String]

  /// Makes an error about the task with this key.
  ///
  /// A task that stands for several, such as fused tasks, is named by the one of them that failed.
  public init(key: String, cause: any Error) {
    var (key, cause) = (key, cause)
    while let step = cause as? FailedStep { (key, cause) = (step.key, step.cause) }
    let call = cause as? FailedCall
    self.key = key
    self.cause = call?.cause ?? cause
    inputs = call?.inputs ?? []
  }

  public var description: String {
    "task \(key) failed: \(cause)" + (inputs.isEmpty ? "" : "; inputs: " + inputs.joined(separator: ", "))
  }
}
