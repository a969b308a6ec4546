/// Why a graph cannot be built, written or read, where in it, and what to do about it.
public struct GraphError: Error, Sendable {
  /// The kind of failure, for programs.
  public struct Code: Hashable, Sendable {
    let name: String

    /// Tasks wait for each other's results.
    public static let cycle = Code(name: "cycle")
    /// A task needs the result of a task that does not exist.
    public static let missingInput = Code(name: "missingInput")
    /// Two tasks have the same name.
    public static let duplicateName = Code(name: "duplicateName")
    /// An operation cannot be written as data.
    public static let notEncodable = Code(name: "notEncodable")
    /// A text is no JSON.
    public static let malformedJSON = Code(name: "malformedJSON")
    /// A text is JSON of something else, or of another version of the format.
    public static let unsupportedFormat = Code(name: "unsupportedFormat")
    /// A text has the right format, but does not describe a graph.
    public static let invalidGraph = Code(name: "invalidGraph")
    /// An operation that this program does not know cannot be run.
    public static let unknownOperation = Code(name: "unknownOperation")
  }

  /// The kind of failure.
  public let code: Code
  /// What happened and where, in one line.
  public let message: String
  /// What to do about it, in one line.
  public let hint: String?

  init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension GraphError: CustomStringConvertible {
  /// The message, and the hint on a line of its own.
  public var description: String {
    message + (hint.map { "\n\($0)" } ?? "")
  }
}
