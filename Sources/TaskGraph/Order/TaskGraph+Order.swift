// The order of tasks
//
// A priority is given to every task before the run: the lower, the sooner. An executor starts, among the tasks whose
// inputs are there, the one of the lowest priority. The order should keep few results alive at a time, since results
// (blocks of a file, tables of groups) are what fills the memory. To find the best order is hard in general, so we make
// two and keep the one that a simulation of one worker finds better. All of it is linear but for sorting the inputs of
// each task.
//
// The plain order walks from the outputs towards the sources, depth first, and numbers a task when all it depends on is
// numbered (post-order). Dependencies are visited in the order in which they are listed, which for the partitions of a
// file is their order on the disk. So a merge comes right behind the last of its inputs, before any leaf that it does
// not need:
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
// are at most five: one finished result for each level of the tree, and two inputs with their merge at the lowest. A
// tree of n leaves needs about log2(n) + 2 results at once with one thread, and one or two more for each further
// thread.
//
// It has two weaknesses, and the second order mends both:
//
//        d     c0   c1                 a         b         c
//        |      \   /                 / \       / \       / \         m = m0 + m1 + m2
//         \       c                  m0  s0    m1  s1    m2  s2       s = s0 + s1 + s2
//          \     /
//           `-e-'
//
// The inputs may be listed in an unlucky order. On the left d would be made first, to wait for c. `HeaviestFirst` sorts
// them. And the walk thinks of one user at a time. On the right it makes all of m before it comes back to a, b and c
// for s, and keeps them till then. `EagerWalk` runs s0 behind m0.
//
// The second order is not always the better one, since what is heavy is judged as if nothing were shared. In a stencil,
// where neighbours share inputs, the order as listed moves along like a zip and may win.
//
// When both are equally good the plain one is kept, so the partitions of a file are read as they lie. It is kept at
// once when nothing can be better: when its peak is no more than the outputs weigh together, or than one task needs.
//
// A number is only given after those of all its dependencies. So the order is also one in which a single thread can run
// the whole graph, and that makes errors deterministic: see `ThreadPoolExecutor`.
//
// Tasks that no output needs get no number and are not run.

extension TaskGraph {
  /// The priority of a task that no output needs.
  public static let notNeeded = UInt32.max

  /// For each task its place in the order of running, or `notNeeded`.
  ///
  /// - Complexity: O(tasks + dependencies), and to sort the inputs of each task.
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
  /// - Complexity: O(tasks + dependencies), and to sort the inputs of each task.
  package func order(outputs: [TaskID]) -> [TaskID] {
    for output in outputs {
      precondition(output < nextTask, "The graph has \(taskCount) tasks and none with the id \(output.index).")
    }
    let plain = dependencies.depthFirst(from: outputs)
    let weights = resultBytes() ?? Array(repeating: 1, count: taskCount)
    let live = LiveResults(running: plain, inputs: dependencies, weights: weights, outputs: outputs)
    if live.isEvidentlyLeast { return plain }
    let needed = NeededTasks(plain, of: self, outputs: outputs, weights: weights)
    if needed.isEagerAsListed { return plain }
    let eager = EagerWalk(needed)
    return eager.peak < live.peak ? eager.order.map { plain[$0.offset] } : plain
  }
}
