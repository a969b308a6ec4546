import Glibc

/// The files that a path or a shell pattern names.
enum PathPattern {
  /// Files in the order of their names. A path without `*`, `?` or `[`, or one that exists as it is, stands for itself.
  ///
  /// - Throws: `CSVError` when a pattern matches nothing.
  static func expand(_ pattern: String) throws -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }), access(pattern, F_OK) != 0 else { return [pattern] }
    var matches = glob_t()
    defer { globfree(&matches) }
    guard glob(pattern, GLOB_TILDE, nil, &matches) == 0, let paths = matches.gl_pathv else {
      throw CSVError(.unreadable, "no file matches this pattern", file: pattern)
    }
    return (0..<Int(matches.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }
}
