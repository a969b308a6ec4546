/// Work as data: tasks in layers, and which task needs the results of which.
///
/// A graph only grows: layers are added, and a task may only depend on tasks added before it, so a graph has no cycles.
/// Nothing runs until an executor is given the graph.
///
///     var graph = TaskGraph()
///     let parts = graph.addLayer("read-block", ReadBlock(...), kind: .data, dependencies: [[], [], []])
///     let sums = graph.addLayer("sum", Sum(), dependencies: parts.map { [$0] })
///     let total = graph.addTree("add", Add(), over: sums)
///     let result = try ThreadPoolExecutor().run(graph, outputs: [total])
///
/// Storage is four bytes for a task and four for a dependency, besides one operation for a layer. Keys are not stored.
public struct TaskGraph: Sendable {
  /// The layers in the order in which they were added.
  public private(set) var layers: [Layer] = []

  /// What each task depends on.
  package private(set) var dependencies = Adjacency()

  /// Makes a graph without tasks.
  public init() {}

  /// Makes a graph of layers that follow each other without gaps, and of one list for each of their tasks, in which every task
  /// comes before those that depend on it.
  init(layers: [Layer], dependencies: Adjacency) {
    self.layers = layers
    self.dependencies = dependencies
  }

  /// The number of tasks.
  public var taskCount: Int { dependencies.starts.count - 1 }

  /// The number of dependencies of all tasks.
  public var edgeCount: Int { dependencies.targets.count }

  /// The id that the next task to be added will have.
  public var nextTask: TaskID { TaskID(index: UInt32(taskCount)) }

  /// Adds a layer with one task for each entry of `dependencies`.
  ///
  /// A task may depend on tasks of earlier layers and on earlier tasks of its own layer, whose ids follow from `nextTask`.
  /// To name a later task, or a task of another graph, is a programmer's mistake and traps.
  ///
  /// - Parameters:
  ///   - name: What users see, in keys, pictures and errors.
  ///   - operation: What each task runs.
  ///   - kind: How the layer is drawn.
  ///   - resultBytes: About how many bytes one result holds, where that is known.
  ///   - lists: For each task the tasks whose results it is given, in this order. One may be named twice.
  /// - Returns: The ids of the new tasks, in order.
  /// - Complexity: O(tasks + dependencies) of the layer.
  @discardableResult
  public mutating func addLayer(
    _ name: String, _ operation: any TaskOperation, kind: Layer.Kind = .operation, resultBytes: Int? = nil,
    dependencies lists: [[TaskID]]
  ) -> [TaskID] {
    let first = nextTask
    precondition(resultBytes ?? 0 >= 0, "A result of layer '\(name)' cannot hold \(resultBytes ?? 0) bytes.")
    precondition(taskCount + lists.count < Int(UInt32.max), "A graph holds at most \(UInt32.max - 1) tasks.")
    dependencies.reserve(lists: lists.count, targets: lists.reduce(0) { $0 + $1.count })
    for list in lists {
      for dependency in list where dependency >= nextTask {
        preconditionFailure(
          "Task \(nextTask.index) of layer '\(name)' depends on task \(dependency.index), which is not added yet: "
            + "a task may only depend on tasks added before it.")
      }
      dependencies.append(list)
    }
    let tasks = first..<nextTask
    layers.append(Layer(name: name, operation: operation, kind: kind, resultBytes: resultBytes, tasks: tasks))
    return Array(tasks)
  }

  /// The tasks whose results a task is given, in order. The slice shares the graph's storage.
  public func dependencies(of task: TaskID) -> ArraySlice<TaskID> { dependencies[task] }

  /// Who uses the result of each task.
  ///
  /// - Complexity: O(tasks + dependencies); not stored.
  package func dependents() -> Adjacency { Adjacency(reversing: dependencies) }

  /// The layer that a task belongs to.
  ///
  /// - Complexity: O(log layers).
  public func layer(of task: TaskID) -> Layer { layers[layerIndex(of: task)] }

  /// The position among `layers` of the layer that a task belongs to.
  func layerIndex(of task: TaskID) -> Int {
    precondition(task < nextTask, "The graph has \(taskCount) tasks and none with the id \(task.index).")
    // Empty layers end where they begin, so the first layer that ends behind the task holds it.
    var low = 0
    var high = layers.count - 1
    while low < high {
      let middle = (low + high) / 2
      if layers[middle].tasks.upperBound > task { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
