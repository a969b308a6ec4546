import TaskGraph

/// Runs the tasks one after the other in the calling thread, in the order of their priorities.
///
/// The simplest executor, and the one that the others are compared with.
public struct SerialExecutor: Executor {
  /// Makes an executor. It holds nothing between runs.
  public init() {}

  public func run(_ graph: TaskGraph, outputs: [TaskID], cancellation: CancellationToken) throws -> [any Sendable] {
    let order = graph.order(outputs: outputs)
    var results = Results(graph: graph, order: order, outputs: outputs)
    for task in order {
      try cancellation.checkCancelled()
      do {
        let inputs = results.values(of: graph.dependencies(of: task))
        results.store(try graph.run(task, inputs: inputs, cancellation: cancellation), of: task)
      } catch {
        throw cancellation.isCancelled ? CancelledError() : TaskError(key: graph.key(of: task), cause: error)
      }
      _ = results.release(graph.dependencies(of: task))
    }
    return results.values(of: outputs)
  }
}

extension TaskGraph {
  /// Runs one task.
  func run(_ task: TaskID, inputs: [any Sendable], cancellation: CancellationToken) throws -> any Sendable {
    let layer = layer(of: task)
    let index = layer.tasks.lowerBound.distance(to: task)
    return try layer.operation.run(TaskContext(index: index, inputs: inputs, cancellation: cancellation))
  }
}
