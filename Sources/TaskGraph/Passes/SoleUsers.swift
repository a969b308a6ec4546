/// For each task the only one that uses its result, if there is one and no other use, as of an output.
struct SoleUsers {
  private static let none = UInt32.max
  private static let several = UInt32.max - 1

  private var users: [UInt32]

  /// - Complexity: O(tasks + dependencies).
  init(_ graph: TaskGraph, outputs: [TaskID]) {
    users = [UInt32](repeating: Self.none, count: graph.taskCount)
    for task in TaskID(index: 0)..<graph.nextTask {
      for dependency in graph.dependencies[task] where users[dependency.offset] != task.index {
        users[dependency.offset] = users[dependency.offset] == Self.none ? task.index : Self.several
      }
    }
    for output in outputs { users[output.offset] = Self.several }
  }

  /// Whether a task is the only user of another.
  func isOnly(_ user: TaskID, of task: TaskID) -> Bool { users[task.offset] == user.index }

  /// Whether a task has one user.
  func hasOne(_ task: TaskID) -> Bool { users[task.offset] < Self.several }

  /// Whether a task has any use.
  func isUsed(_ task: TaskID) -> Bool { users[task.offset] != Self.none }
}
