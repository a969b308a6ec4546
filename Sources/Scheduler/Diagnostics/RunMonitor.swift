import Glibc
import Synchronization
import TaskGraph

/// Watches runs: counts what is done while they go on and, if asked to, records every task.
///
/// Give one in the options of a run. One monitor may watch several runs, one after the other or at the same time.
public final class RunMonitor: Sendable {
  /// Whether every task is recorded, for a profile.
  public let recordsTasks: Bool

  private let logs = Mutex<[RunLog]>([])

  /// Makes a monitor that has seen nothing.
  public init(recordsTasks: Bool = false) {
    self.recordsTasks = recordsTasks
  }

  /// An executor begins a run of so many tasks, on so many threads at most.
  package func runBegan(_ graph: TaskGraph, tasks: Int, slots: Int) -> RunLog {
    let log = RunLog(graph: graph, taskCount: tasks, slots: slots, recordsTasks: recordsTasks)
    logs.withLock { $0.append(log) }
    return log
  }

  /// An executor ends a run.
  package func runEnded(_ log: RunLog) {
    log.end()
  }
}

/// What is noted of one run. Each slot is written by one thread at a time, and read by others while the run goes on.
package final class RunLog: Sendable {
  package let graph: TaskGraph
  package let taskCount: Int
  package let slots: [SlotLog]
  package let startTime = monotonicNanoseconds()
  private let endTime = Atomic<UInt64>(0)

  init(graph: TaskGraph, taskCount: Int, slots: Int, recordsTasks: Bool) {
    self.graph = graph
    self.taskCount = taskCount
    self.slots = (0..<slots).map { _ in SlotLog(recordsTasks: recordsTasks) }
  }

  func end() { endTime.store(monotonicNanoseconds(), ordering: .releasing) }
}

/// What one thread of a run notes.
package final class SlotLog: @unchecked Sendable {
  // Safe to share: `records` is touched only by the thread that has the slot, until the run has ended.
  private var records: [TaskRecord] = []
  private let recordsTasks: Bool
  private let done = Atomic(0)
  private let current = Atomic(UInt32.max)

  init(recordsTasks: Bool) { self.recordsTasks = recordsTasks }

  /// Returns the time, to be given to `taskEnded`.
  package func taskBegan(_ task: TaskID) -> UInt64 {
    current.store(task.index, ordering: .relaxed)
    return recordsTasks ? monotonicNanoseconds() : 0
  }

  package func taskEnded(_ task: TaskID, since start: UInt64, bytes: Int, live: Int) {
    done.store(done.load(ordering: .relaxed) + 1, ordering: .relaxed)
    if recordsTasks {
      records.append(TaskRecord(task: task, start: start, end: monotonicNanoseconds(), bytes: bytes, live: live))
    }
  }
}

/// One task of a run.
package struct TaskRecord: Sendable {
  package let task: TaskID
  package let start: UInt64
  package let end: UInt64
  /// The bytes of its result.
  package let bytes: Int
  /// The bytes of all results alive when it ended.
  package let live: Int
}

func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
