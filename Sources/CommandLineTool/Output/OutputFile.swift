import Glibc

/// Where a command's data goes: standard output, or a file that appears under its name only when it is complete.
///
/// A file is written beside its final place and renamed by `finish()`, so that nobody ever sees half of it and a failed run
/// leaves what was there before. If `finish()` is not called, or a signal ends the program, the unfinished file is removed.
/// A device or a pipe, such as `/dev/null`, is written to directly.
final class OutputFile {
  private enum Target {
    case standardOutput
    case direct(Int32)
    case unfinished(Int32, UnfinishedFile)
  }

  private let name: String
  private var target: Target

  /// - Parameter path: nil and `-` stand for standard output.
  /// - Throws: `FileError` when nothing can be written there.
  init(_ path: String?) throws {
    guard let path, path != "-" else {
      name = "to standard output"
      target = .standardOutput
      return
    }
    name = path
    target = try OutputFile.open(path)
  }

  deinit {
    switch target {
    case .standardOutput: break
    case .direct(let descriptor): close(descriptor)
    case .unfinished(let descriptor, let file):
      close(descriptor)
      file.remove()
    }
  }

  private static func open(_ path: String) throws -> Target {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw FileError.write(path, errno) }
      if path.hasSuffix("/") { throw FileError("cannot write \(path): it names a folder", hint: "name a file in it") }
      return try unfinished(path, permissions: nil)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      throw FileError.write(path, EISDIR)
    case S_IFREG:
      guard access(path, W_OK) == 0 else { throw FileError.write(path, errno) }
      // A link stays a link, and what it points to is replaced.
      let place = realpath(path, nil)
      defer { free(place) }
      return try unfinished(place.map { String(cString: $0) } ?? path, permissions: status.st_mode & 0o7777)
    default:
      let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileError.write(path, errno) }
      return .direct(descriptor)
    }
  }

  private static func unfinished(_ path: String, permissions: mode_t?) throws -> Target {
    let file = UnfinishedFile(of: path)
    let descriptor = file.create()
    guard descriptor >= 0 else {
      let code = errno
      file.remove()
      throw FileError.write(path, code)
    }
    if let permissions { fchmod(descriptor, permissions) }
    return .unfinished(descriptor, file)
  }

  /// Whether a person sees at once what is written.
  var isTerminal: Bool {
    if case .standardOutput = target { return StandardOutput.isTerminal }
    return false
  }

  /// What a child process is to have as its standard output.
  var descriptor: Int32 {
    switch target {
    case .standardOutput: STDOUT_FILENO
    case .direct(let descriptor), .unfinished(let descriptor, _): descriptor
    }
  }

  /// - Throws: `FileError`; for a pipe that nobody reads any more `ClosedPipe`.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    if case .standardOutput = target { return try StandardOutput.write(bytes) }
    let code = Descriptor.write(bytes, to: descriptor)
    if code == EPIPE { throw ClosedPipe() }
    if code != 0 { throw FileError.write(name, code) }
  }

  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }

  /// Gives the complete file its name. Nothing can be written afterwards.
  ///
  /// - Throws: `FileError` when the disk is full after all, and the like.
  func finish() throws {
    guard case .unfinished(let descriptor, let file) = target else { return }
    // Only now the system says whether everything has arrived.
    guard fsync(descriptor) == 0 else { throw FileError.write(name, errno) }
    guard file.rename() == 0 else { throw FileError.write(name, errno) }
    target = .direct(descriptor)
  }
}
