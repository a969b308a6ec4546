/// A future has failed and was tried again, in vain.
public struct RetryError: Error, CustomStringConvertible {
  /// How often it was tried in all.
  public let attempts: Int

  /// The error of the last time.
  public let cause: any Error

  /// Makes the error.
  public init(attempts: Int, cause: any Error) {
    self.attempts = attempts
    self.cause = cause
  }

  public var description: String { "tried \(attempts) times; the last time: \(cause)" }
}
