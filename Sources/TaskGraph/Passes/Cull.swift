/// Takes away the tasks that no output needs.
///
///     a   b   c             a   b
///      \ / \ /      ->       \ /
///       d   e                 d        for the output d
enum Cull {
  static func apply(_ graph: TaskGraph, outputs: [TaskID]) -> (graph: TaskGraph, outputs: [TaskID]) {
    var isNeeded = [Bool](repeating: false, count: graph.taskCount)
    for output in outputs { isNeeded[output.offset] = true }
    // Users come behind what they use, so one walk from the back meets every task after all its users.
    for task in (TaskID(index: 0)..<graph.nextTask).reversed() where isNeeded[task.offset] {
      for dependency in graph.dependencies[task] { isNeeded[dependency.offset] = true }
    }
    return GraphRewrite.apply(to: graph, outputs: outputs, gone: isNeeded.map(!))
  }
}
