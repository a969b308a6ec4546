import TaskGraph

extension PictureColouring {
  /// How long each task of a run took.
  ///
  ///     let run = monitor.profile.runs[0]
  ///     try run.graph.visualize("run.svg", colouring: .time(of: run))
  public static func time(of run: ProfiledRun) -> PictureColouring {
    .time(nanoseconds: run.valueOfEachTask { UInt64($0.duration) })
  }

  /// How many bytes the result of each task of a run holds, by `MemorySized`.
  public static func resultBytes(of run: ProfiledRun) -> PictureColouring {
    .memory(resultBytes: run.valueOfEachTask { $0.hasFailed ? nil : $0.resultBytes })
  }

  /// How many bytes all results held that were alive when a task of the run was done.
  public static func liveBytes(of run: ProfiledRun) -> PictureColouring {
    .memory(liveBytes: run.valueOfEachTask(\.liveBytes))
  }
}

extension ProfiledRun {
  /// A value for each task of the graph; nil for those that did not run.
  fileprivate func valueOfEachTask<Value>(_ value: (ProfiledTask) -> Value?) -> [Value?] {
    var values = [Value?](repeating: nil, count: graph.taskCount)
    for task in tasks { values[task.task.offset] = value(task) }
    return values
  }
}
