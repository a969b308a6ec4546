import Columnar
import TaskGraph

/// The right side of a join, ready to be looked into: its columns end to end, and its keys in buckets by their hashes.
final class JoinTable: @unchecked Sendable {
  // Sendable: nothing changes once it is made.
  private static let bucketBits: UInt64 = 5
  static var bucketCount: Int { 1 << Int(bucketBits) }

  let rows: RecordBatch
  let encoder: KeyEncoder
  let buckets: [JoinBucket]
  /// Whether no two rows have the same key.
  let isUnique: Bool
  /// For each bucket its rows in the order of their times, where those are looked for.
  let times: [AsofBucket]
  let records: ScanRecords

  init(rows: RecordBatch, keyTypes: [DType], buckets: [JoinBucket], times: [AsofBucket], records: ScanRecords) {
    (self.rows, self.buckets, self.times, self.records) = (rows, buckets, times, records)
    encoder = KeyEncoder(types: keyTypes)
    isUnique = buckets.allSatisfy { $0.duplicate == nil }
  }

  @inline(__always)
  static func bucket(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> (64 - bucketBits)) }

  /// The place of a hash among the slots of its bucket.
  @inline(__always)
  static func slot(_ hash: UInt64, _ shift: UInt64) -> Int { Int(truncatingIfNeeded: (hash &<< bucketBits) &>> shift) }
}

extension JoinTable: MemorySized {
  var byteCount: Int {
    rows.byteCount + buckets.reduce(0) { $0 + $1.byteCount } + times.reduce(0) { $0 + $1.byteCount }
  }
}
