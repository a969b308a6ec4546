/// The work was stopped on request, by a `CancellationToken`, before it was complete.
public struct CancelledError: Error, Hashable, CustomStringConvertible {
  /// Makes the error.
  public init() {}

  public var description: String { "the run was cancelled before it was complete" }
}
