import Columnar
import TaskGraph

/// The rows of one partition behind a pipeline: what the tasks of all stages begin with.
struct PartitionRows: Sendable, Encodable {
  let source: TaskSource
  let steps: [PipelineStep]
  /// The schema of the rows behind the pipeline.
  let schema: Schema
  /// Where all tasks of the stage add up how many rows came to each step, if somebody wants to know.
  var total: StageRows?

  /// Runs the pipeline over a partition. Among the task's inputs are the tables that its steps look into, in their order.
  ///
  /// - Parameters:
  ///   - partition: the number of the partition; nil: that of the task.
  ///   - input: which of the inputs it is, if it is one.
  ///   - keepsRows: whether all rows are kept in memory, so that a join must not make too many of them.
  /// - Returns: What was seen of files; the first partition of a stage carries also what the tables have seen. And the rows
  ///   of the last table that found a partner, if the last step is a full join.
  func read(
    partition: Int? = nil, input: Int = 0, keepsRows: Bool = false, _ task: TaskContext,
    until isFull: () -> Bool = { false },
    _ sink: (RecordBatch) throws -> Void
  ) throws -> (records: ScanRecords, matched: Bitmap?) {
    let partition = partition ?? task.index
    let tables = task.inputs.compactMap { $0 as? JoinTable }
    // The table whose rows are left over is a source, and nothing is looked up in it.
    let passed = total.map { _ in PassedRows(stepCount: steps.count) }
    let pipeline = Pipeline(steps, tables: steps.contains { $0.probe != nil } ? tables : [], passed: passed)
    var kept = keepsRows ? JoinedRows(pipeline, task) : nil
    var records = try source.read(partition: partition, input: input, task, until: isFull) {
      try pipeline.run($0, until: isFull) { batch in
        try kept?.add(batch)
        try sink(batch)
      }
    }
    if let passed { total?.add(passed) }
    if partition == 0 {
      for table in tables { try records.join(table.records) }
    }
    return (records, pipeline.matched)
  }

  /// All rows of the task's partition.
  func collect(_ task: TaskContext) throws -> FramePartition {
    var batches: [RecordBatch] = []
    let (records, matched) = try read(keepsRows: true, task) { batches.append($0) }
    return FramePartition(schema: schema, batches: batches, records: records, matched: matched)
  }
}

/// Collects the rows of a partition.
struct CollectRows: TaskOperation {
  static let wireName = "collect-rows"

  let rows: PartitionRows

  func run(_ task: TaskContext) throws -> any Sendable { try rows.collect(task) }
}

/// Reads one partition of a scan or a table alone.
struct CollectPartition: TaskOperation {
  static let wireName = "collect-partition"

  let rows: PartitionRows
  let partition: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    // There is no neighbour to check a guess.
    try rows.source.checkStart(of: partition)
    var batches: [RecordBatch] = []
    var records = ScanRecords()
    try records.join(try rows.read(partition: partition, task) { batches.append($0) }.records)
    if partition > 0 {
      for table in task.inputs.compactMap({ $0 as? JoinTable }) { try records.join(table.records) }
    }
    return FramePartition(schema: rows.schema, batches: batches, records: records)
  }
}

/// One of the partitions that are its inputs.
struct PickPartition: TaskOperation {
  static let wireName = "pick-partition"

  let index: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    let inputs = task.inputs.map(FramePartition.init(input:))
    var records = ScanRecords()
    for input in inputs { try records.join(input.records) }
    return FramePartition(schema: inputs[index].schema, batches: inputs[index].batches, records: records)
  }
}

/// Reads partitions one after another until there are enough rows: what `head` needs is at the front.
struct FirstRows: TaskOperation {
  static let wireName = "first-rows"

  let rows: PartitionRows
  let partitionCount: Int
  let limit: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    var batches: [RecordBatch] = []
    var records = ScanRecords()
    var count = 0
    for partition in 0..<partitionCount where count < limit || partition == 0 {
      let seen = try rows.read(partition: partition, input: partition, task, until: { count >= limit }) { batch in
        if count >= limit { return }
        batches.append(batch.prefix(limit - count))
        count += batches[batches.count - 1].rowCount
      }
      // The partition before was read to its end, or this one would not be needed.
      try records.join(seen.records)
    }
    return FramePartition(schema: rows.schema, batches: batches, records: records)
  }
}

/// The partitions of a plan's last stage as its result. All of a column's categories have one dictionary there, so that what
/// comes next can group by their numbers.
struct CollectPartitions: TaskOperation {
  static let wireName = "collect-partitions"

  let schema: Schema

  func run(_ task: TaskContext) throws -> any Sendable {
    let all = try FramePartition.joined(task.inputs.map(FramePartition.init(input:)), schema: schema)
    return FramePartition(
      schema: schema, batches: RecordBatch.sharingDictionaries(all.batches, schema: schema), records: all.records)
  }
}

/// Counts the rows of the partitions that are its inputs.
struct CountRows: TaskOperation {
  static let wireName = "count-rows"

  func run(_ task: TaskContext) throws -> any Sendable {
    RowCounts(counts: task.inputs.map { FramePartition(input: $0).rowCount })
  }
}

/// Cuts the rows of all partitions into pieces of equal size, but for one row.
struct RepartitionRows: TaskOperation {
  static let wireName = "repartition-rows"

  let schema: Schema
  let count: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    let inputs = task.inputs.map(FramePartition.init(input:))
    let total = inputs.reduce(0) { $0 + $1.rowCount }
    let rows = total * task.index / count..<total * (task.index + 1) / count
    var batches: [RecordBatch] = []
    var before = 0
    for batch in inputs.flatMap(\.batches) {
      let part = rows.clamped(to: before..<before + batch.rowCount)
      if !part.isEmpty { batches.append(batch.slice(part.lowerBound - before..<part.upperBound - before)) }
      before += batch.rowCount
    }
    var records = ScanRecords()
    if task.index == 0 {
      for input in inputs { try records.join(input.records) }
    }
    return FramePartition(schema: schema, batches: batches, records: records)
  }
}
