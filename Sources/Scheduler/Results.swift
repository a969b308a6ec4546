import TaskGraph

/// The results of a run that somebody still needs.
struct Results: Sendable {
  private var values: [(any Sendable)?]
  /// For each task how often its result is still to be used. An output is used once more by the caller.
  private var pendingUses: [UInt32]

  /// Makes room for the results of the tasks in `order`.
  init(graph: TaskGraph, order: [TaskID], outputs: [TaskID]) {
    values = Array(repeating: nil, count: graph.taskCount)
    pendingUses = Array(repeating: 0, count: graph.taskCount)
    for task in order {
      for dependency in graph.dependencies(of: task) { pendingUses[dependency.offset] += 1 }
    }
    for output in outputs { pendingUses[output.offset] += 1 }
  }

  /// The results of these tasks, all of which are done and not yet released.
  func values(of tasks: some Collection<TaskID>) -> [any Sendable] {
    tasks.map { task in
      guard let value = values[task.offset] else { preconditionFailure("\(task) was used before it was done.") }
      return value
    }
  }

  /// Keeps the result of a task, which nobody has used yet.
  mutating func store(_ value: any Sendable, of task: TaskID) {
    values[task.offset] = value
  }

  /// Notes that the results of these tasks were used once each.
  ///
  /// - Returns: The results that nobody needs any more. They are freed when the caller drops them: best outside of locks,
  ///   since to free a large one takes long.
  mutating func release(_ tasks: some Collection<TaskID>) -> [any Sendable] {
    var freed: [any Sendable] = []
    for task in tasks {
      pendingUses[task.offset] -= 1
      if pendingUses[task.offset] == 0, let value = values[task.offset].take() { freed.append(value) }
    }
    return freed
  }
}
