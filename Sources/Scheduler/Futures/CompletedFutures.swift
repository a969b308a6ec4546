import Synchronization

/// Futures in the order in which they are done. To be made by `asCompleted`.
///
/// To go through it blocks the calling thread until the next future is done, and helps as `Future.result()` does. Each
/// iteration starts anew.
public struct CompletedFutures<Value: Sendable>: Sequence, Sendable {
  let futures: [Future<Value>]

  public func makeIterator() -> Iterator { Iterator(futures) }

  public var underestimatedCount: Int { futures.count }

  /// The same as an asynchronous sequence, which blocks no thread.
  public var async: AsyncStream<Future<Value>> {
    AsyncStream { continuation in
      if futures.isEmpty { continuation.finish() }
      let remaining = Mutex(futures.count)
      for future in futures {
        future.task.whenDone {
          continuation.yield(future)
          let isLast = remaining.withLock { count in
            count -= 1
            return count == 0
          }
          if isLast { continuation.finish() }
        }
      }
    }
  }

  /// Waits for one future after the other.
  public final class Iterator: IteratorProtocol {
    private let futures: [Future<Value>]
    private let waiter: FutureWaiter
    private var remaining: Int

    fileprivate init(_ futures: [Future<Value>]) {
      self.futures = futures
      waiter = FutureWaiter(futures.map(\.task))
      remaining = futures.count
    }

    deinit { waiter.end() }

    public func next() -> Future<Value>? {
      if remaining == 0 { return nil }
      remaining -= 1
      return waiter.next().map { futures[$0] }
    }
  }
}
