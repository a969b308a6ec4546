import TaskGraph

/// A future's closure, and later its result.
final class FutureComputation<Value: Sendable>: FutureTask, @unchecked Sendable {
  // Safe to share: the closure and the result are touched by the thread alone that runs or ends the task. The others read the
  // result when they have seen, in the state behind the lock, that the task has finished; then it never changes.

  private var body: (@Sendable (CancellationToken) throws -> Value)?
  private var value: Value?

  init(
    name: FutureName, inputs: [FutureTask], place: FuturePlace, priority: Int, retries: Int,
    body: @escaping @Sendable (CancellationToken) throws -> Value
  ) {
    self.body = body
    super.init(name: name, inputs: inputs, place: place, priority: priority, retries: retries)
  }

  override func compute() throws {
    value = try body?(cancellation)
  }

  override func letGo(keepingResult: Bool) {
    body = nil
    if !keepingResult { value = nil }
  }

  /// The result of a task that is done.
  func result() throws -> Value {
    switch outcome {
    case .finished:
      if let value { return value }
    case .failed(let error): throw error
    case .cancelled: throw CancelledError()
    case nil: break
    }
    preconditionFailure("The result of a future was asked for before it was done.")
  }
}
