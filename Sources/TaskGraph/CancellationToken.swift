import Synchronization

/// A flag that asks work to stop. It is set once, from any thread or a signal handler, and stays set.
///
/// A token made with a parent is also cancelled when the parent is; cancelling it leaves the parent alone.
public final class CancellationToken: Sendable {
  private let flag = Atomic(false)
  private let parent: CancellationToken?
  private let condition: (@Sendable () -> Bool)?

  /// Makes a token that is not cancelled.
  public init() {
    parent = nil
    condition = nil
  }

  /// Makes a token that is cancelled with its parent, or alone.
  public init(parent: CancellationToken) {
    self.parent = parent
    condition = nil
  }

  /// Makes a token that is cancelled with its parent, alone, or for as long as a condition holds.
  package init(parent: CancellationToken, while condition: @escaping @Sendable () -> Bool) {
    self.parent = parent
    self.condition = condition
  }

  /// Asks the work to stop. Returns at once; has no effect on a token that is already cancelled.
  public func cancel() {
    flag.store(true, ordering: .releasing)
  }

  /// Whether the work should stop. Costs a load of one byte for the token and for each parent.
  public var isCancelled: Bool {
    if flag.load(ordering: .acquiring) { return true }
    return parent?.isCancelled ?? false || condition?() ?? false
  }

  /// Throws when the work should stop.
  ///
  /// - Throws: `CancelledError`.
  public func checkCancelled() throws(CancelledError) {
    if isCancelled { throw CancelledError() }
  }
}
