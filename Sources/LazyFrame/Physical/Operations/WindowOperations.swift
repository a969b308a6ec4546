import Columnar
import TaskGraph

/// Sets the rows of a partition apart by the keys of a set of windows.
struct SplitWindowRows: TaskOperation {
  static let wireName = "split-window-rows"

  let set: WindowSet
  let bucketCount: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    try WindowRows(FramePartition(input: task.inputs[0]), set, bucketCount: bucketCount)
  }
}

/// Computes a set of windows for one bucket of the rows of all partitions.
struct ComputeWindows: TaskOperation {
  static let wireName = "compute-windows"

  let set: WindowSet

  func run(_ task: TaskContext) throws -> any Sendable {
    let parts = task.inputs.compactMap { $0 as? WindowRows }
    return try WindowBucket(parts, set, bucket: task.index)
  }
}

/// Puts the windows' columns behind the rows of a partition.
struct AddWindowColumns: TaskOperation {
  static let wireName = "add-window-columns"

  let schema: Schema
  let sets: [WindowSet]

  func run(_ task: TaskContext) throws -> any Sendable {
    let partition = FramePartition(input: task.inputs[0])
    let parts = task.inputs.compactMap { $0 as? WindowRows }
    var rest = task.inputs.compactMap { $0 as? WindowBucket }[...]
    // Each task finds the same row, so that it does not matter which of them runs first.
    let disorder = rest.compactMap(\.disorder).min { $0.row < $1.row }
    if let disorder { throw disorder.error }
    var computed: [String: Column] = [:]
    for (set, rows) in zip(sets, parts) {
      let buckets = Array(rest.prefix(rows.buckets.count))
      rest = rest.dropFirst(rows.buckets.count)
      let columns = WindowBucket.columns(buckets, rows, part: task.index)
      for (window, column) in zip(set.windows, columns) { computed[window.name] = column }
    }
    let added = schema.fields.suffix(computed.count).compactMap { computed[$0.name] }
    var start = 0
    let batches = partition.batches.map { batch in
      let range = start..<start + batch.rowCount
      start = range.upperBound
      return RecordBatch(
        schema: schema, columns: batch.columns + added.map { RowKernels.slice($0, range) }, rowCount: batch.rowCount)
    }
    return FramePartition(schema: schema, batches: batches, records: partition.records)
  }
}
