extension TaskGraph {
  /// Adds tasks that name their inputs, in any order.
  ///
  ///     var graph = TaskGraph()
  ///     let tasks = try graph.addTasks([
  ///       NamedTask("total", Add(), inputs: ["left", "right"]),
  ///       NamedTask("left", ReadBlock(path: "left.csv"), kind: .data),
  ///       NamedTask("right", ReadBlock(path: "right.csv"), kind: .data),
  ///     ])
  ///
  /// Each task becomes a layer of one task with the task's name. Tasks keep the order given, except that one whose result is
  /// needed earlier comes earlier.
  ///
  /// - Returns: For each name the id of its task.
  /// - Throws: `GraphError` if two tasks have one name, an input is not among the tasks, or tasks need each other's results in
  ///   a cycle. The graph is then unchanged.
  /// - Complexity: O(tasks + inputs).
  @discardableResult
  public mutating func addTasks(_ tasks: [NamedTask]) throws(GraphError) -> [String: TaskID] {
    let positions = try TaskGraph.positions(of: tasks)
    let inputs = try TaskGraph.inputs(of: tasks, at: positions)
    let order: [TaskID]
    switch inputs.sorted() {
    case .order(let found): order = found
    case .cycle(let cycle): throw .cycle(cycle) { tasks[$0.offset].name }
    }
    // Where each task given stands in the graph.
    var ids = [TaskID](repeating: nextTask, count: tasks.count)
    for position in order {
      let task = tasks[position.offset]
      ids[position.offset] = nextTask
      addLayer(
        task.name, task.operation, kind: task.kind, resultBytes: task.resultBytes,
        dependencies: [inputs[position].map { ids[$0.offset] }])
    }
    return positions.mapValues { ids[$0] }
  }

  /// For each name the position of its task.
  private static func positions(of tasks: [NamedTask]) throws(GraphError) -> [String: Int] {
    var positions: [String: Int] = [:]
    positions.reserveCapacity(tasks.count)
    for (position, task) in tasks.enumerated() {
      if let other = positions.updateValue(position, forKey: task.name) {
        throw GraphError(
          .duplicateName,
          "two tasks have the name '\(task.name)', those at \(other) and \(position) of the tasks given",
          hint: "give each task a name of its own")
      }
    }
    return positions
  }

  /// For each task given the positions of its inputs.
  private static func inputs(
    of tasks: [NamedTask], at positions: [String: Int]
  ) throws(GraphError) -> Adjacency {
    var inputs = Adjacency()
    inputs.reserve(lists: tasks.count, targets: tasks.reduce(0) { $0 + $1.inputs.count })
    var list: [TaskID] = []
    for task in tasks {
      list.removeAll(keepingCapacity: true)
      for input in task.inputs {
        guard let position = positions[input] else {
          throw GraphError(
            .missingInput, "task '\(task.name)' needs the result of '\(input)', and there is no task of that name",
            hint: NearestName.suggestion(input, among: tasks.lazy.map(\.name)) ?? "add a task of that name")
        }
        list.append(TaskID(index: UInt32(position)))
      }
      inputs.append(list)
    }
    return inputs
  }
}
