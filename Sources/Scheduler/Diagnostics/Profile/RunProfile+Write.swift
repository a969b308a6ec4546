import Glibc

extension RunProfile {
  /// Writes the profile to a file: a report if its name ends in `.html`, a trace for Chrome and Perfetto if in `.json`.
  ///
  /// What was there before is overwritten.
  ///
  /// - Throws: `ProfileError` for another ending, or when the file cannot be written.
  public func write(toFile path: String) throws {
    let format = try ProfileFormat(path: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw RunProfile.failure(path, errno) }
    defer { close(descriptor) }
    try write(format) { piece in
      var written = 0
      while written < piece.count {
        let count = Glibc.write(descriptor, piece.baseAddress?.advanced(by: written), piece.count - written)
        if count >= 0 { written += count } else if errno != EINTR { throw RunProfile.failure(path, errno) }
      }
    }
  }

  /// Writes the profile in pieces, wherever they go.
  ///
  /// - Parameters:
  ///   - format: How it is written.
  ///   - sink: Is given one piece after the other.
  /// - Throws: What the sink throws.
  public func write(_ format: ProfileFormat, to sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    switch format {
    case .report: try writeReport(to: sink)
    default: try writeChromeTrace(to: sink)
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> ProfileError {
    let hint: String? =
      switch code {
      case ENOSPC: "make room on the disk, or write elsewhere"
      case EACCES, EROFS: "write elsewhere"
      case ENOENT: "make the folder first"
      case EISDIR: "name a file in it: \(path)/profile.html"
      default: nil
      }
    let reason = String(cString: strerror(code))
    return ProfileError("cannot write \(path): \(reason.prefix(1).lowercased() + reason.dropFirst())", hint: hint)
  }
}
