import Glibc

/// A folder that is removed, with all that is in it, with its last reference.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() {
    var template = Array("/tmp/lazyframe-test-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "a temporary folder cannot be made")
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    TemporaryFolder.remove(path)
  }

  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, or replaces it.
  package func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  /// Writes a file that holds some bytes, one time or more.
  package func write(_ bytes: [UInt8], to name: String, repeated count: Int = 1) {
    guard let file = fopen(path(name), "we") else { preconditionFailure("\(path(name)) cannot be written") }
    for _ in 0..<count {
      precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count, "\(path(name)) cannot be written")
    }
    fclose(file)
  }

  /// The text of a file; empty when there is none.
  package func contents(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

  package func bytes(_ name: String) -> [UInt8] { TemporaryFolder.bytes(ofFile: path(name)) }

  /// The names of the files in the folder, hidden ones too, in order.
  package var names: [String] { TemporaryFolder.names(in: path) }

  package static func bytes(ofFile path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &piece, piece.count)
      if count <= 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  package static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    // A test may have made the folder read-only.
    chmod(path, 0o700)
    for name in names(in: path) {
      let inner = "\(path)/\(name)"
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }
}
