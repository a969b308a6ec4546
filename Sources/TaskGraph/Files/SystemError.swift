import Glibc

/// What the system says when something fails.
package struct SystemError: Error, Hashable {
  /// The error number.
  package let code: Int32

  package init(_ code: Int32) {
    self.code = code
  }

  /// The system's text, in lower case as in our own messages.
  package var text: String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// What to do about a file that could not be written.
  ///
  /// - Parameters:
  ///   - path: Where it should be.
  ///   - example: What the file could be called if the path is that of a folder.
  package func hint(writing path: String, example: String) -> String? {
    switch code {
    case ENOSPC: "make room on the disk, or write elsewhere"
    case EACCES, EROFS: "write elsewhere"
    case ENOENT: "make the folder first"
    case EISDIR: "name a file in it: \(path)\(path.hasSuffix("/") ? "" : "/")\(example)"
    default: nil
    }
  }
}
