import Columnar
import Synchronization

/// A table in memory as the source of plans, cut into partitions.
final class MemoryTable: Sendable {
  /// The rows of one task, in pieces of any size.
  struct Partition: Sendable {
    var batches: [RecordBatch] = []
    var rowCount = 0

    fileprivate mutating func append(_ batch: RecordBatch) {
      batches.append(batch)
      rowCount += batch.rowCount
    }
  }

  let schema: Schema
  let partitions: [Partition]
  let rowCount: Int
  private let ranges: [KnownRange]
  let statistics = KnownStatistics()

  /// The range of a column's values, from when somebody has asked for it.
  private final class KnownRange: Sendable {
    private let range = Mutex<KeyRange??>(nil)

    func value(_ compute: () -> KeyRange?) -> KeyRange? {
      range.withLock { range in
        let known = range ?? compute()
        range = .some(known)
        return known
      }
    }
  }

  /// How many rows a partition has where nothing else is said: some dozen partitions, but none so small that its task is
  /// hardly worth starting, or so large that its groups leave the cache.
  private static func partitionRows(_ rowCount: Int) -> Int {
    min(max(rowCount / 16, 1 << 16), 1 << 20)
  }

  /// - Parameter partitionCount: how many partitions; nil: as many as suit the number of rows.
  convenience init(_ frame: DataFrame, partitionCount: Int? = nil) {
    let rows = partitionCount.map { (frame.rowCount + $0 - 1) / $0 } ?? MemoryTable.partitionRows(frame.rowCount)
    self.init(MemoryTable.cut(frame.batches, every: max(rows, 1), sharing: partitionCount == nil), schema: frame.schema)
  }

  init(_ partitions: [Partition], schema: Schema) {
    self.schema = schema
    self.partitions = partitions
    rowCount = partitions.reduce(0) { $0 + $1.rowCount }
    ranges = schema.fields.map { _ in KnownRange() }
  }

  /// The range of the values of a column; nil where there is none. O(rows) the first time.
  func range(of column: Int) -> KeyRange? {
    ranges[column].value {
      KeyRange(partitions.flatMap { $0.batches.map { $0.columns[column] } }, statistics(of: column))
    }
  }

  /// Fills partitions with so many rows each, or somewhat fewer where that lets all pieces share the memory they are in: such
  /// pieces begin at multiples of 64 rows.
  private static func cut(_ batches: [RecordBatch], every size: Int, sharing: Bool) -> [Partition] {
    var partitions: [Partition] = []
    var open = Partition()
    for batch in batches where batch.rowCount > 0 {
      var start = 0
      while start < batch.rowCount {
        var end = min(start + size - open.rowCount, batch.rowCount)
        if sharing, end < batch.rowCount { end = end & ~63 }
        if end > start { open.append(batch.rows(start..<end)) }
        start = max(end, start)
        if start < batch.rowCount || open.rowCount >= size {
          partitions.append(open)
          open = Partition()
        }
      }
    }
    return open.rowCount > 0 ? partitions + [open] : partitions
  }
}

/// The columns that are read from a table in memory.
struct MemoryNode: Sendable {
  let table: MemoryTable
  /// Positions in the table, ascending.
  var columns: [Int]
  /// What stands above lets only rows through for which this is true. Partitions where it is for none need not be read.
  var condition: ResolvedExpression?

  init(_ table: MemoryTable) {
    self.table = table
    columns = Array(table.schema.fields.indices)
  }

  /// The columns that leave the source.
  var schema: Schema { Schema(columns.map { table.schema.fields[$0] }) }

  /// The range of the values of a column; nil where there is none. O(rows) the first time.
  func range(of name: String) -> KeyRange? {
    columns.first { table.schema.fields[$0].name == name }.flatMap(table.range)
  }

  /// The rows of a partition.
  func partition(_ index: Int) -> [RecordBatch] {
    if let condition, table.excludes(condition, partition: index) { return [] }
    let batches = table.partitions[index].batches
    if columns.count == table.schema.count { return batches }
    return batches.map { batch in
      RecordBatch(schema: schema, columns: columns.map { batch.columns[$0] }, rowCount: batch.rowCount)
    }
  }
}

extension MemoryNode: Hashable {
  /// Tables are told apart by their identity.
  static func == (left: MemoryNode, right: MemoryNode) -> Bool {
    left.table === right.table && left.columns == right.columns && left.condition == right.condition
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
      + (condition == nil ? "" : "; partitions out of range are left out")
  }
}
