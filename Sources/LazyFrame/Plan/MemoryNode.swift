import Columnar

/// A table in memory as the source of plans, cut into partitions.
final class MemoryTable: Sendable {
  let schema: Schema
  let partitions: [RecordBatch]
  let rowCount: Int

  /// How many rows a partition has where nothing else is said: some dozen partitions, but none so small that its task is
  /// hardly worth starting, or so large that its groups leave the cache.
  private static func partitionRows(_ rowCount: Int) -> Int {
    min(max(rowCount / 16, 1 << 16), 1 << 20)
  }

  /// - Parameter partitionCount: how many partitions; nil: as many as suit the number of rows.
  init(_ frame: DataFrame, partitionCount: Int? = nil) {
    schema = frame.schema
    rowCount = frame.rowCount
    let rows = partitionCount.map { (frame.rowCount + $0 - 1) / max($0, 1) } ?? MemoryTable.partitionRows(rowCount)
    // Pieces begin at multiples of 64 rows, so that they share the memory of the frame.
    let step = max((rows + 63) & ~63, 64)
    partitions = frame.batches.flatMap { batch in
      stride(from: 0, to: batch.rowCount, by: step).map { batch.piece($0..<min($0 + step, batch.rowCount)) }
    }
  }
}

/// The columns that are read from a table in memory.
struct MemoryNode: Sendable {
  let table: MemoryTable
  /// Positions in the table, ascending.
  var columns: [Int]

  init(_ table: MemoryTable) {
    self.table = table
    columns = Array(table.schema.fields.indices)
  }

  /// The columns that leave the source.
  var schema: Schema { Schema(columns.map { table.schema.fields[$0] }) }

  /// The rows of a partition.
  func partition(_ index: Int) -> RecordBatch {
    let batch = table.partitions[index]
    if columns.count == table.schema.count { return batch }
    return RecordBatch(schema: schema, columns: columns.map { batch.columns[$0] }, rowCount: batch.rowCount)
  }
}

extension MemoryNode: Hashable {
  /// Tables are told apart by their identity.
  static func == (left: MemoryNode, right: MemoryNode) -> Bool {
    left.table === right.table && left.columns == right.columns
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(table))
    hasher.combine(columns)
  }
}

extension MemoryNode {
  /// `frame; columns symbol, date (2 of 9); 1000 rows in 4 partitions`.
  var title: String {
    let names = schema.names.map(Expression.identifier).joined(separator: ", ")
    let all = table.schema.count
    let list = columns.count == all ? "all \(all) columns" : "columns \(names) (\(columns.count) of \(all))"
    let count = table.partitions.count
    return "frame; \(list); \(table.rowCount) rows in \(count) partition\(count == 1 ? "" : "s")"
  }
}
