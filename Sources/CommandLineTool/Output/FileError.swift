import TaskGraph

/// A file could not be written.
struct FileError: Error, Equatable {
  let message: String
  let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// - Parameter code: the system's error number.
  static func write(_ name: String, _ code: Int32) -> FileError {
    let error = SystemError(code)
    return FileError(
      "cannot write \(name): \(error.text)",
      hint: error.hint(writing: name, example: "result.csv"))
  }
}

/// Whoever read our standard output has gone. The program ends quietly.
struct ClosedPipe: Error {}
