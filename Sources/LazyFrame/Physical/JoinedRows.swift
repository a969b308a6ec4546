import Columnar
import Scheduler
import TaskGraph

/// Watches the rows that a task keeps, and refuses them when a join has multiplied them past what may be in memory.
///
/// Results that do not fit wait on disk, but those of one task must fit while it makes them. Of several tasks that run at the same
/// time each may keep a quarter of the limit. Rows that are grouped as they come are not kept, and may be as many as they like.
struct JoinedRows {
  private let probers: [JoinProber]
  private let limit: Int
  private var byteCount = 0

  /// Nil when there is no join, or no limit.
  init?(_ pipeline: Pipeline, _ task: TaskContext) {
    guard !pipeline.probers.isEmpty, let limit = task.memoryLimit else { return nil }
    (probers, self.limit) = (pipeline.probers, limit)
  }

  /// - Throws: `LazyFrameError` when there are too many.
  mutating func add(_ batch: RecordBatch) throws {
    byteCount += batch.rowCount * batch.schema.rowSize
    if byteCount <= limit / 4 { return }
    let worst = probers.max { $0.growth < $1.growth }
    // Without a join there would be hardly fewer.
    guard let worst, worst.growth > 2 else { return }
    throw worst.tooManyRows(limit: limit)
  }
}

extension JoinProber {
  fileprivate var growth: Double { Double(madeCount) / Double(max(seenCount, 1)) }

  fileprivate func tooManyRows(limit: Int) -> LazyFrameError {
    let most = table.largestKey.map {
      "the key \($0.values) has \(ReportText.count($0.count, "row")) in the table that rows are looked up in; "
    }
    return LazyFrameError(
      .tooManyRows,
      "the \(probe.title) made \(ReportText.count(madeCount, "row")) of the first \(ReportText.count(seenCount)) of a "
        + "partition, more than fit a memory limit of \(ReportText.bytes(limit))",
      hint: (most ?? "")
        + "keep one row of each key by distinct(on:), join by more keys, group right behind the join, or raise memoryLimit"
    )
  }
}

extension JoinTable {
  /// The key with the most rows, and how many they are, if a key has several. O(rows).
  fileprivate var largestKey: (values: String, count: Int)? {
    var best: (bucket: JoinBucket, head: Int, count: Int)?
    for bucket in buckets where bucket.duplicate != nil {
      for slot in 0..<1 << Int(bucket.slotBits) {
        let head = Int(bucket.slots.pointer[slot] & 0xFFFF_FFFF)
        var (next, count) = (head, 0)
        while next != 0 {
          count += 1
          next = Int(bucket.entries.pointer[next * bucket.stride - 1] >> 32)
        }
        if count > best?.count ?? 0 { best = (bucket, head, count) }
      }
    }
    guard let best else { return nil }
    let words = best.bucket.entries.pointer + (best.head - 1) * best.bucket.stride
    let columns = encoder.decode(words, stride: best.bucket.stride, count: 1, best.bucket.strings)
    return (columns.map { "\($0[0])" }.joined(separator: ", "), best.count)
  }
}

extension Schema {
  /// About how many bytes a row has, without the text that rows share.
  fileprivate var rowSize: Int {
    fields.reduce(0) { size, field in
      switch field.type {
      case .bool, .int8, .uint8: size + 1
      case .int16, .uint16: size + 2
      case .int32, .uint32, .float32, .date, .categorical: size + 4
      case .string: size + 16
      default: size + 8
      }
    }
  }
}
