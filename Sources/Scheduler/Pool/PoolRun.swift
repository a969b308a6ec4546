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

  let pool: ThreadPool
  let graph: TaskGraph
  let outputs: [TaskID]
  let tasks: RunTasks
  let memory: RunMemory?
  let cancellation: CancellationToken
  let monitor: RunMonitor?
  let log: RunLog?
  let completion: (@Sendable (Result<[any Sendable], any Error>) -> Void)?
  /// The thread that waits in `waitForEnd`.
  let owner: RunOwner

  let slots: [RunSlot]
  private let tops: SlotTops
  private let freeSlots: Mutex<[Int]>
  private let freeSlotCount: Atomic<Int>
  private let active = Atomic(0)
  let isOver = Atomic(false)
  let isCancelled = Atomic(false)
  /// The position among the sources of the one that is next.
  private let nextSource = Atomic(0)
  let failure: RunFailure
  /// Whether sources wait for memory.
  let heldBack = Atomic(HeldBack.no)

  enum HeldBack: UInt8, AtomicRepresentable {
    case no
    /// One did not fit, so that no thread need come for another.
    case held
    /// Memory was freed: threads come back one after the other, each woken by the one before it.
    case easing
  }

  /// - Parameters:
  ///   - ownerHasPermit: Whether the thread that will wait in `waitForEnd` is one of the pool's, inside a task.
  ///   - completion: Is called at the end, with the result; nil when somebody waits in `waitForEnd`.
  init(
    _ graph: TaskGraph, order: [TaskID], outputs: [TaskID], options: RunOptions, pool: ThreadPool,
    ownerHasPermit: Bool = false, completion: (@Sendable (Result<[any Sendable], any Error>) -> Void)? = nil
  ) {
    self.pool = pool
    self.graph = graph
    self.outputs = outputs
    self.completion = completion
    owner = RunOwner(hasPermit: ownerHasPermit)
    priority = options.priority
    cancellation = options.cancellation
    monitor = options.monitor
    tasks = RunTasks(graph, order: order, outputs: outputs)
    memory = pool.memory.map { [tasks] in RunMemory($0, tasks, graph.layers) }
    let slotCount = min(pool.threads, order.count)
    let log = options.monitor?.runBegan(graph, order: order, outputs: outputs, slots: slotCount)
    self.log = log
    let failure = RunFailure()
    self.failure = failure
    let tops = SlotTops(count: slotCount)
    self.tops = tops
    slots = (0..<slotCount).map { index in
      let current = RunSlot.Current()
      let token = CancellationToken(parent: options.cancellation) { current.priority > failure.limit }
      return RunSlot(top: tops[index], current: current, token: token, log: log?.slots[index])
    }
    freeSlots = Mutex((0..<slotCount).reversed())
    freeSlotCount = Atomic(slotCount)
  }

  deinit { tops.deallocate() }

  // MARK: Threads

  /// How many threads find work at the start.
  var startWidth: Int { min(slots.count, tasks.sources.count) }

  /// Whether one more thread would find work.
  var wantsWorker: Bool {
    freeSlotCount.load(ordering: .sequentiallyConsistent) > 0 && !isOver.load(ordering: .sequentiallyConsistent)
      && hasWork(besidesHeldBack: true)
  }

  /// Wakes threads for tasks that became ready.
  func wakeHelpers(_ count: Int) {
    pool.wake(wakeOwner() ? count - 1 : count)
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
    let limit = failure.limit
    if tops.lowest(below: limit) != nil { return true }
    let position = nextSource.load(ordering: .sequentiallyConsistent)
    guard position < tasks.sources.count, tasks.sources[position] < limit else { return false }
    return !(besidesHeldBack && heldBack.load(ordering: .sequentiallyConsistent) == .held)
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
      guard best < failure.limit else {
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
        wakeNextHeldBack()
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
}
