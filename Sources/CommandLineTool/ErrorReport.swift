import LazyFrame
import TaskGraph

/// What the user is told about an error: a line that says what and where, the place where it helps, what to do; and the
/// exit status.
struct ErrorReport: Equatable {
  /// The work failed.
  static let failure: Int32 = 1
  /// The words of the command line were wrong.
  static let usage: Int32 = 2

  let text: String
  let status: Int32

  private init(_ message: String, place: String? = nil, hint: String? = nil, status: Int32) {
    var text = "lazyframe: \(message)\n"
    if let place { text += place.split(separator: "\n").map { "  \($0)\n" }.joined() }
    if let hint { text += hint + "\n" }
    self.text = text
    self.status = status
  }

  init(_ error: any Error) {
    switch error {
    case let error as UsageError: self.init(error.message, hint: error.hint, status: ErrorReport.usage)
    case let error as ExpressionError:
      self.init(
        "\(error.option): \(error.cause.message)", place: error.cause.placed(in: error.text), hint: error.cause.hint,
        status: ErrorReport.usage)
    case let error as CSVError:
      self.init(
        ErrorReport.message(error), hint: error.hint,
        status: error.code == .badOption ? ErrorReport.usage : ErrorReport.failure)
    case let error as LazyFrameError: self.init(error.report, hint: error.hint, status: ErrorReport.failure)
    case let error as FileError: self.init(error.message, hint: error.hint, status: ErrorReport.failure)
    case let error as SpillError: self.init(error.message, hint: error.hint, status: ErrorReport.failure)
    case let error as InvalidDataset: self.init(error.description, status: ErrorReport.usage)
    case let error as TaskError: self.init(task: error)
    default: self.init("\(error)", status: ErrorReport.failure)
    }
  }

  /// Bad data are described by their place; anything else is easier to find with the task's name.
  private init(task error: TaskError) {
    switch error.cause {
    case is CSVError, is LazyFrameError: self.init(error.cause)
    default: self.init("\(error.cause) (task \(error.key))", status: ErrorReport.failure)
    }
  }

  /// `prices.csv, line 12, column volume: what is wrong`.
  private static func message(_ error: CSVError) -> String {
    var place = InputFiles.displayName(error.file)
    if let line = error.line { place += ", line \(line)" }
    if let byte = error.byte { place += ", byte \(byte)" }
    if let column = error.column { place += ", column \(column)" }
    return "\(place): \(error.message)"
  }
}
