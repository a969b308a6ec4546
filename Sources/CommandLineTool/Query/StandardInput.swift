import Glibc
import TaskGraph

/// Standard input as a file that can be read at any place, as the engine's tasks do.
enum StandardInput {
  private static let prefix = "/proc/self/fd/"

  /// The path under which standard input can be opened: itself when it is a file, else a copy of all that comes.
  ///
  /// The copy has no name, so nothing is left of it when the program ends, however it ends. It takes as much disk as there is
  /// input, in `$TMPDIR` or `/var/tmp`.
  static func makeSeekable() throws -> String {
    var status = stat()
    if fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG { return prefix + "\(STDIN_FILENO)" }
    let folder = NamelessFile.defaultFolder
    let copy: Int32
    do throws(SystemError) {
      copy = try NamelessFile.open(in: folder)
    } catch {
      throw FileError.write("a copy of standard input in \(folder)", error.code)
    }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { piece.deallocate() }
    while true {
      let count = read(STDIN_FILENO, piece.baseAddress, piece.count)
      if count == 0 { return prefix + "\(copy)" }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError("cannot read standard input: \(SystemError(errno).text)")
      }
      let code = Descriptor.write(UnsafeRawBufferPointer(rebasing: piece[..<count]), to: copy)
      if code != 0 { throw FileError.write("a copy of standard input in \(folder)", code) }
    }
  }

  /// The first byte that is no blank, if there is one near the beginning.
  static func firstByte(_ path: String) -> UInt8? {
    guard let descriptor = Int32(path.dropFirst(prefix.count)) else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { bytes in
      let count = pread(descriptor, bytes.baseAddress, bytes.count, 0)
      return bytes.prefix(max(count, 0)).first { $0 > UInt8(ascii: " ") }
    }
  }

  /// Whether `makeSeekable` made this path.
  static func isSeekablePath(_ path: String) -> Bool { path.hasPrefix(prefix) }
}
