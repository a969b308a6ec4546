/// Why a profile could not be written, and what to do about it.
public struct ProfileError: Error, Hashable, Sendable {
  /// What happened, in one line.
  public let message: String
  /// What to do about it, in one line.
  public let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension ProfileError: CustomStringConvertible {
  /// The message, and the hint on a line of its own.
  public var description: String { message + (hint.map { "\n\($0)" } ?? "") }
}
