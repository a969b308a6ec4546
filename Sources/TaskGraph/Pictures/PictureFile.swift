import Glibc

/// A file that appears under its name only when it is complete, or stays what it was.
///
/// It is written beside its place and renamed. A link stays a link, and what it points to is replaced; a file keeps its
/// permissions. A device or a pipe is written to directly.
struct PictureFile {
  private let path: String

  init(_ path: String) {
    self.path = path
  }

  func write(_ bytes: [UInt8]) throws(PictureError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw failure(errno) }
      return try write(bytes, replacing: path, permissions: nil)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard access(path, W_OK) == 0 else { throw failure(errno) }
      let place = realpath(path, nil)
      defer { free(place) }
      try write(bytes, replacing: place.map { String(cString: $0) } ?? path, permissions: status.st_mode & 0o7777)
    case S_IFDIR:
      throw failure(EISDIR)
    default:
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(errno) }
      defer { close(descriptor) }
      try write(bytes, to: descriptor)
    }
  }

  private func write(_ bytes: [UInt8], replacing place: String, permissions: mode_t?) throws(PictureError) {
    let folderEnd = place.lastIndex(of: "/").map { place.index(after: $0) } ?? place.startIndex
    let number = UInt64.random(in: 0...UInt64.max)
    let unfinished = String(place[..<folderEnd]) + ".picture-\(String(number, radix: 36)).part"
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    do throws(PictureError) {
      if let permissions { fchmod(descriptor, permissions) }
      try write(bytes, to: descriptor)
      // Only now the system says whether everything has arrived.
      guard fsync(descriptor) == 0, rename(unfinished, place) == 0 else { throw failure(errno) }
    } catch {
      unlink(unfinished)
      throw error
    }
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) throws(PictureError) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { written += count } else if errno != EINTR { throw failure(errno) }
    }
  }

  private func failure(_ code: Int32) -> PictureError {
    let hint: String? =
      switch code {
      case ENOSPC: "make room on the disk, or write elsewhere"
      case EACCES, EROFS: "write elsewhere"
      case ENOENT: "make the folder first"
      case EISDIR: "name a file in it: \(path)/graph.svg"
      default: nil
      }
    return PictureError(.unwritable, "cannot write \(path): \(systemText(code))", hint: hint)
  }
}

/// The system's text for an error number, in lower case as in our own messages.
func systemText(_ code: Int32) -> String {
  let text = String(cString: strerror(code))
  return text.prefix(1).lowercased() + text.dropFirst()
}
