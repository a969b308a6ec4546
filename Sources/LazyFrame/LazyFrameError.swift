import Columnar

/// Why a query cannot be run, where in it, and what to do about it.
public struct LazyFrameError: Error, Sendable {
  /// The kind of failure, for programs.
  public struct Code: Hashable, Sendable {
    let name: String

    /// The text of an expression cannot be parsed.
    public static let syntax = Code(name: "syntax")
    /// An argument of a verb makes no sense, such as a negative number of rows.
    public static let argument = Code(name: "argument")
    /// A column does not exist.
    public static let unknownColumn = Code(name: "unknownColumn")
    /// A function does not exist.
    public static let unknownFunction = Code(name: "unknownFunction")
    /// An operation does not apply to a type.
    public static let type = Code(name: "type")
    /// Two results would have the same name.
    public static let duplicateName = Code(name: "duplicateName")
    /// A key has several rows where a join expects one.
    public static let duplicateKey = Code(name: "duplicateKey")
    /// An expression stands where its kind makes no sense, such as an aggregate in a filter.
    public static let misplaced = Code(name: "misplaced")
    /// A join gives more rows than may be in memory.
    public static let tooManyRows = Code(name: "tooManyRows")
    /// A number does not fit its type.
    public static let overflow = Code(name: "overflow")
    /// A value has no equal in the type that it is cast to.
    public static let cast = Code(name: "cast")
    /// A regular expression cannot be read, or takes too long; or a format of dates cannot be read.
    public static let pattern = Code(name: "pattern")
    /// A text is not of the form that was asked for.
    public static let format = Code(name: "format")
    /// A library is not installed; the hint names its package.
    public static let missingLibrary = Code(name: "missingLibrary")
    /// The engine does not do this yet.
    public static let unsupported = Code(name: "unsupported")
    /// A file cannot be written.
    public static let output = Code(name: "output")
    /// Rows cannot be turned into what was asked for.
    public static let decoding = Code(name: "decoding")
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, in one line.
  public let message: String
  /// What to do about it, in one line.
  public let hint: String?
  /// The place in the text that the expression was parsed from, if it was.
  public var span: SourceSpan?
  /// The expression that it is about, where that is known and there is no text to point into.
  public package(set) var expression: String?

  package init(_ code: Code, _ message: String, hint: String? = nil, span: SourceSpan? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.span = span
  }
}

extension LazyFrameError: CustomStringConvertible {
  /// The message with the expression that it is about, and the hint on a line of its own.
  public var description: String { report + (hint.map { "\n\($0)" } ?? "") }

  /// The message with the expression that it is about.
  package var report: String { message + (expression.map { ", in \($0)" } ?? "") }

  /// The same with the expression that the user wrote in place of one with names that the resolver made up.
  func about(written expression: Expression) -> LazyFrameError {
    var error = self
    if self.expression != nil { error.expression = expression.description }
    return error
  }

  /// Says what it is about, if it does not do so already.
  package func about(_ expression: @autoclosure () -> String) -> LazyFrameError {
    guard self.expression == nil, span == nil else { return self }
    let text = expression()
    // Whole pages tell nobody anything.
    guard !message.contains(text), text.utf8.count <= 200 else { return self }
    var error = self
    error.expression = text
    return error
  }
}
