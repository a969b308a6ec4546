import TaskGraph

/// A file that takes text. One task at a time writes to it.
protocol TextFile: Sendable {
  /// Nil: nobody else can see it.
  var path: String? { get }

  /// - Throws: `LazyFrameError`.
  func write(_ bytes: UnsafeRawBufferPointer) throws

  /// Called when all is written.
  func close() throws
}

/// Where the text of a frame goes.
enum TextTarget: Sendable {
  /// All of it into one.
  case file(any RestartableFile)
  /// Each partition into its own.
  case folder(ReplacedFolder)

  /// The file that takes a part of the text, from its beginning.
  func file(_ index: Int, _ format: TextFormat) throws -> any TextFile {
    switch self {
    case .file(let file): return file
    case .folder(let folder): return try folder.file(index, ending: format.ending)
    }
  }

  /// Forgets what was written.
  func restart() throws {
    switch self {
    case .file(let file): try file.restart()
    case .folder(let folder): folder.removeFiles()
    }
  }
}

/// A file that can be begun again.
protocol RestartableFile: TextFile {
  func restart() throws
}

extension LazyFrameError {
  /// A file cannot be written.
  init(writing path: String, _ error: SystemError) {
    self.init(
      .output, "cannot write \(path): \(error.text)", hint: error.hint(writing: path, example: "result.csv"))
  }
}
