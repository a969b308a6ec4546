import CSV
import Columnar
import TaskGraph

/// Reads one partition, runs the pipeline over its batches and collects them.
struct ScanPartition: TaskOperation {
  static let wireName = "scan-csv"

  let node: ScanNode
  let steps: [PipelineStep]
  let sink: Sink

  func run(_ task: TaskContext) throws -> any Sendable {
    var state = SinkState(sink)
    let extent = try run(partition: task.index, into: &state, task.cancellation)
    return state.finish(extent: extent)
  }

  /// Feeds one partition's rows to a sink, until it is full.
  func run(partition: Int, into state: inout SinkState, _ cancellation: CancellationToken) throws -> ScanExtent {
    let source = ScanSource(node, try CSVPartitionReader(node.scan, partition: partition))
    while !state.isFull, let batch = try source.next() {
      try cancellation.checkCancelled()
      try state.add(try steps.apply(batch))
    }
    return source.extent
  }
}

/// Reads partitions one after another until there are enough rows: what `head` needs is at the front.
struct ScanFirstRows: TaskOperation {
  static let wireName = "scan-csv-first-rows"

  let scan: ScanPartition

  func run(_ task: TaskContext) throws -> any Sendable {
    var state = SinkState(scan.sink)
    var extent: ScanExtent?
    for partition in 0..<scan.node.scan.partitionCount where !state.isFull {
      let next = try scan.run(partition: partition, into: &state, task.cancellation)
      // The partition before was read to its end, or this one would not be needed.
      extent = try extent?.joined(next) ?? next
    }
    return state.finish(extent: extent)
  }
}

/// The batches of a partition, with the scan's filter applied before the other columns are parsed.
private struct ScanSource {
  private let node: ScanNode
  private let reader: CSVPartitionReader
  /// The columns that the filter reads, and those that leave the scan.
  private let filterColumns: [Int]

  init(_ node: ScanNode, _ reader: CSVPartitionReader) {
    self.node = node
    self.reader = reader
    let names = node.filter?.columns ?? []
    filterColumns = node.scan.columns.indices.filter { names.contains(node.scan.columns[$0].name) }
  }

  var extent: ScanExtent { reader.extent }

  /// The next batch, which may be empty, or nil behind the last.
  func next() throws -> RecordBatch? {
    guard try reader.nextBlock() else { return nil }
    guard let filter = node.filter else {
      return RecordBatch(
        schema: node.schema, columns: try reader.columns(node.columns), rowCount: reader.rowCount)
    }
    let fields = filterColumns.map { Field(node.scan.columns[$0].name, node.scan.columns[$0].type) }
    let parsed = try reader.columns(filterColumns)
    let seen = RecordBatch(schema: Schema(fields), columns: parsed, rowCount: reader.rowCount)
    let selection = Selection(try Evaluator.evaluate(filter, seen))
    if selection.rows.count == 0 { return RecordBatch.concatenated([], schema: node.schema) }
    var columns = Dictionary(uniqueKeysWithValues: zip(filterColumns, parsed))
    let others = node.columns.filter { columns[$0] == nil }
    for (index, column) in zip(others, try reader.columns(others)) { columns[index] = column }
    return RecordBatch(
      schema: node.schema, columns: node.columns.compactMap { columns[$0] }, rowCount: reader.rowCount
    ).filter(selection)
  }
}
