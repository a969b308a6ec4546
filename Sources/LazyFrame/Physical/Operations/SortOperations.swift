import Columnar
import TaskGraph

/// Collects the rows of a partition that is going to be sorted: where only the first rows are wanted, those of the partition.
struct CollectSortable: TaskOperation {
  static let wireName = "collect-sortable"

  let rows: PartitionRows
  let keys: [ResolvedSortKey]
  let limit: Int?

  func run(_ task: TaskContext) throws -> any Sendable {
    let partition = try rows.collect(task)
    guard let limit, partition.rowCount > limit else { return partition }
    return FramePartition(
      schema: rows.schema, batches: [partition.batch.sorted(by: keys, limit: limit)], records: partition.records)
  }
}

/// Sorts the rows of all partitions.
struct SortRows: TaskOperation {
  static let wireName = "sort-rows"

  let schema: Schema
  let keys: [ResolvedSortKey]
  let limit: Int?

  func run(_ task: TaskContext) throws -> any Sendable {
    let all = try FramePartition.joined(task.inputs.map(FramePartition.init(input:)), schema: schema)
    return FramePartition(
      schema: schema, batches: [all.batch.sorted(by: keys, limit: limit)], records: all.records)
  }
}

extension RecordBatch {
  fileprivate func sorted(by keys: [ResolvedSortKey], limit: Int?) -> RecordBatch {
    taking(RowOrder.sorted(self, by: keys, limit: limit))
  }
}
