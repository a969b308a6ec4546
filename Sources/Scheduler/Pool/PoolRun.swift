import Synchronization
import TaskGraph

// One run on several threads
//
// Every thread that works on a run has a *slot*, and in it a queue of the tasks that became ready on its side. Tasks without
// inputs stand in one list for all, the *sources*, in the order of their priorities. A thread takes the lowest number that it
// sees: in its slot, in the other slots, or at the front of the sources. There is no lock that all threads need.
//
//     sources     4  7  8  11 …           the next one is an atomic position
//                 |
//     slot 0      5  (queue: 12 14)       5 became ready by what this thread has just done: it goes on with it
//     slot 1      6  (queue: 9)           a thread that would have to take a source takes 9 from its neighbour first
//
// When a task is done its result is stored, then the counts of missing inputs of those who use it are lowered; who brings a
// count to zero has made that task ready. The counts of pending uses of its inputs are lowered too; who brings one to zero frees
// the result.
//
// When it is over
//
// A thread that finds nothing leaves the run. `active` counts the threads that look for work or do it; a thread that is about to
// look first counts itself. The last one to leave looks once more: what nobody active can do will not be done.
//
// Why errors do not depend on the number of threads
//
// A single thread runs the tasks by priority and stops at the first that fails: call its priority p. Several threads may
// be ahead of that and meet another failure first, at q > p. So a failure stops the later tasks only:
//
//     priority   0  1  2  3  p  5  q  7  8  9
//                done  |  |  |     ^  |__|__|____ not started any more; told to stop if running
//                      |__|__|___________________ still run, to the end
//
// Every task before p gets its inputs from tasks before it, none of which fails, so all of them run, and then p does too:
// whatever fails meanwhile is later than p and does not hold it up. The failure of the lowest priority is the one reported.
// The token that a task is given says that it is cancelled when the limit is below the priority of the task.

/// One run of a graph on the threads of a pool. See the head of this file.
final class PoolRun: @unchecked Sendable {
  // Safe to share: what changes is atomic or behind locks, but for the insides of a slot, which one thread has at a time.

  /// Among the runs of a pool, the higher the sooner.
  let priority: Int

  private let pool: ThreadPool
  private let graph: TaskGraph
  private let outputs: [TaskID]
  private let tasks: RunTasks
  private let memory: RunMemory?
  private let cancellation: CancellationToken
  private let monitor: RunMonitor?
  private let log: RunLog?
  private let completion: (@Sendable (Result<[any Sendable], any Error>) -> Void)?

  private let slots: [RunSlot]
  private let tops: SlotTops
  private let freeSlots: Mutex<[Int]>
  private let freeSlotCount: Atomic<Int>
  private let active = Atomic(0)
  private let isOver = Atomic(false)
  private let isCancelled = Atomic(false)
  /// The position among the sources of the one that is next.
  private let nextSource = Atomic(0)
  /// No task from this priority on is started.
  private let limit: FailureLimit
  private let failure = Mutex<Failure?>(nil)
  private let owner = Parker()
  private let ownerState = Atomic(OwnerState.isAway)

  private struct Failure: Sendable {
    let priority: UInt32
    let error: any Error
  }

  /// What the thread that asked for the run waits for.
  private enum OwnerState: UInt8, AtomicRepresentable {
    case isAway
    case waitsForWork
    case waitsForEnd
  }

  /// - Parameter completion: Is called at the end, with the result; nil when somebody waits in `waitForEnd`.
  init(
    _ graph: TaskGraph, order: [TaskID], outputs: [TaskID], options: RunOptions, pool: ThreadPool,
    completion: (@Sendable (Result<[any Sendable], any Error>) -> Void)? = nil
  ) {
    self.pool = pool
    self.graph = graph
    self.outputs = outputs
    self.completion = completion
    priority = options.priority
    cancellation = options.cancellation
    monitor = options.monitor
    tasks = RunTasks(graph, order: order, outputs: outputs)
    memory = pool.memory.map { [tasks] in RunMemory($0, tasks, graph.layers) }
    let slotCount = min(pool.threads, order.count)
    let log = options.monitor?.runBegan(graph, order: order, outputs: outputs, slots: slotCount)
    self.log = log
    let limit = FailureLimit()
    self.limit = limit
    let tops = SlotTops(count: slotCount)
    self.tops = tops
    slots = (0..<slotCount).map { index in
      let current = RunSlot.Current()
      let token = CancellationToken(parent: options.cancellation) { current.priority > limit.priority }
      return RunSlot(top: tops[index], current: current, token: token, log: log?.slots[index])
    }
    freeSlots = Mutex((0..<slotCount).reversed())
    freeSlotCount = Atomic(slotCount)
  }

  deinit { tops.deallocate() }

  // MARK: The thread that asked for the run

  /// Waits until the run is over.
  ///
  /// - Parameter works: Whether the calling thread may run tasks.
  /// - Throws: What the run ends with.
  func waitForEnd(works: Bool) throws -> [any Sendable] {
    while true {
      if works { work() }
      if isOver.load(ordering: .sequentiallyConsistent) { return try result() }
      ownerState.store(works ? .waitsForWork : .waitsForEnd, ordering: .sequentiallyConsistent)
      if isOver.load(ordering: .sequentiallyConsistent) || (works && wantsWorker) {
        // Whoever has called in between leaves a wake behind, which must not end a later sleep.
        if ownerState.exchange(.isAway, ordering: .sequentiallyConsistent) == .isAway { owner.park() }
      } else {
        owner.park()
      }
    }
  }

  /// What the run has given. To be asked once, when it is over.
  private func result() throws -> [any Sendable] {
    defer {
      memory?.close(slots.map(\.local.pointee.memory))
      if let log { monitor?.runEnded(log) }
    }
    if isCancelled.load(ordering: .acquiring), slots.reduce(0, { $0 + $1.local.pointee.completed }) < tasks.order.count
    {
      throw CancelledError()
    }
    if let failure = failure.withLock({ $0 }) {
      if failure.error is SpillError { throw failure.error }
      throw graph.failure(of: tasks.order[Int(failure.priority)], failure.error)
    }
    var slot = SlotMemory()
    return try outputs.map { output in
      try memory?.value(of: output.offset, &slot) ?? tasks.values[output.offset]
    }
  }

  private func finish() {
    if isOver.exchange(true, ordering: .sequentiallyConsistent) { return }
    pool.remove(self)
    if let completion {
      completion(Result { try result() })
    } else if ownerState.exchange(.isAway, ordering: .sequentiallyConsistent) != .isAway {
      owner.unpark()
    }
  }

  // MARK: Threads that work

  /// How many threads find work at the start.
  var startWidth: Int { min(slots.count, tasks.sources.count) }

  /// Whether one more thread would find work.
  var wantsWorker: Bool {
    freeSlotCount.load(ordering: .sequentiallyConsistent) > 0 && !isOver.load(ordering: .sequentiallyConsistent)
      && hasWork(besidesHeldBack: true)
  }

  /// Wakes threads for tasks that became ready.
  func wakeHelpers(_ count: Int) {
    var count = count
    if ownerState.load(ordering: .sequentiallyConsistent) == .waitsForWork,
      ownerState.compareExchange(
        expected: .waitsForWork, desired: .isAway, ordering: .sequentiallyConsistent
      ).exchanged
    {
      owner.unpark()
      count -= 1
    }
    pool.wake(count)
  }

  /// Runs tasks until there is none left for the calling thread.
  func work() {
    guard let index = takeSlot() else { return }
    let slot = slots[index]
    active.wrappingAdd(1, ordering: .sequentiallyConsistent)
    while true {
      while let priority = take(index) { run(priority, slot) }
      guard active.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue == 0 else { break }
      if hasWork(besidesHeldBack: false) {
        active.wrappingAdd(1, ordering: .sequentiallyConsistent)
        // Nobody else is at work, so what was held back for want of memory must run now.
        if let priority = take(index, evenWithoutMemory: true) { run(priority, slot) }
      } else {
        if active.load(ordering: .sequentiallyConsistent) == 0 { finish() }
        break
      }
    }
    returnSlot(index)
  }

  private func takeSlot() -> Int? {
    freeSlots.withLock { free in
      guard let index = free.popLast() else { return nil }
      freeSlotCount.wrappingSubtract(1, ordering: .sequentiallyConsistent)
      return index
    }
  }

  private func returnSlot(_ index: Int) {
    freeSlots.withLock { free in
      free.append(index)
      freeSlotCount.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }
  }

  private func hasWork(besidesHeldBack: Bool) -> Bool {
    if isCancelled.load(ordering: .sequentiallyConsistent) { return false }
    let limit = limit.priority
    if tops.lowest(below: limit) != nil { return true }
    let position = nextSource.load(ordering: .sequentiallyConsistent)
    guard position < tasks.sources.count, tasks.sources[position] < limit else { return false }
    return !(besidesHeldBack && memory?.ledger.isHeldBack.load(ordering: .sequentiallyConsistent) ?? false)
  }

  // MARK: The next task

  /// Takes the task of the lowest priority that this thread can run.
  private func take(_ index: Int, evenWithoutMemory: Bool = false) -> UInt32? {
    let slot = slots[index]
    let local = slot.local
    var withoutSources = false
    while true {
      if cancellation.isCancelled { isCancelled.store(true, ordering: .sequentiallyConsistent) }
      if isCancelled.load(ordering: .relaxed) { return nil }
      var best = local.pointee.next
      var place: Int?
      let top = tops[index].pointee.load(ordering: .relaxed)
      if top < best { (best, place) = (top, index) }
      // A thread goes on with what it has made ready, and looks around only before it brings new data in.
      let position = withoutSources ? tasks.sources.count : nextSource.load(ordering: .sequentiallyConsistent)
      let source = position < tasks.sources.count ? tasks.sources[position] : RunSlot.none
      if source <= best, let other = tops.lowest(below: best) { (place, best) = other }
      let isSource = source < best
      if isSource { best = source }
      guard best < limit.priority else {
        keep(slot)
        return nil
      }
      if isSource {
        guard reserve(best, slot, evenWithoutMemory) else {
          withoutSources = true
          continue
        }
        guard
          nextSource.compareExchange(
            expected: position, desired: position + 1, ordering: .sequentiallyConsistent
          ).exchanged
        else {
          settle(slot)
          continue
        }
      } else if let place {
        guard slots[place].pop(best) else { continue }
      } else {
        local.pointee.next = RunSlot.none
        return best
      }
      keep(slot)
      return best
    }
  }

  /// Puts a task that the thread has passed over where all threads see it.
  private func keep(_ slot: RunSlot) {
    let next = slot.local.pointee.next
    if next == RunSlot.none { return }
    slot.local.pointee.next = RunSlot.none
    slot.push(next)
    wakeHelpers(1)
  }

  // MARK: Memory

  /// Counts what a source will probably make.
  ///
  /// - Returns: Whether it may start.
  private func reserve(_ priority: UInt32, _ slot: RunSlot, _ evenWithoutMemory: Bool) -> Bool {
    guard let memory else { return true }
    slot.local.pointee.layer = tasks.layer(of: tasks.order[Int(priority)], guess: slot.local.pointee.layer)
    let bytes = memory.estimate(layer: slot.local.pointee.layer, isSource: true)
    if bytes == 0 { return true }
    let ledger = memory.ledger
    if !ledger.reserve(bytes) {
      do { try ledger.makeRoom(for: bytes) } catch { fail(0, error) }
      if evenWithoutMemory {
        ledger.add(bytes)
      } else if !ledger.reserve(bytes) {
        ledger.isHeldBack.store(true, ordering: .sequentiallyConsistent)
        // Memory that was freed before the flag was up has woken nobody.
        guard ledger.reserve(bytes) else { return false }
      }
    }
    slot.local.pointee.reserved = bytes
    return true
  }

  /// Counts what a task that is no source will probably make, and makes room for it.
  private func expect(_ memory: RunMemory, _ slot: RunSlot) throws {
    slot.local.pointee.reserved = memory.estimate(layer: slot.local.pointee.layer, isSource: false)
    if slot.local.pointee.reserved == 0 { return }
    memory.ledger.add(slot.local.pointee.reserved)
    try memory.ledger.makeRoom(for: 0)
  }

  /// Takes back what was counted beforehand.
  private func settle(_ slot: RunSlot) {
    if slot.local.pointee.reserved == 0 { return }
    memory?.ledger.add(-slot.local.pointee.reserved)
    slot.local.pointee.reserved = 0
  }

  // MARK: One task

  private func run(_ priority: UInt32, _ slot: RunSlot) {
    let task = tasks.order[Int(priority)]
    slot.current.priority = priority
    slot.local.pointee.layer = tasks.layer(of: task, guess: slot.local.pointee.layer)
    let start = slot.log?.taskBegan(task)
    do {
      let value = try evaluate(task, slot)
      let bytes = store(value, of: task, slot)
      if let start { slot.log?.taskEnded(task, since: start, bytes: bytes) }
      finish(task, slot)
    } catch {
      if let start { slot.log?.taskFailed(task, since: start) }
      settle(slot)
      fail(priority, error)
    }
    slot.current.priority = 0
    if let ledger = memory?.ledger, ledger.isHeldBack.load(ordering: .relaxed),
      ledger.isHeldBack.exchange(false, ordering: .sequentiallyConsistent)
    {
      pool.memoryWasFreed()
    }
  }

  /// Runs a task. Its inputs are let go when this returns.
  private func evaluate(_ task: TaskID, _ slot: RunSlot) throws -> any Sendable {
    let list = tasks.dependencies[task.offset]
    var inputs: [any Sendable] = []
    if !list.isEmpty {
      if let memory { try expect(memory, slot) }
      inputs.reserveCapacity(list.count)
      for input in list {
        inputs.append(try memory?.value(of: Int(input), &slot.local.pointee.memory) ?? tasks.values[Int(input)])
      }
    }
    let index = Int(task.index - tasks.layerStarts[slot.local.pointee.layer])
    return try tasks.operations[slot.local.pointee.layer].run(
      TaskContext(index: index, inputs: inputs, cancellation: slot.token))
  }

  private func store(_ value: any Sendable, of task: TaskID, _ slot: RunSlot) -> Int {
    guard let memory else {
      (tasks.values + task.offset).initialize(to: value)
      return monitor?.recordsTasks ?? false ? byteCount(of: value) : 0
    }
    let isSource = tasks.dependencies[task.offset].isEmpty
    let bytes = memory.store(
      value, of: task, layer: slot.local.pointee.layer, isSource: isSource, &slot.local.pointee.memory)
    settle(slot)
    return bytes
  }

  /// Makes tasks ready whose last input is there now, and frees results that were used for the last time.
  private func finish(_ task: TaskID, _ slot: RunSlot) {
    slot.local.pointee.completed += 1
    tasks.missingInputs[task.offset].store(RunTasks.done, ordering: .releasing)
    var pushed = 0
    for dependent in tasks.dependents[task.offset] {
      let priority = tasks.priorities[Int(dependent)]
      if priority == TaskGraph.notNeeded { continue }
      let missing = tasks.missingInputs[Int(dependent)]
        .wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
      if missing > 0 { continue }
      // The thread goes on with the first of them itself.
      if slot.local.pointee.next != RunSlot.none {
        slot.push(max(slot.local.pointee.next, priority))
        pushed += 1
      }
      slot.local.pointee.next = min(slot.local.pointee.next, priority)
    }
    if pushed > 0 { wakeHelpers(pushed) }
    for input in tasks.dependencies[task.offset] {
      let uses = tasks.pendingUses[Int(input)].wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
      if uses > 0 { continue }
      if let memory {
        _ = memory.release(Int(input), &slot.local.pointee.memory)
      } else {
        (tasks.values + Int(input)).deinitialize(count: 1)
      }
    }
  }

  private func fail(_ priority: UInt32, _ error: any Error) {
    if cancellation.isCancelled { isCancelled.store(true, ordering: .sequentiallyConsistent) }
    failure.withLock { failure in
      if let failure, failure.priority <= priority { return }
      failure = Failure(priority: priority, error: error)
      limit.priority = priority
    }
  }
}

/// The priority from which on no task is started any more.
private final class FailureLimit: Sendable {
  private let stored = Atomic(UInt32.max)

  var priority: UInt32 {
    get { stored.load(ordering: .sequentiallyConsistent) }
    set { stored.store(newValue, ordering: .sequentiallyConsistent) }
  }
}
