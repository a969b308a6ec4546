import TaskGraph

/// Runs the tasks one after the other in the calling thread, in the order of their priorities.
///
/// The simplest executor, and the one that the others are compared with. It has no memory budget.
public struct SerialExecutor: Executor {
  /// Makes an executor. It holds nothing between runs.
  public init() {}

  public func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable] {
    let order = graph.order(outputs: outputs)
    var results = Results(graph: graph, order: order, outputs: outputs)
    let log = options.monitor?.runBegan(graph, order: order, outputs: outputs, slots: 1)
    defer { log.map { options.monitor?.runEnded($0) } }
    for task in order {
      try options.cancellation.checkCancelled()
      let start = log?.slots[0].taskBegan(task)
      do {
        let inputs = results.values(of: graph.dependencies(of: task))
        let value = try graph.run(task, inputs: inputs, cancellation: options.cancellation)
        if let start { log?.slots[0].taskEnded(task, since: start, bytes: byteCount(of: value)) }
        results.store(value, of: task)
      } catch {
        if let start { log?.slots[0].taskFailed(task, since: start) }
        throw options.cancellation.isCancelled ? CancelledError() : graph.failure(of: task, error)
      }
      _ = results.release(graph.dependencies(of: task))
    }
    return results.values(of: outputs)
  }

  public func start(
    _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
    completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void
  ) {
    completion(Result { try run(graph, outputs: outputs, options: options) })
  }
}

extension TaskGraph {
  /// Runs one task.
  func run(_ task: TaskID, inputs: [any Sendable], cancellation: CancellationToken) throws -> any Sendable {
    let layer = layer(of: task)
    let index = layer.tasks.lowerBound.distance(to: task)
    return try layer.operation.run(TaskContext(index: index, inputs: inputs, cancellation: cancellation))
  }

  /// What is thrown when a task has failed.
  func failure(of task: TaskID, _ error: any Error) -> TaskError { TaskError(key: key(of: task), cause: error) }
}
