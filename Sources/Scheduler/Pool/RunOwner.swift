import Synchronization

/// Where the thread that asked for a run sleeps while it can do nothing for it.
final class RunOwner: Sendable {
  /// Whether the thread has a permit of the pool even while it sleeps, because it is inside a task.
  let hasPermit: Bool

  private let parker = Parker()
  private let sleeps = Atomic(false)

  init(hasPermit: Bool) {
    self.hasPermit = hasPermit
  }

  /// Sleeps until somebody calls `wake`.
  ///
  /// - Parameter hasReason: Whether there is something to do after all; asked when others can see already that the thread
  ///   sleeps, so that of two who look at the same time at least one sees the other.
  func sleep(unless hasReason: () -> Bool) {
    sleeps.store(true, ordering: .sequentiallyConsistent)
    // Whoever has called in between leaves a wake behind, which must not end a later sleep.
    if hasReason(), sleeps.exchange(false, ordering: .sequentiallyConsistent) { return }
    parker.park()
  }

  /// Wakes the thread.
  ///
  /// - Returns: Whether it was asleep.
  func wake() -> Bool {
    guard sleeps.load(ordering: .sequentiallyConsistent), sleeps.exchange(false, ordering: .sequentiallyConsistent)
    else { return false }
    parker.unpark()
    return true
  }
}
