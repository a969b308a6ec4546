import CSV
import Columnar
import TaskGraph

/// Where the rows of a task come from.
enum TaskSource: Sendable, Encodable {
  /// A partition of files, read by a stage.
  case scan(ScanNode, stage: Int)
  case memory(MemoryNode)
  /// The partitions among the task's inputs.
  case partition
  /// The rows of the table that is the first input which no partition among the other inputs has marked.
  case unmatched
  /// The partition that is the first input, with the numbers of its rows by the counts that are the second.
  case numbered(RowNumbering)
  /// The partition that is the first input, as a function makes it over.
  case mapped(PartitionMap)

  /// About how many rows a partition has. Only for estimates.
  func expectedRows(_ task: TaskContext) -> Int {
    switch self {
    case .scan(let node, _): node.scan.partitionBytes / 64
    case .memory(let node): node.table.partitions[task.index].rowCount
    case .partition, .numbered, .mapped: FramePartition(input: task.inputs[0]).rowCount
    case .unmatched: 0
    }
  }

  /// Hands on the rows of a partition, batch by batch, until `isFull` says that there are enough.
  ///
  /// - Parameters:
  ///   - partition: its number among those of the scan or table.
  ///   - input: its number among the task's inputs.
  /// - Returns: What was seen of the files that the rows come from.
  func read(
    partition: Int, input: Int, _ task: TaskContext, until isFull: () -> Bool, _ body: (RecordBatch) throws -> Void
  ) throws -> ScanRecords {
    switch self {
    case .scan(let node, let stage):
      do {
        let source = try ScanSource(node, partition: partition)
        while !isFull(), let batch = try source.next() {
          try task.cancellation.checkCancelled()
          try body(batch)
        }
        guard let extent = source.extent else { return ScanRecords() }
        return ScanRecords(stage: stage, scan: node.scan, partition: partition, extent)
      } catch let error as ScanRevision {
        throw ScanProblem(scan: node.scan, cause: error)
      } catch let error as CSVError {
        throw ScanProblem(scan: node.scan, cause: error)
      }
    case .memory(let node):
      for batch in node.partition(partition) { try TaskSource.pass(batch, task, isFull, body) }
      return ScanRecords()
    case .partition:
      let input = FramePartition(input: task.inputs[input])
      for batch in input.batches { try TaskSource.pass(batch, task, isFull, body) }
      return input.records
    case .numbered(let numbering):
      guard let counts = task.inputs[1] as? RowCounts else { preconditionFailure("the second input are the counts") }
      let input = FramePartition(input: task.inputs[0])
      var before = counts.before(partition)
      for batch in input.batches {
        try body(try numbering.numbered(batch, before: before, total: counts.total))
        before += batch.rowCount
      }
      return input.records
    case .mapped(let map):
      let input = FramePartition(input: task.inputs[0])
      try TaskSource.pass(map.apply(input.batch), task, isFull, body)
      return input.records
    case .unmatched:
      guard let table = task.inputs[0] as? JoinTable else { preconditionFailure("the first input is a join's table") }
      try TaskSource.pass(table.unmatched(task.inputs.dropFirst().map(FramePartition.init(input:))), task, isFull, body)
      return ScanRecords()
    }
  }

  /// - Throws: `ScanProblem` when it is not known for sure where a partition's first record begins.
  func checkStart(of partition: Int) throws {
    guard case .scan(let node, _) = self, node.scan.hasGuessedStart(of: partition) else { return }
    throw ScanProblem(scan: node.scan, cause: ScanRevision.exactStarts)
  }

  private static func pass(
    _ batch: RecordBatch, _ task: TaskContext, _ isFull: () -> Bool, _ body: (RecordBatch) throws -> Void
  ) throws {
    for piece in batch.pieces where !isFull() {
      try task.cancellation.checkCancelled()
      try body(piece)
    }
  }
}

extension MemoryNode: Encodable {
  /// Throws: a table in memory is no parameter that could be written down. Tasks that read it are told apart by that.
  func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self,
      EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "a table in memory is no plain data"))
  }
}

extension JoinTable {
  /// The rows that no task has marked as matched.
  fileprivate func unmatched(_ partitions: [FramePartition]) -> RecordBatch {
    let open = MutableBitmap(repeating: true, count: rows.rowCount)
    for matched in partitions.compactMap(\.matched) {
      for word in 0..<Bitmap.wordCount(rows.rowCount) { open.pointer[word] &= ~matched.words.pointer[word] }
    }
    return rows.filter(Selection(Column(type: .bool, values: .bool(open.freeze()))))
  }
}

/// The batches of a partition, with the scan's filter applied before the other columns are parsed.
private struct ScanSource {
  private let node: ScanNode
  private let reader: any PartitionReader
  /// The columns that the filter reads.
  private let filterColumns: [Int]

  init(_ node: ScanNode, partition: Int) throws {
    self.node = node
    let names = node.filter?.columns ?? []
    filterColumns = node.scan.columns.indices.filter { names.contains(node.scan.columns[$0].name) }
    reader = try node.scan.reader(partition: partition, columns: node.columns + filterColumns)
  }

  var extent: ScanExtent? { reader.extent }

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
