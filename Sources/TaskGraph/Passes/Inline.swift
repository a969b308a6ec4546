/// Runs cheap tasks again inside each of their users, where they are no tasks of their own.
///
///        read                read
///       /    \              /    \
///     part   part   ->  part·sum  part·max      part is cheap
///      |      |
///     sum    max
///
/// Outputs stay tasks. So does a cheap task of several users that would bring each of them a long chain of other cheap tasks, or
/// many inputs: that is not cheap any more.
enum Inline {
  /// How many cheap tasks and inputs may take the place of one result for each of several users.
  private static let limit = 16

  static func apply(_ graph: TaskGraph, outputs: [TaskID]) -> (graph: TaskGraph, outputs: [TaskID]) {
    let isCheap = graph.layers.map { layer in
      type(of: (layer.operation as? SelectedTasks)?.layer.operation.operation ?? layer.operation).isCheap
    }
    if !isCheap.contains(true) { return (graph, outputs) }
    var gone = [Bool](repeating: false, count: graph.taskCount)
    var isOutput = gone
    for output in outputs { isOutput[output.offset] = true }
    let users = SoleUsers(graph, outputs: outputs)
    // For each task that goes away the number of cheap tasks and inputs in its place.
    var sizes = [Int](repeating: 1, count: graph.taskCount)
    for (layer, isCheap) in zip(graph.layers, isCheap) where isCheap {
      for task in layer.tasks where !isOutput[task.offset] && users.isUsed(task) {
        let size = graph.dependencies[task].reduce(1) { $0 + sizes[$1.offset] }
        if size <= limit || users.hasOne(task) {
          gone[task.offset] = true
          // A chain that grows with each step, such as a sum of a result with itself, would overflow.
          sizes[task.offset] = min(size, limit + 1)
        }
      }
    }
    return GraphRewrite.apply(to: graph, outputs: outputs, gone: gone)
  }
}
