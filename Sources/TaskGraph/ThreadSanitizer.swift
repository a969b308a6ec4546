#if SANITIZE_THREAD
  import Glibc

  /// Stands in for the standard library's lock of this name in builds for the thread sanitizer (`make sanitize`).
  ///
  /// The sanitizer watches the locks of the C library, but does not see through the standard library's, and would take all
  /// that happens behind those for races. The file is linked into each module that has a lock.
  struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    // Safe to share: the value is only touched while the lock is held, and the pointers never change.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let value = UnsafeMutablePointer<Value>.allocate(capacity: 1)

    init(_ initialValue: consuming sending Value) {
      precondition(pthread_mutex_init(lock, nil) == 0, "The system could not make a lock.")
      value.initialize(to: initialValue)
    }

    deinit {
      pthread_mutex_destroy(lock)
      lock.deallocate()
      value.deinitialize(count: 1)
      value.deallocate()
    }

    borrowing func withLock<Result: ~Copyable, Failure: Error>(
      _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
      pthread_mutex_lock(lock)
      defer { pthread_mutex_unlock(lock) }
      return try body(&value.pointee)
    }
  }
#endif
