/// An operation that a pass has put in place of others. Each of its tasks has the result of one task of the graph before, by
/// which its key is made.
protocol RewrittenTasks: TaskOperation {
  /// The layer of that graph that has the results.
  var layer: OriginLayer { get }

  /// The indices that its tasks stand for: a row for each.
  var indices: TaskIndices { get }

  /// How many inputs each task has; nil for those of the tasks that it stands for.
  var inputCount: Int? { get }

  /// The index in that layer of the task that has the result.
  func originIndex(_ index: Int) -> Int
}

extension Layer {
  /// The operation, if a pass has put it in place of others.
  var rewritten: (any RewrittenTasks)? { (operation as? SelectedTasks) ?? (operation as? FusedTasks) }
}

extension TaskContext {
  /// What a task inside of this one is told.
  func inner(index: Int, inputs: [any Sendable]) -> TaskContext {
    TaskContext(index: index, inputs: inputs, cancellation: cancellation, memoryLimit: memoryLimit)
  }
}
