import Glibc

/// A state behind a lock, and a way to sleep until it has changed.
///
/// A `Mutex` cannot be waited on, so this is POSIX's pair of a lock and a condition.
final class Monitor<State: Sendable>: @unchecked Sendable {
  // Safe to share: `state` is only touched while `lock` is held, and the pointers never change.
  private var state: State
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ state: State) {
    self.state = state
    precondition(pthread_mutex_init(lock, nil) == 0, "The system could not make a lock.")
    precondition(pthread_cond_init(condition, nil) == 0, "The system could not make a condition.")
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(lock)
    condition.deallocate()
    lock.deallocate()
  }

  /// Runs the body with the state to itself.
  func withLock<Value>(_ body: (inout State) -> Value) -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body(&state)
  }

  /// Runs the body until it gives a value, and sleeps until it is woken after each time that it does not.
  func wait<Value>(for body: (inout State) -> Value?) -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let value = body(&state) { return value }
      pthread_cond_wait(condition, lock)
    }
  }

  /// Wakes one of the threads that wait.
  func wakeOne() { pthread_cond_signal(condition) }

  /// Wakes all threads that wait.
  func wakeAll() { pthread_cond_broadcast(condition) }
}
