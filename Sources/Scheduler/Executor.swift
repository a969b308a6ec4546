import TaskGraph

/// Runs task graphs. All executors give the same results and the same errors for the same graph.
public protocol Executor: Sendable {
  /// Runs the tasks that the outputs need and waits for them. Blocks the calling thread.
  ///
  /// A result is released as soon as the last task that uses it is done. When tasks fail, the run ends with the failure of
  /// the task that comes first in the order of priorities, on every executor and with any number of threads.
  ///
  /// - Parameters:
  ///   - graph: The tasks.
  ///   - outputs: The tasks whose results are wanted; one may be named twice.
  ///   - options: How to stop the run and who watches it.
  /// - Returns: The results of the outputs, in their order.
  /// - Throws: `TaskError` for a task that failed; `CancelledError` when the run was cancelled before it was complete;
  ///   `SpillError` when results had to wait on disk and could not.
  func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable]

  /// Runs the same without waiting.
  ///
  /// - Parameters:
  ///   - graph: The tasks.
  ///   - outputs: The tasks whose results are wanted.
  ///   - options: How to stop the run and who watches it.
  ///   - completion: Called once, with what `run` would give, on any thread; an executor without threads of its own calls it
  ///     before it returns. It should be quick.
  func start(
    _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
    completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void)
}

extension Executor {
  /// Runs the tasks that the outputs need, to the end. See `run(_:outputs:options:)`.
  public func run(_ graph: TaskGraph, outputs: [TaskID]) throws -> [any Sendable] {
    try run(graph, outputs: outputs, options: RunOptions())
  }
}
