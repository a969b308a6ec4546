import LazyFrame

/// The files that a command reads.
struct InputFiles {
  /// What can be opened. Standard input has become a file.
  let paths: [String]

  /// - Throws: `UsageError` when there is none; `FileError` when standard input cannot be kept.
  init(_ operands: [String], command: String) throws {
    guard !operands.isEmpty else {
      throw UsageError("\(command) needs a file", hint: "for example: lazyframe \(command) prices.csv")
    }
    guard operands.count(where: { $0 == "-" }) <= 1 else {
      throw UsageError("standard input can be read only once", hint: "write '-' once")
    }
    paths = try operands.map { $0 == "-" ? try StandardInput.makeSeekable() : $0 }
  }

  /// How a path is called in messages.
  static func displayName(_ path: String) -> String {
    StandardInput.isSeekablePath(path) ? "standard input" : path
  }
}
