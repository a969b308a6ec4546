import TaskGraph

/// What one run of a graph has done.
public struct ProfiledRun: Sendable {
  /// What was run. `graph.key(of:)` and `graph.layer(of:)` name a task.
  public let graph: TaskGraph

  /// When it began, in nanoseconds since the first run of the profile.
  public let start: Int

  /// When it was over, in nanoseconds since the first run of the profile.
  public let end: Int

  /// The tasks that were run, in the order in which they began. Those that a failure or a cancellation kept from starting
  /// are missing.
  public let tasks: [ProfiledTask]

  /// Each time that the bytes of all results alive have changed, in order.
  let liveBytes: [LiveBytes]

  /// How many bytes are alive from a time on.
  struct LiveBytes: Equatable, Sendable {
    let time: Int
    let bytes: Int
  }
}

/// One task of a run.
public struct ProfiledTask: Hashable, Sendable {
  /// Which task of the run's graph it was.
  public let task: TaskID
  /// The number of the thread that ran it, from zero. Threads that work in turns, one in the place of the other, share one.
  public let thread: Int
  /// When it began, in nanoseconds since the first run of the profile.
  public let start: Int
  /// When its result was stored, or it had failed.
  public let end: Int
  /// How many bytes its result holds, by `MemorySized`; 0 when it failed.
  public let resultBytes: Int
  /// How many bytes all results of the run hold that were alive at its end: its own, its inputs, and those of other tasks that
  /// are still to be used. Results that wait on disk are counted too.
  public internal(set) var liveBytes = 0
  /// Whether it ended with an error.
  public let hasFailed: Bool

  /// How long it ran, in nanoseconds.
  public var duration: Int { end - start }
}

extension ProfiledRun {
  /// - Parameters:
  ///   - origin: The time that is to be zero.
  ///   - threads: For each record of the log the number of its thread.
  init(_ log: RunLog, origin: UInt64, threads: ArraySlice<Int>) {
    var tasks: [ProfiledTask] = []
    tasks.reserveCapacity(threads.count)
    log.forEachRecord { record, _ in
      tasks.append(
        ProfiledTask(
          task: record.task, thread: threads[threads.startIndex + tasks.count], start: Int(record.start - origin),
          end: Int(record.end - origin), resultBytes: max(record.bytes, 0),
          hasFailed: record.bytes == TaskRecord.failed))
    }
    self.init(
      graph: log.graph, order: log.order, outputs: log.outputs, start: Int(log.startTime - origin),
      end: Int((log.endTime ?? log.startTime) - origin), tasks: tasks)
  }

  /// - Parameters:
  ///   - order: The tasks that were to run.
  ///   - tasks: Those that did, in any order, without `liveBytes`.
  init(graph: TaskGraph, order: [TaskID], outputs: [TaskID], start: Int, end: Int, tasks: [ProfiledTask]) {
    self.graph = graph
    self.start = start
    self.end = end
    var tasks = tasks.sorted { ($0.start, $0.end, $0.task) < ($1.start, $1.end, $1.task) }
    liveBytes = ProfiledRun.countLiveBytes(graph, order, outputs, &tasks, end: end)
    self.tasks = tasks
  }

  /// Follows the results: one is alive from the end of its task to that of the last task that uses it, and one that is wanted
  /// to the end of the run.
  private static func countLiveBytes(
    _ graph: TaskGraph, _ order: [TaskID], _ outputs: [TaskID], _ tasks: inout [ProfiledTask], end: Int
  ) -> [LiveBytes] {
    var uses = [UInt32](repeating: 0, count: graph.taskCount)
    for task in order {
      for input in graph.dependencies(of: task) { uses[input.offset] += 1 }
    }
    for output in outputs { uses[output.offset] += 1 }
    var sizes = [Int](repeating: 0, count: graph.taskCount)
    var live = 0
    var history: [LiveBytes] = []
    let byEnd = tasks.indices.sorted { (tasks[$0].end, tasks[$0].task) < (tasks[$1].end, tasks[$1].task) }
    for index in byEnd where !tasks[index].hasFailed {
      let task = tasks[index]
      sizes[task.task.offset] = task.resultBytes
      live += task.resultBytes
      tasks[index].liveBytes = live
      if task.resultBytes > 0 { history.append(LiveBytes(time: task.end, bytes: live)) }
      var freed = 0
      for input in graph.dependencies(of: task.task) {
        uses[input.offset] -= 1
        if uses[input.offset] == 0 { freed += sizes[input.offset] }
      }
      if freed > 0 {
        live -= freed
        history.append(LiveBytes(time: task.end, bytes: live))
      }
    }
    if live > 0 { history.append(LiveBytes(time: end, bytes: 0)) }
    return history
  }
}
