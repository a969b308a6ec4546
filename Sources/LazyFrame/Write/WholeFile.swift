import TaskGraph

/// One file that takes the whole text of a frame. Who made it finishes it, when the run is over.
struct WholeFile: RestartableFile {
  let file: ReplacedFile

  var path: String? { file.path }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try naming { () throws(SystemError) in try file.write(bytes) }
  }

  func close() {}

  func restart() throws {
    try naming { () throws(SystemError) in try file.restart() }
  }

  private func naming(_ body: () throws(SystemError) -> Void) throws {
    do { try body() } catch { throw LazyFrameError(writing: file.path, error) }
  }
}
