import Glibc

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
    let hint: String? =
      switch code {
      case ENOSPC: "make room on the disk, or write elsewhere with --output FILE"
      case EACCES, EROFS: "write elsewhere with --output FILE"
      case ENOENT: "make the folder first"
      default: nil
      }
    return FileError("cannot write \(name): \(systemText(code))", hint: hint)
  }

  /// The system's text for an error number, in lower case as in our own messages.
  static func systemText(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

/// Whoever read our standard output has gone. The program ends quietly.
struct ClosedPipe: Error {}
