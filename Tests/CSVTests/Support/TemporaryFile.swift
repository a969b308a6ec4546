import Glibc

/// A file in a folder of its own that goes with the last reference.
final class TemporaryFile: Sendable {
  let folder: String
  let path: String

  init(_ bytes: some Collection<UInt8>, name: String = "data.csv") {
    var template = Array("/tmp/csv-tests-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "a temporary folder cannot be made")
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = "\(folder)/\(name)"
    write(bytes)
  }

  convenience init(_ text: String, name: String = "data.csv") {
    self.init(Array(text.utf8), name: name)
  }

  deinit {
    remove(under: folder)
  }

  /// Replaces the content.
  func write(_ bytes: some Collection<UInt8>) {
    TemporaryFile.write(Array(bytes), to: path)
  }

  /// Adds another file to the folder and returns its path.
  func add(_ text: String, name: String) -> String {
    TemporaryFile.write(Array(text.utf8), to: "\(folder)/\(name)")
    return "\(folder)/\(name)"
  }

  func truncate(to size: Int) {
    precondition(Glibc.truncate(path, off_t(size)) == 0, "the file cannot be truncated")
  }

  private func remove(under folder: String) {
    guard let directory = opendir(folder) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name == "." || name == ".." { continue }
      if unlink("\(folder)/\(name)") != 0 { remove(under: "\(folder)/\(name)") }
    }
    closedir(directory)
    rmdir(folder)
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { preconditionFailure("\(path) cannot be written") }
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count, "\(path) cannot be written")
    fclose(file)
  }
}
