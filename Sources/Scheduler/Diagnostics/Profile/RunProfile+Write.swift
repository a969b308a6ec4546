import TaskGraph

extension RunProfile {
  /// Writes the profile to a file: a report if its name ends in `.html`, a trace for Chrome and Perfetto if in `.json`.
  ///
  /// What was there before is replaced when the file is complete.
  ///
  /// - Throws: `ProfileError` for another ending, or when the file cannot be written.
  public func write(toFile path: String) throws {
    let format = try ProfileFormat(path: path)
    do {
      try ReplacedFile.write(path) { sink in try write(format, to: sink) }
    } catch let error as SystemError {
      throw ProfileError(
        "cannot write \(path): \(error.text)", hint: error.hint(writing: path, example: "profile.html"))
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
}
