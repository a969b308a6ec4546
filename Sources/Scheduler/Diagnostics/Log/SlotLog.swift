import Glibc
import Synchronization
import TaskGraph

/// What one thread of a run notes. A handle: the `RunLog` that it belongs to frees what is behind it.
struct SlotLog: @unchecked Sendable {
  // Safe to share: the counts are atomic; the rest is touched only by the thread that has the slot, until the run is over.

  private let state: UnsafeMutablePointer<State>

  private struct State: ~Copyable {
    let done = Atomic(0)
    let current = Atomic(SlotLog.none)
    let recordsTasks: Bool
    var records = RecordBuffer()
  }

  /// Stands for no task.
  private static let none = UInt32.max

  init(recordsTasks: Bool) {
    // Two cache lines of its own, which processors fetch as a pair: what one thread counts must not slow down another.
    let size = (MemoryLayout<State>.size + 127) / 128 * 128
    state = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 128).bindMemory(to: State.self, capacity: 1)
    state.initialize(to: State(recordsTasks: recordsTasks))
  }

  func deallocate() {
    state.pointee.records.deallocate()
    state.deinitialize(count: 1)
    UnsafeMutableRawPointer(state).deallocate()
  }

  // MARK: The thread that has the slot

  /// Returns the time, to be given back when the task ends.
  func taskBegan(_ task: TaskID) -> UInt64 {
    state.pointee.current.store(task.index, ordering: .relaxed)
    return state.pointee.recordsTasks ? monotonicNanoseconds() : 0
  }

  /// A task is done, and its result holds so many bytes.
  func taskEnded(_ task: TaskID, since start: UInt64, bytes: Int) {
    state.pointee.done.store(state.pointee.done.load(ordering: .relaxed) + 1, ordering: .relaxed)
    record(task, start, bytes: bytes)
  }

  /// A task ended with an error.
  func taskFailed(_ task: TaskID, since start: UInt64) {
    record(task, start, bytes: TaskRecord.failed)
  }

  private func record(_ task: TaskID, _ start: UInt64, bytes: Int) {
    state.pointee.current.store(SlotLog.none, ordering: .relaxed)
    guard state.pointee.recordsTasks else { return }
    let end = monotonicNanoseconds()
    let thread = UInt(pthread_self())
    state.pointee.records.append(TaskRecord(task: task, start: start, end: end, bytes: bytes), by: thread)
  }

  // MARK: Others, while the run goes on

  /// How many tasks are done.
  var done: Int { state.pointee.done.load(ordering: .relaxed) }

  /// The task that runs at the moment.
  var current: TaskID? {
    let index = state.pointee.current.load(ordering: .relaxed)
    return index == SlotLog.none ? nil : TaskID(index: index)
  }

  // MARK: Others, when the run is over

  var recordCount: Int { state.pointee.records.count }

  /// The records in their order, each with the thread that ran the task.
  func forEachRecord(_ body: (TaskRecord, _ thread: UInt) -> Void) {
    state.pointee.records.forEach(body)
  }
}
