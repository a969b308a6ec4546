import Glibc

/// A file without a name: whatever ends the program, the system takes it away, and nothing is ever left over.
package enum NamelessFile {
  /// Where such files are made unless told otherwise: `$TMPDIR`, or `/var/tmp`.
  package static var defaultFolder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp" }

  /// Makes one and returns its descriptor.
  ///
  /// - Throws: `SystemError` when the folder does not take it.
  package static func open(in folder: String) throws(SystemError) -> Int32 {
    // Not every file system can make a file without a name.
    var descriptor = Glibc.open(folder, nameless | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor < 0, errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL {
      var path = Array("\(folder)/lazyframe-XXXXXX".utf8CString)
      descriptor = mkstemp(&path)
      if descriptor >= 0 {
        unlink(path)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      }
    }
    guard descriptor >= 0 else { throw SystemError(errno) }
    return descriptor
  }

  // The C library declares this for GNU sources only, which Swift's module of it is not.
  private static let nameless = 0o20000000 | O_DIRECTORY
}
