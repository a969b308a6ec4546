import Synchronization
import TaskGraph

/// The results of one run, as its memory budget sees them. See `MemoryLedger`.
final class RunMemory: @unchecked Sendable {
  // Safe to share: `sizes` of a task is written by the thread that ran it before others are told that it is done; a result
  // of `trackedSize` or more is touched only with `entries` locked.

  let ledger: MemoryLedger
  private let tasks: RunTasks
  /// For each task the bytes of its result.
  private let sizes: UnsafeMutablePointer<Int>
  /// For each layer the most bytes of a result so far. Before the first: -1 when nothing is known, and -2 - bytes for what the
  /// layer says itself.
  private let largest: UnsafeMutablePointer<Atomic<Int>>
  private let largestSource = Atomic(-1)
  private let state = Mutex(State())

  private struct State {
    var entries: [UInt32: Entry] = [:]
    /// The bytes of all tracked results in memory.
    var bytes = 0
    var isClosed = false
  }

  /// A result that is tracked.
  private struct Entry {
    enum State { case resident, leaving, away }
    var state = State.resident
    let bytes: Int
    /// How to read it back; nil when it cannot go to disk.
    let type: (any Spillable.Type)?
    /// Where it is on disk, or was the last time.
    var region: SpillRegion?
    /// Whether somebody needed it while it was on its way out.
    var isWanted = false
  }

  init(_ ledger: MemoryLedger, _ tasks: RunTasks, _ layers: [Layer]) {
    self.ledger = ledger
    self.tasks = tasks
    sizes = .allocate(capacity: tasks.taskCount)
    sizes.initialize(repeating: 0, count: tasks.taskCount)
    largest = .allocate(capacity: layers.count)
    for (index, layer) in layers.enumerated() {
      largest.advanced(by: index).initialize(to: Atomic(layer.resultBytes.map { -2 - min($0, .max / 2) } ?? -1))
    }
    ledger.add(self)
  }

  deinit {
    sizes.deallocate()
    largest.deallocate()
  }

  /// Ends the run's part in the ledger.
  ///
  /// - Parameter slots: What the threads have counted.
  func close(_ slots: [SlotMemory]) {
    ledger.remove(self)
    // What is still there: results of the outputs, which now are the caller's, or of a run that failed.
    ledger.add(-slots.reduce(0) { $0 + $1.net - $1.pending })
    let regions = state.withLock { state in
      ledger.add(-state.bytes)
      state.isClosed = true
      defer { state.entries.removeAll() }
      return state.entries.values.compactMap(\.region)
    }
    for region in regions { ledger.free(region) }
  }

  // MARK: Before a task

  /// How many bytes a task's result will probably have, where that is enough to be counted beforehand; else 0.
  func estimate(layer: Int, isSource: Bool) -> Int {
    var bytes = largest[layer].load(ordering: .relaxed)
    if bytes < -1 {
      bytes = -2 - bytes
    } else if bytes < 0, isSource {
      bytes = largestSource.load(ordering: .relaxed)
      if bytes < 0 { bytes = ledger.limit / 8 }
    }
    return bytes < ledger.trackedSize ? 0 : bytes
  }

  /// The result of a task, read back if it was put on disk.
  ///
  /// - Throws: `SpillError`.
  func value(of task: Int) throws -> any Sendable {
    if sizes[task] < ledger.trackedSize { return tasks.values[task] }
    enum Found {
      case here(any Sendable)
      case away(any Spillable.Type, SpillRegion)
    }
    let found = state.withLock { state -> Found in
      guard let entry = state.entries[UInt32(task)] else { preconditionFailure("A result was used that is not there.") }
      if entry.state == .away, let type = entry.type, let region = entry.region { return .away(type, region) }
      if entry.state == .leaving { state.entries[UInt32(task)]?.isWanted = true }
      return .here(tasks.values[task])
    }
    switch found {
    case .here(let value):
      return value
    case .away(let type, let region):
      try ledger.makeRoom(for: sizes[task])
      let value = try ledger.file().read(type, from: region)
      return state.withLock { state in
        // Another task may have been quicker: then its copy serves both.
        if state.entries[UInt32(task)]?.state == .away {
          state.entries[UInt32(task)]?.state = .resident
          tasks.values[task] = value
          add(sizes[task], &state)
        }
        return tasks.values[task]
      }
    }
  }

  // MARK: After a task

  /// Keeps a task's result.
  ///
  /// - Returns: its bytes.
  func store(_ value: any Sendable, of task: TaskID, layer: Int, isSource: Bool, _ slot: inout SlotMemory) -> Int {
    let bytes = size(of: value, &slot)
    sizes[task.offset] = bytes
    if bytes > largest[layer].load(ordering: .relaxed) { largest[layer].max(bytes, ordering: .relaxed) }
    if isSource, bytes > largestSource.load(ordering: .relaxed) { largestSource.max(bytes, ordering: .relaxed) }
    if bytes < ledger.trackedSize {
      count(bytes, &slot)
      (tasks.values + task.offset).initialize(to: value)
    } else {
      let entry = Entry(bytes: bytes, type: (value as? any Spillable).map { type(of: $0) })
      state.withLock { state in
        (tasks.values + task.offset).initialize(to: value)
        state.entries[task.index] = entry
        add(bytes, &state)
      }
    }
    return bytes
  }

  /// Lets a result go that nobody needs any more.
  ///
  /// - Returns: The result, to be dropped outside of locks.
  func release(_ task: Int, _ slot: inout SlotMemory) -> any Sendable {
    let bytes = sizes[task]
    if bytes < ledger.trackedSize {
      count(-bytes, &slot)
      return (tasks.values + task).move()
    }
    let (value, region) = state.withLock { state in
      let entry = state.entries.removeValue(forKey: UInt32(task))
      // One that is on its way out is in memory until it is written, and who writes it counts.
      if entry?.state == .resident { add(-bytes, &state) }
      return ((tasks.values + task).move(), entry?.region)
    }
    if let region { ledger.free(region) }
    return value
  }

  // MARK: To disk

  /// Puts results on disk that wait for tasks which cannot start yet, those first that are needed last.
  ///
  /// - Returns: How many bytes were freed.
  /// - Throws: `SpillError`; what could not be written stays in memory.
  func spill(_ wanted: Int) throws -> Int {
    var freed = 0
    for task in chooseVictims() {
      if freed >= wanted { break }
      guard let leaving = beginLeaving(task) else { continue }
      let outcome = Result { try leaving.region ?? ledger.file().write(leaving.value) }
      if endLeaving(task, leaving.bytes, try? outcome.get()) { freed += leaving.bytes }
      _ = try outcome.get()
    }
    return freed
  }

  /// The results that can go to disk, in the order in which they should.
  private func chooseVictims() -> [UInt32] {
    let candidates = state.withLock { state in
      state.entries.compactMap { task, entry in
        entry.state == .resident && entry.type != nil ? nextUse(of: Int(task)).map { (use: $0, task: task) } : nil
      }
    }
    return candidates.sorted { ($0.use, $0.task) > ($1.use, $1.task) }.map(\.task)
  }

  /// The priority of the next task that uses a result; nil when one that uses it may run at any moment, or does.
  private func nextUse(of task: Int) -> UInt32? {
    var next = UInt32.max
    for dependent in tasks.dependents[task] where tasks.priorities[Int(dependent)] != TaskGraph.notNeeded {
      switch tasks.missingInputs[Int(dependent)].load(ordering: .acquiring) {
      case 0: return nil
      case RunTasks.done: continue
      default: next = min(next, tasks.priorities[Int(dependent)])
      }
    }
    return next
  }

  private struct Leaving {
    let value: any Spillable
    let bytes: Int
    /// Where it still is on disk from the last time.
    let region: SpillRegion?
  }

  private func beginLeaving(_ task: UInt32) -> Leaving? {
    state.withLock { state in
      guard let entry = state.entries[task], entry.state == .resident, nextUse(of: Int(task)) != nil,
        let value = tasks.values[Int(task)] as? any Spillable
      else { return nil }
      state.entries[task]?.state = .leaving
      state.entries[task]?.isWanted = false
      return Leaving(value: value, bytes: entry.bytes, region: entry.region)
    }
  }

  /// - Parameter region: Where it was written; nil when that failed.
  /// - Returns: Whether it has left the memory.
  private func endLeaving(_ task: UInt32, _ bytes: Int, _ region: SpillRegion?) -> Bool {
    let hasLeft = state.withLock { state -> Bool? in
      if state.isClosed { return nil }
      guard let entry = state.entries[task] else {
        // Released meanwhile.
        add(-bytes, &state)
        return nil
      }
      state.entries[task]?.region = region
      if region == nil || entry.isWanted {
        state.entries[task]?.state = .resident
        return false
      }
      state.entries[task]?.state = .away
      tasks.values[Int(task)] = Away()
      add(-bytes, &state)
      return true
    }
    if hasLeft == nil, let region { ledger.free(region) }
    return hasLeft ?? true
  }

  // MARK: Counting

  private func size(of value: any Sendable, _ slot: inout SlotMemory) -> Int {
    let type = ObjectIdentifier(type(of: value))
    if type == slot.plainType { return slot.plainSize }
    if let sized = value as? any MemorySized { return sized.byteCount }
    slot.plainType = type
    slot.plainSize = byteCount(of: value)
    return slot.plainSize
  }

  private func count(_ bytes: Int, _ slot: inout SlotMemory) {
    slot.net += bytes
    slot.pending += bytes
    if abs(slot.pending) >= ledger.trackedSize {
      ledger.add(slot.pending)
      slot.pending = 0
    }
  }

  private func add(_ bytes: Int, _ state: inout State) {
    state.bytes += bytes
    ledger.add(bytes)
  }
}

/// Stands in memory for a result that is on disk.
private struct Away: Sendable {}
