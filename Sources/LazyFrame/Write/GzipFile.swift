import CSV

/// A file that holds the text compressed. Who made the other one finishes it, when the run is over.
///
/// Sendable: as of every `TextFile`, one task at a time uses it.
final class GzipFile: RestartableFile, @unchecked Sendable {
  private let file: WholeFile
  private let writer: GzipWriter

  /// Whether a file is to be compressed, by its name.
  static func isMeant(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  /// - Throws: `LazyFrameError` when the library zlib is missing.
  init(_ file: WholeFile) throws {
    self.file = file
    do {
      writer = try GzipWriter()
    } catch {
      throw LazyFrameError(.missingLibrary, error.message, hint: error.hint)
    }
  }

  var path: String? { file.path }

  func write(_ bytes: UnsafeRawBufferPointer) throws { try writer.write(bytes, to: file.write) }

  func close() throws { try writer.finish(to: file.write) }

  func restart() throws {
    writer.restart()
    try file.restart()
  }
}
