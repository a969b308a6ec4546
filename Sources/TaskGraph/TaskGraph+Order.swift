// The order of tasks
//
// A priority is given to every task before the run: the lower, the sooner. An executor starts, among the tasks whose inputs
// are there, the one of the lowest priority. The order should keep few results alive at a time, since results (blocks
// of a file, tables of groups) are what fills the memory.
//
// We walk from the outputs towards the sources, depth first, and number a task when all it depends on is numbered
// (post-order). Dependencies are visited in the order in which they are listed, which for the partitions of a file is their
// order on the disk. So a merge comes right behind the last of its inputs, before any leaf that it does not need:
//
//        read    0     1     3     4     7     8    10    11
//                 \   /       \   /       \   /       \   /
//        merge      2           5           9          12
//                    \_________/             \_________/
//                         6                      13
//                          \____________________/
//                                    14
//
// By layers (0, 1, 2 ... 7 for the leaves) all eight results would be alive before the first merge. By this order there
// are at most four: one finished result for each level of the tree, and the leaf that was just made. In general a tree of
// n leaves needs about log2(n) + 1 results at once with one thread, and one or two more for each further thread.
//
// A number is only given after those of all its dependencies. So the order is also one in which a single thread can run
// the whole graph, and that makes errors deterministic: see `ThreadPoolExecutor`.
//
// Tasks that no output needs get no number and are not run.
//
// The walk keeps its own stack of (task, next dependency), since a chain of a million tasks would overflow the thread's.

extension TaskGraph {
  /// The priority of a task that no output needs.
  public static let notNeeded = UInt32.max

  /// For each task its place in the order of running, or `notNeeded`.
  ///
  /// - Complexity: O(tasks + dependencies).
  public func priorities(outputs: [TaskID]) -> [UInt32] {
    priorities(order: order(outputs: outputs))
  }

  /// The inverse of an order: for each task its place in it, or `notNeeded`.
  package func priorities(order: [TaskID]) -> [UInt32] {
    var priorities = [UInt32](repeating: Self.notNeeded, count: taskCount)
    for (place, task) in order.enumerated() { priorities[task.offset] = UInt32(place) }
    return priorities
  }

  /// The tasks that the outputs need, in the order of their priority.
  ///
  /// - Complexity: O(tasks + dependencies).
  package func order(outputs: [TaskID]) -> [TaskID] {
    let starts = dependencies.starts
    let targets = dependencies.targets
    var order: [TaskID] = []
    var seen = [Bool](repeating: false, count: taskCount)
    var stack: [(task: TaskID, nextEdge: UInt32)] = []
    for output in outputs {
      precondition(output < nextTask, "The graph has \(taskCount) tasks and none with the id \(output.index).")
      if seen[output.offset] { continue }
      seen[output.offset] = true
      stack.append((output, starts[output.offset]))
      while let (task, edge) = stack.last {
        guard edge < starts[task.offset + 1] else {
          order.append(task)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].nextEdge = edge + 1
        let dependency = targets[Int(edge)]
        if seen[dependency.offset] { continue }
        seen[dependency.offset] = true
        stack.append((dependency, starts[dependency.offset]))
      }
    }
    return order
  }
}
