import Columnar

// Whole rows of all columns.

extension RecordBatch {
  /// The rows of several batches below each other. O(rows · columns).
  static func concatenated(_ batches: [RecordBatch], schema: Schema) -> RecordBatch {
    if batches.count == 1 { return batches[0] }
    let columns = schema.fields.indices.map { index in
      batches.isEmpty
        ? Column(nullsOf: schema.fields[index].type, count: 0)
        : RowKernels.concatenate(batches.map { $0.columns[index] })
    }
    return RecordBatch(schema: schema, columns: columns, rowCount: batches.reduce(0) { $0 + $1.rowCount })
  }

  /// The first rows.
  func prefix(_ count: Int) -> RecordBatch {
    if count >= rowCount { return self }
    return RecordBatch(
      schema: schema, columns: columns.map { RowKernels.slice($0, 0..<count) }, rowCount: count)
  }

  /// A run of rows. O(rows · columns).
  func slice(_ range: Range<Int>) -> RecordBatch {
    if range.count == rowCount { return self }
    return RecordBatch(schema: schema, columns: columns.map { RowKernels.slice($0, range) }, rowCount: range.count)
  }

  /// The rows with these numbers, in this order.
  func taking(_ rows: [UInt32]) -> RecordBatch {
    rows.withUnsafeBufferPointer { rows in
      RecordBatch(schema: schema, columns: columns.map { RowKernels.take($0, rows) }, rowCount: rows.count)
    }
  }

  /// The selected rows. O(rows · columns).
  func filter(_ selection: Selection) -> RecordBatch {
    RecordBatch(
      schema: schema, columns: columns.map { RowKernels.filter($0, selection) }, rowCount: selection.rows.count)
  }
}
