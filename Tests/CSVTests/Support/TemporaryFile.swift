import Glibc
import TestSupport

/// A file in a folder of its own that goes with the last reference.
final class TemporaryFile: Sendable {
  private let place = TemporaryFolder()
  private let name: String

  var folder: String { place.path }
  var path: String { place.path(name) }

  init(_ bytes: some Collection<UInt8>, name: String = "data.csv") {
    self.name = name
    write(bytes)
  }

  convenience init(_ text: String, name: String = "data.csv") {
    self.init(Array(text.utf8), name: name)
  }

  /// Replaces the content.
  func write(_ bytes: some Collection<UInt8>) { place.write(Array(bytes), to: name) }

  /// Adds another file to the folder and returns its path.
  func add(_ text: String, name: String) -> String {
    place.write(text, to: name)
    return place.path(name)
  }

  func truncate(to size: Int) {
    precondition(Glibc.truncate(path, off_t(size)) == 0, "the file cannot be truncated")
  }
}
