/// What a task is told when it runs. Valid during the run of that task only.
public struct TaskContext: Sendable {
  /// The index of the task in its layer, from zero.
  public let index: Int

  /// The results of the tasks that this one depends on, in the order in which the dependencies were given.
  public let inputs: [any Sendable]

  /// Says when the result is no longer wanted. A task that takes long should look every few milliseconds.
  public let cancellation: CancellationToken

  /// How many bytes of results may be alive, if the executor keeps to a limit. A task that makes much more of its inputs than
  /// they are should look.
  public let memoryLimit: Int?

  /// Makes the context by which an operation is run by hand, as in a test.
  public init(
    index: Int, inputs: [any Sendable], cancellation: CancellationToken = CancellationToken(), memoryLimit: Int? = nil
  ) {
    self.index = index
    self.inputs = inputs
    self.cancellation = cancellation
    self.memoryLimit = memoryLimit
  }
}
