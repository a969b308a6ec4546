// Which sub-trees become one task
//
// The leaves of a task are counted from the sources down: a task none of whose inputs belongs to it alone counts as one, and
// any other has those of the inputs that do.
//
//     read  1   1   1   1     1   1   1   1     1   1
//            \ /     \ /       \ /     \ /       \ /
//     add     2       2         2       2         2         with a width of 4 this becomes
//              \     /           \     /          |         three tasks, of 7, 7 and 3 steps,
//               \   /             \   /           |         and the two below, which have too many leaves
//                 4                 4             |
//                  \_______________/              |
//                          8                      |
//                           \____________________/
//                                     10
//
// A task with no more leaves than the width takes in all inputs that nobody else uses. Since leaves only grow on the way down,
// what it takes in has taken in its own, so the largest sub-trees are found in one walk.
//
// A fused task runs its leaves one after the other. With too few tasks left, threads would have nothing to do: so the width
// is made smaller until enough are left, the same for the whole graph, which keeps regular graphs regular.

/// Makes one task of a task and those of its inputs, near and far, that nobody else uses. See the head of this file.
enum FuseSubtree {
  /// - Parameters:
  ///   - width: How many leaves one task runs at most.
  ///   - minimumTaskCount: How many tasks are left at least.
  static func apply(
    _ graph: TaskGraph, outputs: [TaskID], width: Int, minimumTaskCount: Int
  ) -> (graph: TaskGraph, outputs: [TaskID]) {
    if graph.taskCount <= minimumTaskCount || width < 2 { return (graph, outputs) }
    let users = SoleUsers(graph, outputs: outputs)
    let leaves = leafCounts(graph, users)
    // The larger the width, the fewer tasks are left: the largest that leaves enough is found by bisection.
    var widths = 1..<max(2, min(width, leaves.max() ?? 1)) + 1
    var gone: [Bool] = []
    while widths.count > 1 {
      let middle = (widths.lowerBound + widths.upperBound) / 2
      let candidate = takenIn(graph, users, leaves, width: middle)
      if candidate.count(where: { !$0 }) >= minimumTaskCount {
        (widths, gone) = (middle..<widths.upperBound, candidate)
      } else {
        widths = widths.lowerBound..<middle
      }
    }
    return gone.isEmpty ? (graph, outputs) : GraphRewrite.apply(to: graph, outputs: outputs, gone: gone)
  }

  private static func leafCounts(_ graph: TaskGraph, _ users: SoleUsers) -> [Int] {
    var leaves = [Int](repeating: 0, count: graph.taskCount)
    var isCounted = [Bool](repeating: false, count: graph.taskCount)
    for layer in graph.layers {
      let own = (layer.operation as? FusedTasks)?.program.leafCount ?? 1
      for task in layer.tasks {
        var sum = 0
        for input in graph.dependencies[task] where users.isOnly(task, of: input) && !isCounted[input.offset] {
          isCounted[input.offset] = true
          sum += leaves[input.offset]
        }
        // Of a task that is fused already, one leaf at least stops being one.
        leaves[task.offset] = sum == 0 ? own : sum + own - 1
      }
    }
    return leaves
  }

  private static func takenIn(_ graph: TaskGraph, _ users: SoleUsers, _ leaves: [Int], width: Int) -> [Bool] {
    var gone = [Bool](repeating: false, count: graph.taskCount)
    for task in TaskID(index: 0)..<graph.nextTask where leaves[task.offset] <= width {
      for input in graph.dependencies[task] where users.isOnly(task, of: input) { gone[input.offset] = true }
    }
    return gone
  }
}

extension StepProgram {
  /// The number of steps that use no other step, cheap ones left out.
  fileprivate var leafCount: Int {
    let isCheap = layers.map { type(of: $0.operation.operation).isCheap }
    var leaves = [Int](repeating: 0, count: stepCount)
    for step in 0..<stepCount {
      for input in inputs(of: step) where input >= 0 {
        leaves[step] += leaves[Int(input)]
        // To be counted once, by the first user.
        leaves[Int(input)] = 0
      }
      if leaves[step] == 0, !isCheap[Int(steps[step])] { leaves[step] = 1 }
    }
    return max(1, leaves.last ?? 1)
  }
}
