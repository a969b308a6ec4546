import Columnar
import TaskGraph

/// Rows as text, as a task makes them.
struct RowsText: Sendable {
  /// Some of the text. Blocks are large, so that their memory comes from those who had it before.
  private struct Piece {
    let storage: Storage
    var count: Int
  }

  private static let largestPiece = 2 << 20

  private let memoryLimit: Int
  private var pieces: [Piece] = []
  private(set) var byteCount = 0
  /// What comes behind the pieces: a file that is compressed is one partition, whatever its size.
  private var rest: SpoolFile?
  private(set) var rowCount = 0
  /// What was seen of the files that the rows come from.
  var records = ScanRecords()

  /// - Parameter memoryLimit: how much of the text is held in memory. Partitions of files that can be cut have less.
  init(memoryLimit: Int = 64 << 20) { self.memoryLimit = memoryLimit }

  /// - Throws: `LazyFrameError` when there is no room on disk for what memory does not take.
  mutating func append(_ batch: RecordBatch, as format: TextFormat) throws {
    try format.write(batch) { bytes in
      if byteCount + bytes.count <= memoryLimit, rest == nil { return append(bytes) }
      let rest = rest ?? SpoolFile(folder: NamelessFile.defaultFolder)
      self.rest = rest
      try rest.write(bytes)
    }
    rowCount += batch.rowCount
  }

  private mutating func append(_ text: UnsafeRawBufferPointer) {
    var rest = text
    while !rest.isEmpty {
      if pieces.last.map({ $0.count == $0.storage.byteCount }) ?? true {
        let size = max(rest.count, min(2 * byteCount, RowsText.largestPiece))
        pieces.append(Piece(storage: Storage(byteCount: size), count: 0))
      }
      let last = pieces.count - 1
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(pieces[last].storage.byteCount - pieces[last].count))
      let target = UnsafeMutableRawBufferPointer(
        start: pieces[last].storage.base, count: pieces[last].storage.byteCount)
      UnsafeMutableRawBufferPointer(rebasing: target[pieces[last].count...]).copyMemory(from: part)
      pieces[last].count += part.count
      byteCount += part.count
      rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
    }
  }

  /// Calls `body` with one piece of the text after another. The bytes are valid during the call only.
  ///
  /// - Throws: what `body` throws, and `LazyFrameError` when the disk does not give back what it took.
  func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    for piece in pieces {
      try withExtendedLifetime(piece.storage) { storage in
        try body(UnsafeRawBufferPointer(start: storage.base, count: piece.count))
      }
    }
    try rest?.read(body)
  }
}

extension RowsText: MemorySized {}
