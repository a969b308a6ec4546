import Synchronization
import TaskGraph

// A memory budget
//
// Counted are the results that are alive, and for running tasks what their results are expected to take:
//
//     0                                                              limit
//     | results alive                 | expected of running tasks |   |
//                                                                  ^ does the next source fit?
//
// What a task is expected to make is the most that a task of its layer has made so far; before the first one, what the
// layer says itself, else the most that any source has made, else an eighth of the limit. So eight sources are started at
// most before it is known how large their results are.
//
// A *source* (a task without inputs) brings new data in; every other task mostly turns results into smaller ones. So it is
// sources that are held back. When the next source does not fit
//
//     1. results that wait for tasks which cannot start yet are put on disk, those first that are needed last (by the order of
//        running, the next use is known: Belady's rule, https://doi.org/10.1147/sj.52.0078);
//     2. if that does not free enough, the thread does something else or sleeps, until results are released;
//     3. if nobody is at work, it starts all the same: a run always goes on, whatever the limit.
//
// So that sources run ahead of those who use their results cannot happen: a task that can use them has a lower number in the
// order, is taken first, and a source too many does not fit. Other tasks are never held back, but results make room for
// them in the same way, and for what is read back.
//
// Results are tracked one by one from a size of about limit / 131072, the smaller ones are only added up, by each thread for
// itself and from time to time for all. So runs of many small tasks do not meet in this ledger.

/// What the runs of a pool hold in memory, and how much they may. See the head of this file.
final class MemoryLedger: Sendable {
  let limit: Int
  /// Results from this size on are tracked one by one.
  let trackedSize: Int
  private let folder: String
  private let committed = Atomic(0)
  /// Whether a source of some run waits for memory.
  let isHeldBack = Atomic(false)
  private let state = Mutex(State())

  private struct State {
    var file: SpillFile?
    /// Those that came first at the front: a later run may be inside a task of an earlier one, whose results must wait for it.
    var runs: [RunMemory] = []
  }

  init(limit: Int, spillFolder: String) {
    self.limit = limit
    folder = spillFolder
    trackedSize = max(1024, limit >> 17)
  }

  /// The bytes alive or expected.
  var used: Int { committed.load(ordering: .relaxed) }

  func add(_ run: RunMemory) { state.withLock { $0.runs.append(run) } }

  func remove(_ run: RunMemory) { state.withLock { $0.runs.removeAll { $0 === run } } }

  /// Counts bytes that are there, or no more.
  func add(_ bytes: Int) { committed.wrappingAdd(bytes, ordering: .sequentiallyConsistent) }

  /// Counts bytes that are expected, if they fit.
  ///
  /// - Returns: Whether they fit.
  func reserve(_ bytes: Int) -> Bool {
    if committed.wrappingAdd(bytes, ordering: .sequentiallyConsistent).newValue <= limit { return true }
    committed.wrappingSubtract(bytes, ordering: .sequentiallyConsistent)
    return false
  }

  /// Puts results that wait on disk, so that so many bytes more fit.
  ///
  /// A sixteenth of the limit is freed besides, if there is that much: to look for what can wait takes a while.
  ///
  /// - Throws: `SpillError`.
  func makeRoom(for bytes: Int) throws {
    let missing = used + bytes - limit
    if missing <= 0 { return }
    var wanted = missing + limit / 16
    for run in state.withLock({ $0.runs }) where wanted > 0 { wanted -= try run.spill(wanted) }
  }

  /// Gives the space of a region on disk back.
  func free(_ region: SpillRegion) {
    state.withLock { $0.file }?.free(region)
  }

  /// Whether anything had to be put on disk so far.
  var hasFile: Bool { state.withLock { $0.file != nil } }

  /// The file for results that wait; made when it is first needed.
  func file() throws -> SpillFile {
    try state.withLock { state in
      if let file = state.file { return file }
      let file = try SpillFile(folder: folder)
      state.file = file
      return file
    }
  }
}
