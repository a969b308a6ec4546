import Glibc

/// A file that appears under its name only when it is complete, or stays what it was.
///
/// It is written beside its place and renamed. A link stays a link, and what it points to is replaced; a file keeps its
/// permissions. A device or a pipe is written to directly.
package enum ReplacedFile {
  /// Takes the next bytes of the file.
  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  /// - Parameter content: Writes the file, piece by piece.
  /// - Throws: `SystemError`, or what `content` throws.
  package static func write(_ path: String, content: (@escaping Sink) throws -> Void) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw SystemError(errno) }
      return try write(replacing: path, permissions: nil, content)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard access(path, W_OK) == 0 else { throw SystemError(errno) }
      let place = realpath(path, nil)
      defer { free(place) }
      try write(
        replacing: place.map { String(cString: $0) } ?? path, permissions: status.st_mode & 0o7777, content)
    case S_IFDIR:
      throw SystemError(EISDIR)
    default:
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw SystemError(errno) }
      defer { close(descriptor) }
      try content { try write($0, to: descriptor) }
    }
  }

  private static func write(
    replacing place: String, permissions: mode_t?, _ content: (@escaping Sink) throws -> Void
  ) throws {
    let folderEnd = place.lastIndex(of: "/").map { place.index(after: $0) } ?? place.startIndex
    let number = UInt64.random(in: 0...UInt64.max)
    let unfinished = String(place[..<folderEnd]) + ".lazyframe-\(String(number, radix: 36)).part"
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemError(errno) }
    defer { close(descriptor) }
    do {
      if let permissions { fchmod(descriptor, permissions) }
      try content { try write($0, to: descriptor) }
      // Only now the system says whether everything has arrived.
      guard fsync(descriptor) == 0, rename(unfinished, place) == 0 else { throw SystemError(errno) }
    } catch {
      unlink(unfinished)
      throw error
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      if count >= 0 { written += count } else if errno != EINTR { throw SystemError(errno) }
    }
  }
}
