import TaskGraph

/// A result that is there or will be: what `submit` and `map` give for work that an executor does meanwhile.
///
/// A future can be waited for, or given as an input to another. It runs to its end even if nobody keeps it: to stop it, cancel it. The
/// result is kept as long as somebody holds the future, or another future is yet to use it; it is not part of the memory
/// budget of the executor. An executor lives until its last future is done.
///
/// Two futures are equal when they stand for the same piece of work.
public struct Future<Value: Sendable>: Sendable {
  let task: FutureComputation<Value>

  /// What it is called in errors. Empty for the future of a collection.
  public var name: String { task.name.key ?? "" }

  /// How far it is.
  public var state: FutureState { task.publicState }

  /// Whether there is nothing more to wait for: it has finished, failed or was cancelled.
  public var isDone: Bool { task.outcome != nil }

  /// Waits for the result. Blocks the calling thread.
  ///
  /// Inside a task of a thread pool the thread runs what it waits for itself if no other has begun it. So a task may wait for
  /// futures of its own pool, even if that has a single thread.
  ///
  /// - Throws: `TaskError` that names the future, or the one among its inputs, that failed; with more than one attempt its cause is a
  ///   `RetryError`. `CancelledError` when the future, or an input of it, was cancelled. What the executor throws when it
  ///   cannot run closures.
  public func result() throws -> Value {
    if task.outcome == nil {
      let waiter = FutureWaiter([task])
      _ = waiter.next()
      waiter.end()
    }
    return try task.result()
  }

  /// Waits for the result without blocking a thread.
  ///
  /// A cancellation of the Swift task that waits does not end the wait: the future may be wanted by others.
  ///
  /// - Throws: As `result()`.
  public var value: Value {
    get async throws {
      await withCheckedContinuation { continuation in
        task.whenDone { continuation.resume() }
      }
      return try task.result()
    }
  }

  /// Gives up the result.
  ///
  /// A future that has not begun never does. One that runs is asked to stop, by the token that its closure is given, and is
  /// cancelled when the closure returns, whatever it returns. Futures that have this one as an input are cancelled with it;
  /// its own inputs, and other futures that use those, are not. Has no effect on a future that is done.
  public func cancel() { task.cancel() }
}

extension Future: Hashable {
  public static func == (left: Future, right: Future) -> Bool { left.task === right.task }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(task)) }
}

extension Future: CustomStringConvertible {
  public var description: String { "future \(name.isEmpty ? "" : "\(name), ")\(state)" }
}

/// How far a future is.
public enum FutureState: Sendable, Hashable {
  /// It waits for its inputs, or for a thread.
  case waiting
  /// Its closure runs.
  case running
  /// Its result is there.
  case finished
  /// It, or one of its inputs, has failed.
  case failed
  /// It, or one of its inputs, was cancelled.
  case cancelled
}
