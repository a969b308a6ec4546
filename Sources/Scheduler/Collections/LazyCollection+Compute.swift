import TaskGraph

extension LazyCollection {
  /// Computes the collection and waits for its value.
  ///
  /// When the data contradict what was assumed of them (a value that does not fit a column's type, a partition that began
  /// inside a quoted field), the assumption is mended and the run repeated: the result is as if it had been right at first.
  ///
  /// - Throws: What is wrong with the collection itself, before any task runs, such as `LazyFrameError` for names and types
  ///   that do not fit; what is wrong with the data, such as `CSVError`; `TaskError`, which names the task, around anything
  ///   else that a task throws; `CancelledError` and `SpillError` as the executor does.
  /// - Complexity: That of its tasks, in parallel, and a microsecond or so for each.
  public func compute(_ options: ComputeOptions = ComputeOptions()) throws -> Computed {
    let value = asDelayed
    let results = try options.run([value.node])
    return try value.computed(results[0])
  }

  /// The tasks that `compute` would run. Computes nothing.
  ///
  /// - Throws: What is wrong with the collection itself.
  public func taskGraph(_ options: ComputeOptions = ComputeOptions()) throws -> TaskGraph {
    var builder = GraphBuilder(disabledPasses: options.disabledPasses)
    _ = try addTasks(to: &builder)
    return builder.graph
  }

  /// Draws the tasks that `compute` would run: `.svg`, `.png` or `.pdf`, or `.dot` or `.gv` for the text of Graphviz' `dot`.
  /// Computes nothing. See `TaskGraph.visualize`, which can also show what a run has measured.
  ///
  /// - Parameters:
  ///   - path: The file, in a folder that exists.
  ///   - detail: How much is shown.
  ///   - options: Passes that are left out; the rest does not matter here.
  /// - Throws: What is wrong with the collection itself; `PictureError` when the picture cannot be made.
  public func visualize(
    _ path: String, detail: TaskGraph.Detail = .automatic, _ options: ComputeOptions = ComputeOptions()
  ) throws {
    try taskGraph(options).visualize(path, detail: detail)
  }

  /// The collection as an object that stays the same from run to run.
  fileprivate var asDelayed: Delayed<Computed> { Delayed(self) }
}

/// Computes several collections in one run, in which what they share is computed once.
///
///     let (smallest, largest) = try compute(minimum(numbers), maximum(numbers))
///
/// - Throws: As `LazyCollection.compute(_:)` does.
public func compute<each Collection: LazyCollection>(
  _ collections: repeat each Collection, options: ComputeOptions = ComputeOptions()
) throws -> (repeat (each Collection).Computed) {
  let values = (repeat (each collections).asDelayed)
  var nodes: [DelayedNode] = []
  repeat nodes.append((each values).node)
  let results = try options.run(nodes)
  var place = -1
  func nextComputed<Value>(_ value: Delayed<Value>) throws -> Value {
    place += 1
    return try value.computed(results[place])
  }
  return (repeat try nextComputed(each values))
}

/// Computes a list of collections in one run, in which what they share is computed once.
///
/// - Throws: As `LazyCollection.compute(_:)` does.
public func compute<Collection: LazyCollection>(
  _ collections: [Collection], options: ComputeOptions = ComputeOptions()
) throws -> [Collection.Computed] {
  let values = collections.map(\.asDelayed)
  let results = try options.run(values.map(\.node))
  return try zip(values, results).map { try $0.computed($1) }
}

extension ComputeOptions {
  /// Runs the tasks of several nodes, and does so again for as long as collections mend their assumptions.
  ///
  /// - Returns: The results of the nodes' tasks.
  fileprivate func run(_ nodes: [DelayedNode]) throws -> [any Sendable] {
    let executor = resolvedExecutor
    let options = RunOptions(cancellation: cancellation, monitor: monitor, priority: priority)
    var builder = GraphBuilder(disabledPasses: disabledPasses)
    while true {
      let outputs = try builder.add(nodes)
      do {
        return try executor.run(builder.graph, outputs: outputs, options: options)
      } catch let error as TaskError {
        guard try builder.revise(after: error) else { throw error }
      }
    }
  }
}
