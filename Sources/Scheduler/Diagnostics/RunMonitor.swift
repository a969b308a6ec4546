import Synchronization
import TaskGraph

/// Watches runs: counts what is done while they go on and, if asked to, records every task.
///
/// Give one in the options of a run. One monitor may watch several runs, one after the other or at the same time.
///
///     let monitor = RunMonitor(recordsTasks: true)
///     let results = try executor.run(graph, outputs: [total], options: RunOptions(monitor: monitor))
///     try monitor.profile.write(toFile: "run.html")
///
/// To count costs two stores for a task; to record, two looks at the clock and 32 bytes more. A monitor that records
/// holds the graphs of its runs.
public final class RunMonitor: Sendable {
  /// Whether every task is recorded, for a profile.
  public let recordsTasks: Bool

  private let state = Mutex(State())

  private struct State {
    var running: [RunLog] = []
    /// The runs that are over, as they ended; only of a monitor that records tasks.
    var ended: [RunLog] = []
  }

  /// Makes a monitor that has seen nothing.
  public init(recordsTasks: Bool = false) {
    self.recordsTasks = recordsTasks
  }

  /// What was recorded of the runs that are over, in the order in which they began. Empty when no tasks are recorded.
  ///
  /// - Complexity: O(tasks · log tasks + dependencies), at each call.
  public var profile: RunProfile { RunProfile(state.withLock { $0.ended }) }

  /// The runs that go on at the moment, in the order in which they began.
  var running: [RunLog] { state.withLock { $0.running } }

  /// An executor begins a run.
  ///
  /// - Parameters:
  ///   - order: The tasks that will run, about in the order in which they do.
  ///   - outputs: The tasks whose results are kept to the end.
  ///   - slots: How many tasks run at the same time at most.
  func runBegan(_ graph: TaskGraph, order: [TaskID], outputs: [TaskID], slots: Int) -> RunLog {
    let log = RunLog(graph, order: order, outputs: outputs, slots: slots, recordsTasks: recordsTasks)
    state.withLock { $0.running.append(log) }
    return log
  }

  /// An executor ends a run, whose threads write nothing any more.
  func runEnded(_ log: RunLog) {
    log.end(at: monotonicNanoseconds())
    state.withLock { state in
      state.running.removeAll { $0 === log }
      if recordsTasks { state.ended.append(log) }
    }
  }
}
