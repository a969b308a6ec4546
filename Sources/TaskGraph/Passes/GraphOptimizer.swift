/// Rewrites a graph into one with fewer tasks that gives the same bits.
///
///     read   read            read·sum  read·sum
///      |      |      ->           \    /
///     sum    sum                   add
///       \    /
///        add
///
/// | pass | does |
/// |---|---|
/// | `merge-equal` | tasks of equal operations, parameters and inputs become one |
/// | `cull` | tasks that no output needs go away |
/// | `inline` | cheap tasks are run again inside each of their users: see `TaskOperation.isCheap` |
/// | `fuse-linear` | a chain of tasks, each of which has one input and gives its result to one user, becomes one task |
/// | `fuse-subtree` | a task and those of its inputs that nobody else uses become one task |
///
/// Each is done once, in this order. No pass adds a task; `inline` repeats cheap work, the others repeat none.
///
/// A layer of which all tasks and inputs remain stays as it is, with its name, operation and keys. Tasks that remain alone keep their
/// keys as well. A task that several were fused into gives the result of the last and has the names of all: `read·sum`; its
/// key ends like that of the last, and when it fails the error names the one that failed, by its old key.
///
/// Collections are computed without these passes: they leave out what they do not need when they make their tasks, and a task
/// is cheap. The passes serve those who make graphs themselves, of many small tasks or from several sources.
///
/// The passes rely on the promise of an operation that it does the same work whenever its name and parameters are encoded
/// alike, and leaves its inputs unchanged: after `merge-equal` a result may have more users than before. Where several tasks
/// fail, the one that is reported may be another than before, since the order of running is another.
public enum GraphOptimizer {
  /// One rewrite, each in its own file.
  enum Pass: String, CaseIterable, Sendable {
    case mergeEqual = "merge-equal"
    case cull
    case inline
    case fuseLinear = "fuse-linear"
    case fuseSubtree = "fuse-subtree"
  }

  /// The names of all passes, in the order in which they are done.
  public static var passNames: [String] { Pass.allCases.map(\.rawValue) }

  /// Runs the passes over a graph. Runs no task.
  ///
  /// - Parameters:
  ///   - graph: The tasks.
  ///   - outputs: The tasks whose results are wanted; one may be named twice.
  ///   - disabled: The names of passes that are left out. To name one that does not exist is a programmer's mistake and traps.
  ///   - width: How many tasks without inputs inside the same fused task `fuse-subtree` makes one task at most run.
  ///   - minimumTaskCount: `fuse-subtree` takes away what could run at the same time, so it leaves at least this many tasks
  ///     in a graph, and does nothing to a smaller one.
  /// - Returns: The new graph, and in it the tasks that have the results of `outputs`, in their order.
  /// - Complexity: O(tasks + dependencies), besides encoding the operations.
  public static func optimize(
    _ graph: TaskGraph, outputs: [TaskID], disabled: Set<String> = [], width: Int = 4, minimumTaskCount: Int = 4096
  ) -> (graph: TaskGraph, outputs: [TaskID]) {
    for name in disabled.sorted() where Pass(rawValue: name) == nil {
      let hint =
        NearestName.suggestion(name, among: passNames) ?? "the passes are: \(passNames.joined(separator: ", "))"
      preconditionFailure("There is no pass '\(name)': \(hint)")
    }
    for output in outputs where output >= graph.nextTask {
      preconditionFailure("The graph has \(graph.taskCount) tasks and none with the id \(output.index).")
    }
    var result = (graph: graph, outputs: outputs)
    for pass in Pass.allCases where !disabled.contains(pass.rawValue) {
      result =
        switch pass {
        case .mergeEqual: MergeEqual.apply(result.graph, outputs: result.outputs)
        case .cull: Cull.apply(result.graph, outputs: result.outputs)
        case .inline: Inline.apply(result.graph, outputs: result.outputs)
        case .fuseLinear: FuseLinear.apply(result.graph, outputs: result.outputs)
        case .fuseSubtree:
          FuseSubtree.apply(result.graph, outputs: result.outputs, width: width, minimumTaskCount: minimumTaskCount)
        }
    }
    return result
  }
}
