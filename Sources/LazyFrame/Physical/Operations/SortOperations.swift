import Columnar
import TaskGraph

// Sorting in parts
//
// Where the rows of several partitions are sorted, a sample of them says which keys cut the result into buckets of about equal
// size. Each partition's rows are set apart by bucket, and each bucket is sorted by a task of its own:
//
//     partition 0 ──┬───────────────┬── split 0 ──┐              ┌── bucket 0      the rows before the first bound
//     partition 1 ──┼── bounds ─────┼── split 1 ──┼── (to each) ─┼── bucket 1      those before the second one
//          …        │               │      …      │              │       …
//
// The order is total: of rows with equal keys the one that comes first in the partitions comes first. So a bucket may begin
// in the middle of rows with the same keys, all buckets have about the same size even if there is one key only, and what comes
// out is what a stable sort of all rows gives, whatever the bounds are.

/// Collects the rows of a partition that is going to be sorted, in one piece: where only the first rows are wanted, those of the
/// partition.
struct CollectSortable: TaskOperation {
  static let wireName = "collect-sortable"

  let rows: PartitionRows
  let keys: [ResolvedSortKey]
  let limit: Int?

  func run(_ task: TaskContext) throws -> any Sendable {
    let partition = try rows.collect(task)
    let batch = partition.batch
    let isLong = limit.map { $0 < batch.rowCount } ?? false
    return FramePartition(
      schema: rows.schema, batches: [isLong ? batch.sorted(by: keys, limit: limit) : batch], records: partition.records)
  }
}

/// Sorts the rows of all partitions at once.
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

/// Where the buckets of sorted rows begin.
struct SortBounds: Sendable {
  /// The keys of the first row of each bucket but the first, in order.
  let keys: RecordBatch
  /// Where these rows are: the partition in the upper half of a number, the row in the lower one.
  let places: [UInt64]
}

/// Chooses the bounds of buckets from a sample of all partitions' rows.
struct ChooseSortBounds: TaskOperation {
  static let wireName = "choose-sort-bounds"

  let keys: [ResolvedSortKey]
  let bucketCount: Int

  /// How many rows are looked at for each bucket.
  private static let sampleSize = 64
  /// Fewer rows than this are one bucket.
  private static let smallCount = 1 << 16

  func run(_ task: TaskContext) throws -> any Sendable {
    let partitions = task.inputs.map { FramePartition(input: $0).batch.sortKeys(keys) }
    let total = partitions.reduce(0) { $0 + $1.rowCount }
    let buckets = total < ChooseSortBounds.smallCount ? 1 : bucketCount
    // Every so many rows, counted through all partitions.
    let step = max(total / (buckets * ChooseSortBounds.sampleSize), 1)
    var sample: [UInt64] = []
    var before = 0
    for (number, partition) in partitions.enumerated() {
      let first = (step - before % step) % step
      for row in stride(from: first, to: partition.rowCount, by: step) { sample.append(SortPlace.of(number, row)) }
      before += partition.rowCount
    }
    let rows = RecordBatch.taking(partitions, sample)
    // The sample is in the order of its places, so a stable sort puts equal keys in that order.
    let order = RowOrder.sorted(rows, by: keys, limit: nil)
    let chosen = (1..<max(buckets, 1)).map { order[$0 * order.count / buckets] }
    return SortBounds(keys: rows.taking(chosen), places: chosen.map { sample[Int($0)] })
  }
}

/// Sets the rows of a partition apart by bucket.
struct SplitSortable: TaskOperation {
  static let wireName = "split-sortable"

  let keys: [ResolvedSortKey]

  func run(_ task: TaskContext) throws -> any Sendable {
    guard let bounds = task.inputs[1] as? SortBounds else { preconditionFailure("the second input are the bounds") }
    let rows = FramePartition(input: task.inputs[0]).batch.sortKeys(keys)
    let count = rows.rowCount
    // Rows and bounds in one table can be compared.
    let all = RecordBatch.concatenated([rows, bounds.keys], schema: rows.schema)
    let buckets = RowOrder.places(
      of: count, in: all, by: keys, isBehind: { SortPlace.of(task.index, $0) >= bounds.places[$1] })
    return SortSplit(
      buckets.withUnsafeBufferPointer { GroupedOrder(groups: $0, groupCount: bounds.places.count + 1) })
  }
}

/// The rows of a partition by bucket, in each in their order.
struct SortSplit: Sendable, MemorySized {
  let order: GroupedOrder

  init(_ order: GroupedOrder) { self.order = order }

  var byteCount: Int { 4 * order.order.count }

  /// The rows of a bucket, if there are so many buckets.
  func rows(_ bucket: Int) -> UnsafeBufferPointer<UInt32> {
    let places = bucket + 1 < order.starts.count ? order.places(of: bucket) : 0..<0
    return UnsafeBufferPointer(start: order.order.pointer + places.lowerBound, count: places.count)
  }
}

/// Sorts the rows of one bucket. The inputs are the partitions, and behind them their splits.
struct SortBucket: TaskOperation {
  static let wireName = "sort-bucket"

  let schema: Schema
  let keys: [ResolvedSortKey]

  func run(_ task: TaskContext) throws -> any Sendable {
    let count = task.inputs.count / 2
    let partitions = task.inputs[..<count].map(FramePartition.init(input:))
    var places: [UInt64] = []
    for (number, input) in task.inputs[count...].enumerated() {
      guard let split = input as? SortSplit else { preconditionFailure("the last inputs are splits") }
      withExtendedLifetime(split) {
        for row in split.rows(task.index) { places.append(SortPlace.of(number, Int(row))) }
      }
    }
    var records = ScanRecords()
    if task.index == 0 {
      for partition in partitions { try records.join(partition.records) }
    }
    let rows = RecordBatch.taking(partitions.map(\.batch), places)
    return FramePartition(schema: schema, batches: [rows.sorted(by: keys, limit: nil)], records: records)
  }
}

/// A row of one of several partitions as a number, by which places are compared too.
private enum SortPlace {
  static func of(_ partition: Int, _ row: Int) -> UInt64 { UInt64(partition) << 32 | UInt64(row) }
}

extension RecordBatch {
  fileprivate func sorted(by keys: [ResolvedSortKey], limit: Int?) -> RecordBatch {
    taking(RowOrder.sorted(self, by: keys, limit: limit))
  }

  /// The columns that are compared.
  fileprivate func sortKeys(_ keys: [ResolvedSortKey]) -> RecordBatch {
    let names = keys.map(\.column)
    let fields = schema.fields.filter { names.contains($0.name) }
    return RecordBatch(schema: Schema(fields), columns: fields.map { required($0.name) }, rowCount: rowCount)
  }

  /// Rows of several batches with one schema: the batch in the upper half of a number, the row in the lower one. O(rows · columns).
  fileprivate static func taking(_ batches: [RecordBatch], _ rows: [UInt64]) -> RecordBatch {
    let schema = batches[0].schema
    let columns = rows.withUnsafeBufferPointer { rows in
      schema.fields.indices.map { index in RowKernels.take(batches.map { $0.columns[index] }, rows) }
    }
    return RecordBatch(schema: schema, columns: columns, rowCount: rows.count)
  }
}
