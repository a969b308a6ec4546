import Columnar
import TaskGraph

/// The rows of one partition, as tasks hand them on.
struct FramePartition: Sendable {
  let schema: Schema
  let batches: [RecordBatch]
  /// What was seen of the files that the rows come from.
  let records: ScanRecords
  /// The rows of a full join's table that found a partner here.
  let matched: Bitmap?

  init(
    schema: Schema, batches: [RecordBatch], records: ScanRecords = ScanRecords(), matched: Bitmap? = nil
  ) {
    self.schema = schema
    self.batches = batches.filter { $0.rowCount > 0 }
    self.records = records
    self.matched = matched
  }

  var rowCount: Int { batches.reduce(0) { $0 + $1.rowCount } }

  /// The rows as one batch. O(rows · columns), unless there is only one already.
  var batch: RecordBatch { RecordBatch.concatenated(batches, schema: schema) }

  /// The partition that another task handed on.
  init(input: any Sendable) {
    guard let partition = input as? FramePartition else { preconditionFailure("the input of a stage is a partition") }
    self = partition
  }

  /// The rows of several partitions below each other.
  ///
  /// - Throws: `ScanProblem` when the records that they were read from do not fit together.
  static func joined(_ partitions: [FramePartition], schema: Schema) throws -> FramePartition {
    var records = ScanRecords()
    for partition in partitions { try records.join(partition.records) }
    return FramePartition(schema: schema, batches: partitions.flatMap(\.batches), records: records)
  }
}

extension FramePartition: MemorySized {
  var byteCount: Int { batches.reduce(0) { $0 + $1.byteCount } }
}
