import Columnar

/// A column with the number of each row, counted over all partitions.
struct RowNumbering: Sendable, Hashable, Codable {
  let name: String
  /// The number of the first row; from the end: of the last.
  let offset: Int64
  /// Whether rows are counted backwards.
  let fromEnd: Bool

  init(name: String, offset: Int64 = 0, fromEnd: Bool = false) {
    (self.name, self.offset, self.fromEnd) = (name, offset, fromEnd)
  }

  var field: Field { Field(name, .int64) }
  var column: ResolvedExpression { .column(name, .int64) }

  /// The batch with its numbers in front.
  ///
  /// - Parameters:
  ///   - before: how many rows come before the batch.
  ///   - total: how many rows there are.
  /// - Throws: `LazyFrameError` for a number that does not fit 64 bits.
  func numbered(_ batch: RecordBatch, before: Int, total: Int) throws -> RecordBatch {
    guard !offset.addingReportingOverflow(Int64(total)).overflow else {
      throw LazyFrameError(
        .overflow, "the numbers of \(total) rows from \(offset) on do not fit int64", hint: "begin at a smaller number")
    }
    let numbers = MutableBuffer<Int64>(count: batch.rowCount)
    for row in 0..<batch.rowCount {
      let place = before + row
      numbers.pointer[row] = offset + Int64(fromEnd ? total - 1 - place : place)
    }
    let column = Column(type: .int64, values: .int64(numbers.freeze()))
    return RecordBatch(
      schema: Schema([field] + batch.schema.fields), columns: [column] + batch.columns, rowCount: batch.rowCount)
  }
}

extension RowNumbering: CustomStringConvertible {
  var description: String {
    "number the rows\(fromEnd ? " from the end" : "") from \(offset) as \(Expression.identifier(name))"
  }
}

/// How many rows each partition of a stage has.
struct RowCounts: Sendable {
  let counts: [Int]

  var total: Int { counts.reduce(0, +) }

  func before(_ partition: Int) -> Int { counts[..<partition].reduce(0, +) }
}
