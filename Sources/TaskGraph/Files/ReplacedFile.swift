import Glibc
import Synchronization

/// A file that appears under its name only when it is complete, or stays what it was.
///
/// It is written beside its place and renamed by `finish()`. A link stays a link, and what it points to is replaced; a file
/// keeps its permissions. A device or a pipe is written to directly. A file that is not finished is removed by `discard()`,
/// with its last reference, or by `UnfinishedPaths.removeAll()`.
package final class ReplacedFile: Sendable {
  /// Takes the next bytes of the file.
  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  /// How the file is called in messages.
  package let path: String
  /// The open file.
  package let descriptor: Int32
  /// Nil where nothing is replaced.
  private let unfinished: Unfinished?
  /// Whether it has its name, or is removed.
  private let isSettled = Atomic(false)

  private struct Unfinished: Sendable {
    let path: String
    /// The final place.
    let place: String
    /// Among the `UnfinishedPaths`.
    let slot: Int?
  }

  /// - Throws: `SystemError` when nothing can be written there.
  package init(_ path: String) throws(SystemError) {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw SystemError(errno) }
      // Of a link to nothing nobody knows what it should become.
      if path.isEmpty || lstat(path, &status) == 0 { throw SystemError(ENOENT) }
      if path.hasSuffix("/") { throw SystemError(EISDIR) }
      (descriptor, unfinished) = try ReplacedFile.open(replacing: path, permissions: nil)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard access(path, W_OK) == 0 else { throw SystemError(errno) }
      let place = realpath(path, nil)
      defer { free(place) }
      (descriptor, unfinished) = try ReplacedFile.open(
        replacing: place.map { String(cString: $0) } ?? path, permissions: status.st_mode & 0o7777)
    case S_IFDIR:
      throw SystemError(EISDIR)
    default:
      descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
      unfinished = nil
      guard descriptor >= 0 else { throw SystemError(errno) }
    }
  }

  private static func open(
    replacing place: String, permissions: mode_t?
  ) throws(SystemError) -> (Int32, Unfinished) {
    let path = ReplacedFile.unfinishedPath(beside: place)
    let slot = UnfinishedPaths.add(path)
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let code = errno
      slot.map(UnfinishedPaths.remove)
      throw SystemError(code)
    }
    if let permissions { fchmod(descriptor, permissions) }
    return (descriptor, Unfinished(path: path, place: place, slot: slot))
  }

  /// A hidden name in the same folder that nothing has.
  package static func unfinishedPath(beside place: String) -> String {
    let folderEnd = place.lastIndex(of: "/").map { place.index(after: $0) } ?? place.startIndex
    let number = UInt64.random(in: 0...UInt64.max)
    return String(place[..<folderEnd]) + ".lazyframe-\(String(number, radix: 36)).part"
  }

  deinit {
    close(descriptor)
    discard()
    unfinished?.slot.map(UnfinishedPaths.remove)
  }

  /// Whether it is a device or a pipe: what was written there cannot be taken back.
  package var isDirect: Bool { unfinished == nil }

  /// - Throws: `SystemError`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    try SystemError.writeAll(bytes, to: descriptor)
  }

  /// Forgets what was written.
  ///
  /// - Throws: `SystemError`.
  package func restart() throws(SystemError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError(errno) }
  }

  /// Gives the complete file its name. Nothing can be written afterwards.
  ///
  /// - Throws: `SystemError` when the disk is full after all, and the like.
  package func finish() throws(SystemError) {
    guard let unfinished else { return }
    // Only now the system says whether everything has arrived.
    guard fsync(descriptor) == 0, rename(unfinished.path, unfinished.place) == 0 else { throw SystemError(errno) }
    isSettled.store(true, ordering: .releasing)
  }

  /// Removes the file if it is not finished. The last reference may be that of a thread which is still tidying up after a run.
  package func discard() {
    guard let unfinished, !isSettled.exchange(true, ordering: .acquiringAndReleasing) else { return }
    unlink(unfinished.path)
  }

  /// Writes a whole file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - content: Writes the file, piece by piece.
  /// - Throws: `SystemError`, or what `content` throws.
  package static func write(_ path: String, content: (@escaping Sink) throws -> Void) throws {
    let file = try ReplacedFile(path)
    defer { file.discard() }
    try content { try file.write($0) }
    try file.finish()
  }
}

extension SystemError {
  /// Writes all bytes to an open file.
  ///
  /// - Throws: `SystemError`.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      if count >= 0 { written += count } else if errno != EINTR { throw SystemError(errno) }
    }
  }
}
