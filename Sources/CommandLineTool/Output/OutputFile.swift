import Glibc
import LazyFrame
import TaskGraph

/// Where a command's data goes: standard output, or a file that appears under its name only when it is complete.
///
/// If `finish()` is not called, or a signal ends the program, there is no file. A device or a pipe, such as `/dev/null`, is
/// written to directly.
final class OutputFile {
  private enum Target {
    case standardOutput
    case file(ReplacedFile)
  }

  private let target: Target

  /// - Parameter path: nil and `-` stand for standard output.
  /// - Throws: `FileError` when nothing can be written there.
  init(_ path: String?) throws {
    guard let path, path != "-" else {
      target = .standardOutput
      return
    }
    do throws(SystemError) {
      target = .file(try ReplacedFile(path))
    } catch {
      throw FileError.write(path, error.code)
    }
  }

  deinit {
    if case .file(let file) = target { file.discard() }
  }

  /// Whether a person sees at once what is written.
  var isTerminal: Bool {
    if case .standardOutput = target { return StandardOutput.isTerminal }
    return false
  }

  /// - Throws: `FileError`; for a pipe that nobody reads any more `ClosedPipe`.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    switch target {
    case .standardOutput: try StandardOutput.write(bytes)
    case .file(let file): try naming(file) { () throws(SystemError) in try file.write(bytes) }
    }
  }

  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }

  /// Computes a frame and writes its rows. Returns how many fields of the input were dropped.
  ///
  /// - Parameter whenComputed: called before anything goes to standard output.
  /// - Throws: what computing throws; otherwise as the others.
  @discardableResult
  func write(
    _ frame: LazyFrame, as format: TextFormat, _ options: ComputeOptions = ComputeOptions(),
    whenComputed: () -> Void = {}
  ) throws -> Int {
    if case .file(let file) = target, !file.isDirect {
      return try frame.write(format, to: file, options).droppedFieldCount
    }
    let written = try frame.write(format, options) { bytes in
      whenComputed()
      try write(bytes)
    }
    return written.droppedFieldCount
  }

  /// Gives the complete file its name. Nothing can be written afterwards.
  ///
  /// - Throws: `FileError` when the disk is full after all, and the like.
  func finish() throws {
    guard case .file(let file) = target else { return }
    try naming(file) { () throws(SystemError) in try file.finish() }
  }

  private func naming(_ file: ReplacedFile, _ body: () throws(SystemError) -> Void) throws {
    do { try body() } catch {
      if error.code == EPIPE { throw ClosedPipe() }
      throw FileError.write(file.path, error.code)
    }
  }
}
