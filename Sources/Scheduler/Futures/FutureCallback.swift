/// Calls a closure when a future is done.
private final class FutureCallback: FutureObserver {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }

  func futureIsDone(_ task: FutureTask, tag: Int, _ work: inout FutureWork) { body() }
}

extension FutureTask {
  /// Calls a closure, which must be quick, once the task is done: in the thread that ends it, or at once.
  func whenDone(_ body: @escaping @Sendable () -> Void) {
    if !observe(FutureCallback(body), tag: 0) { body() }
  }
}
