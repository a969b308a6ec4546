import Columnar
import TaskGraph

/// Rows as text, as a task makes them.
struct RowsText: Sendable {
  /// The text, in pieces.
  private(set) var pieces: [[UInt8]] = []
  private(set) var rowCount = 0
  /// What was seen of the files that the rows come from.
  var records = ScanRecords()

  mutating func append(_ batch: RecordBatch, as format: TextFormat) {
    format.write(batch) { pieces.append(Array($0)) }
    rowCount += batch.rowCount
  }
}

extension RowsText: MemorySized {
  var byteCount: Int { pieces.reduce(0) { $0 + $1.count } }
}
