/// Makes one task of a chain of tasks in which each has one input, whose only user it is.
///
///     a            a·b·c
///     |
///     b      ->
///     |
///     c
///
/// A chain ends where a result is an output or has several users, and begins with a task of any number of inputs. Chains of
/// any length become one task.
enum FuseLinear {
  static func apply(_ graph: TaskGraph, outputs: [TaskID]) -> (graph: TaskGraph, outputs: [TaskID]) {
    let users = SoleUsers(graph, outputs: outputs)
    var gone = [Bool](repeating: false, count: graph.taskCount)
    for task in TaskID(index: 0)..<graph.nextTask {
      let inputs = graph.dependencies[task]
      // One input may be named several times.
      guard let input = inputs.first, users.isOnly(task, of: input), inputs.allSatisfy({ $0 == input }) else {
        continue
      }
      gone[input.offset] = true
    }
    return GraphRewrite.apply(to: graph, outputs: outputs, gone: gone)
  }
}
