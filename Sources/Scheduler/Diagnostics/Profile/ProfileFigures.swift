import TaskGraph

/// What a profile comes to: by threads, by layers, and the longest tasks.
///
/// The *own* time of a task is its duration without the tasks of other runs that its thread ran inside it. So own times add up
/// to the time that the threads were busy.
struct ProfileFigures {
  /// The layers by their time, the longest first.
  private(set) var layers: [LayerFigures] = []
  /// For each thread its tasks as they began.
  private(set) var lanes: [[LaneTask]]
  /// For each thread how long it ran tasks, in nanoseconds.
  private(set) var busy: [Int]
  private(set) var failedCount = 0
  let peakLiveBytes: Int

  /// All layers of one name.
  struct LayerFigures {
    let name: String
    var taskCount = 0
    /// The sum of the own times, in nanoseconds.
    var time = 0
    var longest = 0
    var resultBytes = 0

    var mean: Int { taskCount == 0 ? 0 : time / taskCount }

    /// Takes in another layer's figures.
    mutating func add(_ other: LayerFigures) {
      taskCount += other.taskCount
      time += other.time
      longest = max(longest, other.longest)
      resultBytes += other.resultBytes
    }
  }

  /// A task on its thread.
  struct LaneTask {
    let run: Int
    /// The position among the tasks of the run.
    let position: Int
    /// How many tasks of other runs it is inside of.
    let depth: Int
    var ownTime: Int
  }

  init(_ profile: RunProfile) {
    peakLiveBytes = profile.liveBytes(points: .max).lazy.map(\.bytes).max() ?? 0
    lanes = Array(repeating: [], count: profile.threadCount)
    busy = Array(repeating: 0, count: profile.threadCount)
    for (run, profiled) in profile.runs.enumerated() {
      for (position, task) in profiled.tasks.enumerated() {
        lanes[task.thread].append(LaneTask(run: run, position: position, depth: 0, ownTime: task.duration))
        if task.hasFailed { failedCount += 1 }
      }
    }
    for thread in lanes.indices {
      lanes[thread] = ProfileFigures.nested(lanes[thread], profile)
      busy[thread] = lanes[thread].reduce(0) { $0 + $1.ownTime }
    }
    layers = ProfileFigures.byLayer(lanes, profile)
  }

  /// Finds out which tasks are inside others.
  private static func nested(_ lane: [LaneTask], _ profile: RunProfile) -> [LaneTask] {
    func task(_ item: LaneTask) -> ProfiledTask { profile.runs[item.run].tasks[item.position] }
    // A run inside a task began after that of the task.
    var result = lane.sorted {
      (task($0).start, $0.run, $0.position) < (task($1).start, $1.run, $1.position)
    }
    var around: [Int] = []
    for index in result.indices {
      let item = result[index]
      let start = task(item).start
      while let last = around.last, task(result[last]).end <= start { around.removeLast() }
      if let last = around.last { result[last].ownTime -= item.ownTime }
      result[index] = LaneTask(
        run: item.run, position: item.position, depth: around.count, ownTime: item.ownTime)
      around.append(index)
    }
    return result
  }

  private static func byLayer(_ lanes: [[LaneTask]], _ profile: RunProfile) -> [LayerFigures] {
    let table = LayerTable(profile.runs.map(\.graph))
    var layers = table.names.map { LayerFigures(name: $0) }
    for item in lanes.joined() {
      let task = profile.runs[item.run].tasks[item.position]
      let place = table.place(of: task.task, graph: item.run)
      layers[place].taskCount += 1
      layers[place].time += item.ownTime
      layers[place].longest = max(layers[place].longest, task.duration)
      layers[place].resultBytes += task.resultBytes
    }
    let order = layers.indices.sorted { (-layers[$0].time, $0) < (-layers[$1].time, $1) }
    return order.map { layers[$0] }
  }

  /// How many tasks ran at the same time, on average over the runs.
  func parallelism(_ profile: RunProfile) -> Double {
    profile.duration == 0 ? 0 : Double(busy.reduce(0, +)) / Double(profile.duration)
  }

  /// The tasks that took longest, the longest first.
  func longest(_ count: Int, of profile: RunProfile) -> [(run: Int, task: ProfiledTask)] {
    let all = profile.runs.enumerated().lazy.flatMap { run, profiled in profiled.tasks.lazy.map { (run, $0) } }
    var result: [(run: Int, task: ProfiledTask)] = []
    for (run, task) in all {
      if result.count == count, let last = result.last, task.duration <= last.task.duration { continue }
      let place = result.firstIndex { $0.task.duration < task.duration } ?? result.count
      result.insert((run, task), at: place)
      if result.count > count { result.removeLast() }
    }
    return result
  }
}
