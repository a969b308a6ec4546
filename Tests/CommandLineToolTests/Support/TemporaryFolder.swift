import Glibc

/// A folder that is removed with its last reference.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/lazyframe-test-XXXXXX".utf8CString)
    mkdtemp(&template)
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    TemporaryFolder.remove(path)
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file.
  func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String, repeated count: Int = 1) {
    let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    defer { close(file) }
    for _ in 0..<count {
      var written = 0
      while written < bytes.count {
        let step = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        if step <= 0 { return }
        written += step
      }
    }
  }

  func contents(_ name: String) -> String { TemporaryFolder.contents(ofFile: path(name)) }

  /// The names of the files in the folder, hidden ones too, in order.
  var names: [String] { TemporaryFolder.names(in: path) }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func contents(ofFile path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &piece, piece.count)
      if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += piece[..<count]
    }
  }

  private static func remove(_ path: String) {
    for name in names(in: path) {
      let inner = "\(path)/\(name)"
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }
}
