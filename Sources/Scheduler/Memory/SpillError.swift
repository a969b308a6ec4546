import Glibc

/// Results that had to wait on disk could not.
public struct SpillError: Error, CustomStringConvertible, Sendable {
  /// What happened, and where.
  public let message: String
  /// What can be done about it.
  public let hint: String

  public var description: String { "\(message); \(hint)" }

  init(_ doing: String, folder: String, code: Int32) {
    message = "cannot \(doing) in the spill folder \(folder): \(String(cString: strerror(code)))"
    hint =
      switch code {
      case ENOSPC, EDQUOT, EFBIG: "free some disk, choose another folder, or allow more memory"
      default: "choose a folder that can be written to, or allow more memory"
      }
  }
}
