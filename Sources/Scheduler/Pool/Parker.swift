import Glibc

/// Where one thread sleeps until another wakes it. A wake that comes before the sleep is not lost.
final class Parker: @unchecked Sendable {
  // Safe to share: `isWoken` is only touched while `lock` is held, and the pointers never change.
  private var isWoken = false
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    precondition(pthread_mutex_init(lock, nil) == 0, "The system could not make a lock.")
    precondition(pthread_cond_init(condition, nil) == 0, "The system could not make a condition.")
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(lock)
    condition.deallocate()
    lock.deallocate()
  }

  /// Sleeps until `unpark` was called, once for each call.
  func park() {
    pthread_mutex_lock(lock)
    while !isWoken { pthread_cond_wait(condition, lock) }
    isWoken = false
    pthread_mutex_unlock(lock)
  }

  /// Wakes the thread that parks here, or lets its next `park` return at once.
  func unpark() {
    pthread_mutex_lock(lock)
    isWoken = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(lock)
  }
}
