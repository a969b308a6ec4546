import Columnar
import TaskGraph

/// The rows of one partition with their keys, for the table of a join.
struct CollectJoinRows: TaskOperation {
  static let wireName = "collect-join-rows"

  let rows: PartitionRows
  let keys: [ResolvedExpression]
  let nullsAreEqual: Bool

  func run(_ task: TaskContext) throws -> any Sendable {
    let collected = JoinRows(keys: keys, nullsAreEqual: nullsAreEqual)
    let (records, _) = try rows.read(keepsRows: true, task) { try collected.add($0) }
    collected.seal()
    return GroupResult(collected, records)
  }
}

/// The keys of all partitions that fall into one bucket.
struct BuildJoinBucket: TaskOperation {
  static let wireName = "build-join-bucket"

  func run(_ task: TaskContext) throws -> any Sendable {
    JoinBucket(task.inputs.map { GroupResult<JoinRows>(input: $0).groups }, bucket: task.index)
  }
}

/// Puts the rows of a bucket's keys in the order of their times. The inputs are the bucket and the column of the times.
struct OrderJoinTimes: TaskOperation {
  static let wireName = "order-join-times"

  func run(_ task: TaskContext) throws -> any Sendable {
    guard let bucket = task.inputs[0] as? JoinBucket, let times = task.inputs[1] as? Column else {
      preconditionFailure("the inputs are a bucket and a column")
    }
    return AsofBucket(bucket, times)
  }
}

/// One column of all partitions, end to end.
struct JoinColumn: TaskOperation {
  static let wireName = "join-column"

  let schema: Schema

  func run(_ task: TaskContext) throws -> any Sendable {
    let batches = task.inputs.flatMap { GroupResult<JoinRows>(input: $0).groups.batches }
    let field = schema.fields[task.index]
    if batches.isEmpty { return Column(nullsOf: field.type, count: 0) }
    return RowKernels.concatenate(batches.map { $0.columns[task.index] })
  }
}

/// Puts a join's table together. The inputs are the partitions, the columns, the buckets, and those of times if there are any.
struct FinishJoinTable: TaskOperation {
  static let wireName = "finish-join-table"

  let schema: Schema
  let keys: [ResolvedExpression]
  /// The side on which no key may have several rows.
  let unique: String?

  func run(_ task: TaskContext) throws -> any Sendable {
    let partitions = task.inputs.compactMap { $0 as? GroupResult<JoinRows> }
    var records = ScanRecords()
    for partition in partitions { try records.join(partition.records) }
    let rows = RecordBatch(
      schema: schema, columns: task.inputs.compactMap { $0 as? Column },
      rowCount: partitions.reduce(0) { $0 + $1.groups.rowCount })
    let table = JoinTable(
      rows: rows, keyTypes: keys.map(\.type), buckets: task.inputs.compactMap { $0 as? JoinBucket },
      times: task.inputs.compactMap { $0 as? AsofBucket }, records: records)
    if let unique { try refuseDuplicates(table, on: unique) }
    return table
  }

  private func refuseDuplicates(_ table: JoinTable, on side: String) throws {
    guard let row = table.buckets.compactMap(\.duplicate).min() else { return }
    let one = table.rows.taking([row])
    let values = try keys.map { "\($0) = \(try Evaluator.evaluate($0, one)[0])" }.joined(separator: ", ")
    throw LazyFrameError(
      .duplicateKey, "the key \(values) has several rows on the \(side) side of the join",
      hint: "leave the validation out, or keep one row of each key: distinct(on:)")
  }
}

extension JoinRows: MemorySized {}
extension JoinBucket: MemorySized {}
extension AsofBucket: MemorySized {}
