import Glibc

/// A thread of our own, with a stack of 8 MB whatever the program's limits are.
struct PoolThread {
  private let handle: pthread_t

  /// Starts a thread.
  ///
  /// - Returns: `nil` when the system gives no further thread.
  init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let box = Unmanaged.passRetained(Body(body))
    var handle = pthread_t()
    let status = pthread_create(
      &handle, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      return nil
    }
    self.handle = handle
  }

  /// Waits until the thread has ended.
  func join() {
    pthread_join(handle, nil)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

extension PoolThread {
  /// A mark on the threads that run a pool's tasks, among them the one that called `run`.
  private static let mark: pthread_key_t = {
    var key = pthread_key_t()
    precondition(pthread_key_create(&key, nil) == 0, "The system has no thread-local key left for the thread pool.")
    return key
  }()

  /// Whether the calling thread runs a pool's tasks at the moment.
  static var isCurrent: Bool { pthread_getspecific(mark) != nil }

  /// Runs the body with the calling thread marked as running a pool's tasks.
  static func asCurrent(_ body: () -> Void) {
    pthread_setspecific(mark, UnsafeRawPointer(bitPattern: 1))
    body()
    pthread_setspecific(mark, nil)
  }
}
