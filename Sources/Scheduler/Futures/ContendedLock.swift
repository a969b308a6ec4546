import Glibc

/// A lock for what many threads want at once and hold for a moment.
///
/// The standard library's `Mutex` is handed to the thread that has waited longest, at the cost of a switch of threads each
/// time. Seven threads on two processors, that take futures which do nothing from one queue, need 28 us of processor time for
/// each with it, and 1.5 us with this one.
final class ContendedLock<Value>: @unchecked Sendable {
  // Safe to share: the value is only touched while the lock is held, and the pointer never changes.
  private var value: Value
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init(_ value: sending Value) {
    self.value = value
    precondition(pthread_mutex_init(lock, nil) == 0, "The system could not make a lock.")
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body(&value)
  }
}
