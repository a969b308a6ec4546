import Columnar

/// The rows of one partition that others will be joined to, with their keys: what the tables of a join are built from.
///
/// Rows of which a key is null have no partner, and are left out of `order`, unless nulls equal one another. The others are
/// listed by bucket, as the groups of a `GroupedPartition` are.
final class JoinRows: @unchecked Sendable {
  // Sendable: one task builds it; when it is sealed nothing changes any more.
  private let keys: [ResolvedExpression]
  private let nullsAreEqual: Bool
  let encoder: KeyEncoder
  let strings = StringInterner()
  private(set) var batches: [RecordBatch] = []
  private(set) var rowCount = 0
  let words = Words(capacity: 0)
  let hashes = Words(capacity: 0)
  private let rows: KeyRows
  private var order = HalfWords(capacity: 0)
  private var starts: [Int] = []

  init(keys: [ResolvedExpression], nullsAreEqual: Bool) {
    self.keys = keys
    self.nullsAreEqual = nullsAreEqual
    encoder = KeyEncoder(types: keys.map(\.type))
    rows = KeyRows(wordCount: encoder.wordCount)
  }

  var byteCount: Int { 8 * (words.capacity + hashes.capacity) + batches.reduce(0) { $0 + $1.byteCount } }

  func add(_ batch: RecordBatch) throws {
    let columns = try keys.map { try Evaluator.evaluate($0, batch) }
    encoder.encode(columns, rowCount: batch.rowCount, into: rows, strings)
    let stride = encoder.wordCount
    words.reserve((rowCount + batch.rowCount) * stride)
    hashes.reserve(rowCount + batch.rowCount)
    (words.pointer + rowCount * stride).update(from: rows.words, count: batch.rowCount * stride)
    (hashes.pointer + rowCount).update(from: rows.hashes, count: batch.rowCount)
    batches.append(batch)
    rowCount += batch.rowCount
  }

  /// No more rows come. O(rows).
  func seal() {
    rows.reset(rowCount: 0)
    order = HalfWords(capacity: rowCount)
    starts = [Int](repeating: 0, count: JoinTable.bucketCount + 1)
    let (words, hashes, target, stride) = (words.pointer, hashes.pointer, order.pointer, encoder.wordCount)
    func forEachRow(_ body: (_ row: Int, _ bucket: Int) -> Void) {
      for row in Swift.stride(from: rowCount - 1, through: 0, by: -1) {
        if !nullsAreEqual, encoder.hasNull(words + row &* stride) { continue }
        body(row, JoinTable.bucket(hashes[row]))
      }
    }
    starts.withUnsafeMutableBufferPointer { starts in
      forEachRow { _, bucket in starts[bucket] += 1 }
      var total = 0
      for bucket in starts.indices {
        total += starts[bucket]
        starts[bucket] = total
      }
      forEachRow { row, bucket in
        starts[bucket] -= 1
        target[starts[bucket]] = UInt32(truncatingIfNeeded: row)
      }
    }
  }

  /// The rows of a bucket, in their order.
  func rows(in bucket: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(
      start: UnsafePointer(order.pointer + starts[bucket]), count: starts[bucket + 1] - starts[bucket])
  }
}
