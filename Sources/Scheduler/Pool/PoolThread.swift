import Glibc

/// A thread of our own, with a stack of 8 MB whatever the program's limits are.
enum PoolThread {
  /// Starts a thread that ends with the body.
  ///
  /// - Returns: Whether the system gave one.
  @discardableResult
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 8 << 20)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let box = Unmanaged.passRetained(Body(body))
    var handle = pthread_t()
    let status = pthread_create(
      &handle, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    if status != 0 { box.release() }
    return status == 0
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static let key = makeKey()
  private static let futureKey = makeKey()

  private static func makeKey() -> pthread_key_t {
    var key = pthread_key_t()
    precondition(pthread_key_create(&key, nil) == 0, "The system has no thread-local key left for the thread pool.")
    return key
  }

  /// Whether the calling thread runs a future that no thread was chosen for. Others like it may wait for the same thread.
  static var isInsideFuture: Bool { pthread_getspecific(futureKey) != nil }

  /// Runs such a future in the calling thread.
  static func runsFuture(_ body: () -> Void) {
    let before = pthread_getspecific(futureKey)
    pthread_setspecific(futureKey, UnsafeRawPointer(bitPattern: 1))
    body()
    pthread_setspecific(futureKey, before)
  }

  /// Runs tasks of a pool in the calling thread.
  static func works(for pool: ThreadPool, _ body: () -> Void) {
    let before = current
    current = pool
    body()
    current = before
  }

  /// The pool for which the calling thread runs tasks at the moment.
  ///
  /// Not retained: who sets it holds the pool until it is set to something else.
  static var current: ThreadPool? {
    get { pthread_getspecific(key).map { Unmanaged<ThreadPool>.fromOpaque($0).takeUnretainedValue() } }
    set { pthread_setspecific(key, newValue.map { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) }) }
  }
}
