import Synchronization
import TaskGraph

/// The place of one thread in a run: what is ready on its side, and what it does.
final class RunSlot: @unchecked Sendable {
  // Safe to share: what `local` points to is touched only by the thread that has the slot at the moment; who gets the slot
  // after it has taken it from behind a lock. The rest is atomic, behind a lock, or never changes.

  /// No task.
  static let none = UInt32.max

  /// Tasks that became ready on this side, for this thread or one that has nothing to do.
  private let queue = Mutex(ReadyQueue())
  /// The lowest priority in `queue`, to look at without the lock. Belongs to the run, side by side with those of others.
  private let top: UnsafeMutablePointer<Atomic<UInt32>>

  /// What the thread runs.
  let current: Current
  /// Is given to the tasks that run here.
  let token: CancellationToken
  let log: SlotLog?
  /// What is the thread's own. Behind a pointer, since to look at a property of a class takes longer than to run a task.
  let local: UnsafeMutablePointer<Local>

  struct Local {
    /// A task that became ready here and is not in `queue` yet.
    var next = RunSlot.none
    /// The tasks that were done here.
    var completed = 0
    /// The layer of the last task: the next one is mostly of the same.
    var layer = 0
    var memory = SlotMemory()
    /// The bytes that were counted beforehand for the task that runs.
    var reserved = 0
  }

  /// The priority of the task that a thread runs; 0 when there is none.
  final class Current: Sendable {
    private let stored = Atomic<UInt32>(0)
    var priority: UInt32 {
      get { stored.load(ordering: .relaxed) }
      set { stored.store(newValue, ordering: .relaxed) }
    }
  }

  init(top: UnsafeMutablePointer<Atomic<UInt32>>, current: Current, token: CancellationToken, log: SlotLog?) {
    self.top = top
    self.current = current
    self.token = token
    self.log = log
    local = .allocate(capacity: 1)
    local.initialize(to: Local())
  }

  deinit { local.deallocate() }

  /// Makes a task visible for all threads.
  func push(_ priority: UInt32) {
    queue.withLock { queue in
      queue.insert(priority)
      top.pointee.store(queue.first ?? RunSlot.none, ordering: .sequentiallyConsistent)
    }
  }

  /// Takes a task out, if the lowest priority is still the one that was seen.
  func pop(_ priority: UInt32) -> Bool {
    queue.withLock { queue in
      guard queue.first == priority else { return false }
      _ = queue.removeFirst()
      top.pointee.store(queue.first ?? RunSlot.none, ordering: .sequentiallyConsistent)
      return true
    }
  }
}

/// The lowest priority in the queue of each slot, each in a cache line of its own.
struct SlotTops {
  private static let stride = 64 / MemoryLayout<UInt32>.stride

  private let storage: UnsafeMutablePointer<Atomic<UInt32>>
  let count: Int

  init(count: Int) {
    self.count = count
    storage = .allocate(capacity: count * Self.stride)
    for slot in 0..<count { (storage + slot * Self.stride).initialize(to: Atomic(RunSlot.none)) }
  }

  func deallocate() { storage.deallocate() }

  subscript(slot: Int) -> UnsafeMutablePointer<Atomic<UInt32>> { storage + slot * Self.stride }

  /// The slot with the lowest priority, if it is lower than `bound`.
  func lowest(below bound: UInt32) -> (slot: Int, priority: UInt32)? {
    var found: (slot: Int, priority: UInt32)?
    for slot in 0..<count {
      let top = self[slot].pointee.load(ordering: .sequentiallyConsistent)
      if top < found?.priority ?? bound { found = (slot, top) }
    }
    return found
  }
}
