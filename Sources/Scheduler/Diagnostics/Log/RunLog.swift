import Glibc
import Synchronization
import TaskGraph

/// What is noted of one run. Each slot is written by one thread at a time; its counts are read by others while the run goes
/// on, its records when it is over.
final class RunLog: Sendable {
  let graph: TaskGraph
  /// The tasks that run, about in the order in which they do.
  let order: [TaskID]
  let outputs: [TaskID]
  /// A place for each thread that works on the run. Not to be used when the log is gone.
  let slots: [SlotLog]
  let startTime: UInt64
  private let endTimeStored = Atomic<UInt64>(0)

  init(
    _ graph: TaskGraph, order: [TaskID], outputs: [TaskID], slots: Int, recordsTasks: Bool,
    startTime: UInt64 = monotonicNanoseconds()
  ) {
    self.graph = graph
    self.order = order
    self.outputs = outputs
    self.slots = (0..<slots).map { _ in SlotLog(recordsTasks: recordsTasks) }
    self.startTime = startTime
  }

  deinit {
    for slot in slots { slot.deallocate() }
  }

  func end(at time: UInt64) { endTimeStored.store(time, ordering: .releasing) }

  /// When the run was over, or nil while it goes on.
  var endTime: UInt64? {
    let time = endTimeStored.load(ordering: .acquiring)
    return time == 0 ? nil : time
  }

  /// How many tasks are done.
  var done: Int { slots.reduce(0) { $0 + $1.done } }

  /// How many tasks were recorded.
  var recordCount: Int { slots.reduce(0) { $0 + $1.recordCount } }

  /// The records of all slots, each with the thread that ran the task.
  func forEachRecord(_ body: (TaskRecord, _ thread: UInt) -> Void) {
    for slot in slots { slot.forEachRecord(body) }
  }
}

/// The time of a clock that only goes forward.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
