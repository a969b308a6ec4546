import Glibc

/// The bytes of a file, which can be read at any offset, by any thread.
///
/// Bytes are read with `pread`, not mapped: a file that shrinks while it is read then gives an error and not a signal,
/// and the pages that were read do not count as the process's memory.
final class RawFile: Sendable {
  let path: String
  private let descriptor: Int32
  let identity: FileIdentity

  /// Opens `path` and notes its size and time of change.
  ///
  /// - Throws: `CSVError` when it is missing, a folder, or not readable.
  init(path: String) throws {
    self.path = path
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw RawFile.openError(path, errno) }
    do {
      identity = try RawFile.identify(descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    close(descriptor)
  }

  var size: Int { identity.size }

  /// Fills `target` from `offset` on. Returns fewer bytes than asked only at the file's end.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    var filled = 0
    while filled < target.count, let base = target.baseAddress {
      let count = pread(descriptor, base + filled, target.count - filled, off_t(offset + filled))
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw CSVError(.unreadable, "cannot read: \(describe(errno))", file: path)
      }
      filled += count
    }
    let expected = min(target.count, max(0, size - offset))
    if filled < expected {
      throw CSVError(
        .changed, "the file shrank while it was read (\(expected - filled) bytes are gone at byte \(offset + filled))",
        file: path, hint: "run again when nothing writes to the file")
    }
    return min(filled, expected)
  }

  /// - Throws: `CSVError` when the file now differs from what `expected` says.
  func check(_ expected: FileIdentity) throws {
    let now = try RawFile.identify(descriptor, path)
    guard now != expected else { return }
    let change = now.size == expected.size ? "was rewritten" : "changed from \(expected.size) to \(now.size) bytes"
    throw CSVError(
      .changed, "the file \(change) while it was read", file: path, hint: "run again when nothing writes to the file")
  }

  private static func identify(_ descriptor: Int32, _ path: String) throws -> FileIdentity {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw CSVError(.unreadable, "cannot read: \(describe(errno))", file: path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR:
      throw CSVError(
        .unreadable, "is a folder, not a file", file: path, hint: "name its files with a pattern: '\(path)/*.csv'")
    default:
      throw CSVError(
        .unreadable, "is not a regular file, so its parts cannot be read in parallel", file: path,
        hint: "write it to a file first")
    }
    return FileIdentity(
      size: Int(status.st_size), changedSeconds: Int(status.st_mtim.tv_sec),
      changedNanoseconds: Int(status.st_mtim.tv_nsec), inode: UInt64(status.st_ino))
  }

  private static func openError(_ path: String, _ code: Int32) -> CSVError {
    switch code {
    case ENOENT: CSVError(.unreadable, "no such file", file: path)
    case EACCES:
      CSVError(.unreadable, "no permission to read it", file: path, hint: "see its rights with: ls -l '\(path)'")
    default: CSVError(.unreadable, "cannot open: \(describe(code))", file: path)
    }
  }
}

/// What tells one state of a file from another.
public struct FileIdentity: Sendable, Hashable, Codable {
  /// How many bytes the file has.
  public let size: Int
  let changedSeconds: Int
  let changedNanoseconds: Int
  let inode: UInt64
}

/// The system's text for an error number.
func describe(_ code: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
