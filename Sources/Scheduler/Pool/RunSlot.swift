import Synchronization
import TaskGraph

/// The place of one thread in a run: what is ready on its side, and what it does.
///
/// Everything that is no atomic and no lock is touched only by the thread that has the slot at the moment.
final class RunSlot: @unchecked Sendable {
  /// No task.
  static let none = UInt32.max

  /// Tasks that became ready on this side, for this thread or one that has nothing to do.
  private let queue = Mutex(ReadyQueue())
  /// The lowest priority in `queue`, to look at without the lock.
  let top = Atomic(RunSlot.none)
  /// What the thread runs.
  let current: Current

  /// Is given to the tasks that run here.
  let token: CancellationToken
  let log: SlotLog?

  /// A task that became ready here and is not in `queue` yet.
  var next = RunSlot.none
  /// The tasks that were done here.
  var completed = 0
  /// The layer of the last task: the next one is mostly of the same.
  var layer = 0
  var memory = SlotMemory()
  /// The bytes that were counted beforehand for the task that runs.
  var reserved = 0

  /// The priority of the task that a thread runs; 0 when there is none.
  final class Current: Sendable {
    private let stored = Atomic<UInt32>(0)
    var priority: UInt32 {
      get { stored.load(ordering: .relaxed) }
      set { stored.store(newValue, ordering: .relaxed) }
    }
  }

  init(current: Current, token: CancellationToken, log: SlotLog?) {
    self.current = current
    self.token = token
    self.log = log
  }

  /// Makes a task visible for all threads.
  func push(_ priority: UInt32) {
    queue.withLock { queue in
      queue.insert(priority)
      top.store(queue.first ?? RunSlot.none, ordering: .sequentiallyConsistent)
    }
  }

  /// Takes a task out, if the lowest priority is still the one that was seen.
  func pop(_ priority: UInt32) -> Bool {
    queue.withLock { queue in
      guard queue.first == priority else { return false }
      _ = queue.removeFirst()
      top.store(queue.first ?? RunSlot.none, ordering: .sequentiallyConsistent)
      return true
    }
  }
}
