import Glibc
import Synchronization
import TaskGraph

/// Text that waits for the end of a run.
///
/// What went into a pipe cannot be taken back, and until the last row is read, a column may turn out to be of another type than
/// all rows before it said. So the text waits: a little in memory, more in a file without a name, which takes as much disk as
/// there is text.
final class SpoolFile: RestartableFile {
  private static let memoryLimit = 4 << 20

  private struct State {
    /// What is in memory. Nothing once there is a file.
    var pieces: [[UInt8]] = []
    var byteCount = 0
    var descriptor: Int32?
  }

  private let folder: String
  private let state = Mutex(State())

  init(folder: String) { self.folder = folder }

  deinit {
    if let descriptor = state.withLock({ $0.descriptor }) { Glibc.close(descriptor) }
  }

  var path: String? { nil }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try naming {
      try state.withLock { state in
        state.byteCount += bytes.count
        if let descriptor = state.descriptor { return try SystemError.writeAll(bytes, to: descriptor) }
        state.pieces.append(Array(bytes))
        if state.byteCount <= SpoolFile.memoryLimit { return }
        let descriptor = try NamelessFile.open(in: folder)
        state.descriptor = descriptor
        for piece in state.pieces {
          try piece.withUnsafeBytes { try SystemError.writeAll($0, to: descriptor) }
        }
        state.pieces = []
      }
    }
  }

  func close() {}

  func restart() throws {
    try naming {
      try state.withLock { state in
        state.pieces = []
        state.byteCount = 0
        guard let descriptor = state.descriptor else { return }
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError(errno) }
      }
    }
  }

  /// Hands everything on, in pieces.
  ///
  /// - Throws: what `sink` throws, or `LazyFrameError` when the disk does not give it.
  func read(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    let (pieces, file) = state.withLock { ($0.pieces, $0.descriptor) }
    for piece in pieces { try piece.withUnsafeBytes(sink) }
    guard let file else { return }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { buffer.deallocate() }
    var offset = 0
    while true {
      let count = pread(file, buffer.baseAddress, buffer.count, offset)
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        throw LazyFrameError(
          .output, "cannot read back what waits in \(folder): \(SystemError(errno).text)")
      }
      try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += count
    }
  }

  private func naming(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as SystemError {
      throw LazyFrameError(
        .output, "cannot write the result, which waits in \(folder) until it is complete: \(error.text)",
        hint: "make room there, name another folder by TMPDIR, or write into a file")
    }
  }
}
