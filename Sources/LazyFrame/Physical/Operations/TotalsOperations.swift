import Columnar
import TaskGraph

/// Aggregates the rows of one partition without keys.
struct AggregateTotals: TaskOperation {
  static let wireName = "aggregate-totals"

  let rows: PartitionRows
  let specification: TotalsSpecification
  /// Whether this is the only partition, whose aggregates need no merging.
  let isOnly: Bool

  func run(_ task: TaskContext) throws -> any Sendable {
    let totals = TotalsPartition(
      specification, rows, expectedRows: isOnly ? nil : rows.source.expectedRows(task))
    let (records, _) = try rows.read(task) { try totals.add($0) }
    if isOnly {
      return FramePartition(schema: specification.whole.schema, batches: [try totals.finish()], records: records)
    }
    return GroupResult(totals.seal(), records)
  }
}

/// Computes one aggregate of the group of all rows.
struct FinishTotal: TaskOperation {
  static let wireName = "finish-total"

  func run(_ task: TaskContext) throws -> any Sendable {
    try GroupResult<GroupBucket>(input: task.inputs[0]).groups.finish(aggregate: task.index)
  }
}

/// Counts the different values in all buckets.
struct CountDistinctValues: TaskOperation {
  static let wireName = "count-distinct-values"

  func run(_ task: TaskContext) throws -> any Sendable {
    let count = task.inputs.reduce(0) { $0 + GroupResult<GroupBucket>(input: $1).groups.groupCount }
    return Column([Int64(count)])
  }
}

/// Makes the row of all aggregates. The inputs are the group of all rows, the plain aggregates, and the counts.
struct CollectTotals: TaskOperation {
  static let wireName = "collect-totals"

  let specification: TotalsSpecification

  func run(_ task: TaskContext) throws -> any Sendable {
    let group = GroupResult<GroupBucket>(input: task.inputs[0])
    let columns = task.inputs.dropFirst().compactMap { $0 as? Column }
    let plainCount = specification.plain.aggregates.count
    let row =
      group.groups.groupCount == 0
      ? try specification.whole.emptyResult()
      : specification.row(Array(columns[..<plainCount]), Array(columns[plainCount...]))
    return FramePartition(schema: specification.whole.schema, batches: [row], records: group.records)
  }
}
