/// Why a picture of a graph could not be made, and what to do about it.
public struct PictureError: Error, Hashable, Sendable {
  /// The kind of failure, for programs.
  public struct Code: Hashable, Sendable {
    let name: String

    /// The ending of the file's name does not say what to write.
    public static let unknownEnding = Code(name: "unknownEnding")
    /// Graphviz is not installed.
    public static let missingProgram = Code(name: "missingProgram")
    /// Graphviz could not be run, or failed.
    public static let failedProgram = Code(name: "failedProgram")
    /// The file cannot be written.
    public static let unwritable = Code(name: "unwritable")
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, in one line.
  public let message: String
  /// What to do about it, in one line.
  public let hint: String?

  init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension PictureError: CustomStringConvertible {
  /// The message, and the hint on a line of its own.
  public var description: String {
    message + (hint.map { "\n\($0)" } ?? "")
  }
}
