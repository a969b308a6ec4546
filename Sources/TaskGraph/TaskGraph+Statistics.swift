extension TaskGraph {
  /// The size and the shape of a graph in numbers.
  public struct Statistics: Hashable, Sendable {
    /// The number of layers.
    public let layers: Int
    /// The number of tasks.
    public let tasks: Int
    /// The number of dependencies of all tasks; one that is named twice counts twice.
    public let dependencies: Int
    /// The number of tasks that depend on none.
    public let sources: Int
    /// The number of tasks that none depends on.
    public let sinks: Int
    /// The number of tasks on the longest path: with a thread for each task, a run takes that many steps.
    public let depth: Int
    /// The largest number of tasks on one level, where the level of a task is the length of the longest path to it: that many
    /// threads at least are of use.
    public let width: Int
    /// The largest number of dependencies of one task.
    public let largestFanIn: Int
    /// The largest number of times that the result of one task is used.
    public let largestFanOut: Int
    /// The memory that the layers' entries and the lists of dependencies take, in bytes. What operations and names hold
    /// outside of their layer is not known, and not counted.
    public let storageBytes: Int
  }

  /// Counts and measures the graph; runs nothing.
  ///
  /// - Complexity: O(tasks + dependencies).
  public var statistics: Statistics {
    var levels = [UInt32](repeating: 0, count: taskCount)
    var tasksOnLevel: [Int] = []
    var uses = [UInt32](repeating: 0, count: taskCount)
    var sources = 0
    var largestFanIn = 0
    for task in 0..<taskCount {
      let list = dependencies[TaskID(index: UInt32(task))]
      if list.isEmpty { sources += 1 }
      largestFanIn = max(largestFanIn, list.count)
      var level: UInt32 = 0
      for dependency in list {
        level = max(level, levels[dependency.offset] + 1)
        uses[dependency.offset] += 1
      }
      levels[task] = level
      // A level is one above another, so at most one is new.
      if Int(level) == tasksOnLevel.count { tasksOnLevel.append(0) }
      tasksOnLevel[Int(level)] += 1
    }
    return Statistics(
      layers: layers.count, tasks: taskCount, dependencies: edgeCount, sources: sources,
      sinks: uses.count { $0 == 0 }, depth: tasksOnLevel.count, width: tasksOnLevel.max() ?? 0,
      largestFanIn: largestFanIn, largestFanOut: uses.max().map { Int($0) } ?? 0,
      storageBytes: layers.count * MemoryLayout<Layer>.stride
        + (dependencies.starts.count * MemoryLayout<UInt32>.stride)
        + (dependencies.targets.count * MemoryLayout<TaskID>.stride))
  }
}

extension TaskGraph.Statistics: CustomStringConvertible {
  /// The numbers in a column, each with its name.
  ///
  ///     layers               2
  ///     tasks                7
  ///     …
  public var description: String {
    let rows = [
      ("layers", layers), ("tasks", tasks), ("dependencies", dependencies), ("sources", sources), ("sinks", sinks),
      ("depth", depth), ("width", width), ("largest fan-in", largestFanIn), ("largest fan-out", largestFanOut),
      ("bytes of storage", storageBytes),
    ]
    let nameWidth = rows.map(\.0.count).max() ?? 0
    let numberWidth = rows.map { String($0.1).count }.max() ?? 0
    return rows.map { name, number in
      let gap = nameWidth - name.count + numberWidth - String(number).count + 2
      return name + String(repeating: " ", count: gap) + String(number)
    }.joined(separator: "\n")
  }
}
