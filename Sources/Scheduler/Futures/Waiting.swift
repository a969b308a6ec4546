/// The results of futures, in their order. Blocks the calling thread; see `Future.result()` about tasks that wait.
///
/// - Throws: The error of the first future in the list that failed or was cancelled, however they are timed; the later ones
///   go on.
/// - Complexity: O(futures).
public func gather<Value: Sendable>(_ futures: some Sequence<Future<Value>>) throws -> [Value] {
  try futures.map { try $0.result() }
}

/// Futures in the order in which they are done. Those that are done already come first, in the order of the list.
public func asCompleted<Value: Sendable>(_ futures: some Sequence<Future<Value>>) -> CompletedFutures<Value> {
  CompletedFutures(futures: Array(futures))
}

/// What to wait for.
public enum WaitCondition: Sendable, Hashable {
  /// All futures are done.
  case all
  /// One future is done.
  case first
  /// One future has failed or was cancelled, or all are done.
  case firstFailure
}

/// Waits until futures are done. Blocks the calling thread; see `Future.result()` about tasks that wait.
///
/// - Parameters:
///   - futures: What to wait for.
///   - condition: How many of them.
///   - timeout: When to give up; nil for never. A thread of a pool, which helps meanwhile, looks at the time between the tasks that
///     it runs.
/// - Returns: The futures that are done when the wait is over and those that are not, both in the order of the list.
public func wait<Value: Sendable>(
  _ futures: some Sequence<Future<Value>>, for condition: WaitCondition = .all, timeout: Duration? = nil
) -> (done: [Future<Value>], pending: [Future<Value>]) {
  let futures = Array(futures)
  let deadline = timeout.map(monotonicTime(after:))
  let waiter = FutureWaiter(futures.map(\.task))
  defer { waiter.end() }
  for _ in futures {
    guard let position = waiter.next(until: deadline) else { break }
    if condition == .first { break }
    if condition == .firstFailure, futures[position].state != .finished { break }
  }
  var done: [Future<Value>] = []
  var pending: [Future<Value>] = []
  for future in futures {
    if future.isDone { done.append(future) } else { pending.append(future) }
  }
  return (done, pending)
}

private func monotonicTime(after timeout: Duration) -> UInt64 {
  let (seconds, attoseconds) = timeout.components
  let limit: Int64 = 1 << 32
  let nanoseconds = UInt64(max(0, min(seconds, limit))) * 1_000_000_000 + UInt64(max(0, attoseconds)) / 1_000_000_000
  return monotonicNanoseconds() + nanoseconds
}
