import Glibc
import TaskGraph

/// Results that had to wait on disk could not.
public struct SpillError: Error, CustomStringConvertible, Sendable {
  /// What happened, and where.
  public let message: String
  /// What can be done about it.
  public let hint: String

  /// The message, and the hint on a line of its own.
  public var description: String { "\(message)\n\(hint)" }

  /// A result could not write itself.
  init(writing type: Any.Type, _ error: any Error) {
    message = "a result of the type \(type) cannot be written to the spill file: \(error)"
    hint = "mend its write(to:), or allow more memory"
  }

  /// A result could not be made again of what it has written.
  init(reading type: Any.Type, _ error: any Error) {
    message = "a result of the type \(type) cannot be read back from the spill file: \(error)"
    hint = "mend its init(reading:), or allow more memory"
  }

  init(_ doing: String, folder: String, code: Int32) {
    message = "cannot \(doing) in the spill folder \(folder): \(SystemError(code).text)"
    hint =
      switch code {
      case ENOSPC, EDQUOT, EFBIG: "free some disk, choose another folder, or allow more memory"
      default: "choose a folder that can be written to, or allow more memory"
      }
  }
}
