import Columnar
import TaskGraph

/// Collects the last rows of a partition: the others are let go as soon as there are enough behind them.
struct CollectLastRows: TaskOperation {
  static let wireName = "collect-last-rows"

  let rows: PartitionRows
  let count: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    var batches: [RecordBatch] = []
    var rowCount = 0
    let (records, matched) = try rows.read(task) { batch in
      batches.append(batch)
      rowCount += batch.rowCount
      while rowCount - batches[0].rowCount >= count { rowCount -= batches.removeFirst().rowCount }
    }
    return FramePartition(schema: rows.schema, batches: batches, records: records, matched: matched)
      .last(count)
  }
}

/// The last rows of several partitions.
struct LastRows: TaskOperation {
  static let wireName = "last-rows"

  let schema: Schema
  let count: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    try FramePartition.joined(task.inputs.map(FramePartition.init(input:)), schema: schema).last(count)
  }
}

extension FramePartition {
  /// The last rows, at most `count`.
  fileprivate func last(_ count: Int) -> FramePartition {
    var surplus = max(0, rowCount - count)
    let kept = batches.compactMap { batch -> RecordBatch? in
      defer { surplus -= min(surplus, batch.rowCount) }
      return surplus < batch.rowCount ? batch.slice(surplus..<batch.rowCount) : nil
    }
    return FramePartition(schema: schema, batches: kept, records: records, matched: matched)
  }
}
