import Glibc

/// Where one thread sleeps until another wakes it. A wake that comes before the sleep is not lost.
final class Parker: @unchecked Sendable {
  // Safe to share: `isWoken` is only touched while `lock` is held, and the pointers never change.
  private var isWoken = false
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    precondition(pthread_mutex_init(lock, nil) == 0, "The system could not make a lock.")
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    precondition(pthread_cond_init(condition, &attributes) == 0, "The system could not make a condition.")
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(lock)
    condition.deallocate()
    lock.deallocate()
  }

  /// Sleeps until `unpark` was called, once for each call, or until the deadline, which is a monotonic time.
  func park(until deadline: UInt64? = nil) {
    var time = timespec()
    if let deadline { time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000)) }
    pthread_mutex_lock(lock)
    while !isWoken {
      if deadline == nil {
        pthread_cond_wait(condition, lock)
      } else if pthread_cond_timedwait(condition, lock, &time) == ETIMEDOUT {
        break
      }
    }
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
