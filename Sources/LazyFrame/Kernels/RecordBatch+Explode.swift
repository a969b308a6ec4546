import Columnar

extension RecordBatch {
  /// A row for each element of the lists in some columns, whose other values are repeated. A null or empty list gives one
  /// row with null.
  ///
  /// - Throws: `LazyFrameError` when the lists of a row have different lengths.
  /// - Complexity: O(rows of the result · columns).
  func exploding(_ names: [String]) throws -> RecordBatch {
    let lists = names.map { required($0) }
    var rows: [UInt32] = []
    var elements = Array(repeating: [UInt32](), count: lists.count)
    for row in 0..<rowCount {
      let counts = lists.map { $0.isNull(at: row) ? 0 : $0.lists[row].count }
      guard counts.allSatisfy({ $0 == counts[0] }) else {
        throw LazyFrameError(
          .type,
          "the lists of a row that are exploded together have different lengths: "
            + zip(names, counts).map { "\($1) in '\($0)'" }.joined(separator: ", "),
          hint: "explode one column after the other")
      }
      for place in 0..<max(counts[0], 1) {
        rows.append(UInt32(truncatingIfNeeded: row))
        for index in lists.indices {
          elements[index].append(
            counts[0] == 0 ? .max : UInt32(truncatingIfNeeded: lists[index].lists[row].lowerBound + place))
        }
      }
    }
    let columns = zip(schema.fields, columns).map { field, column -> Column in
      guard let index = names.firstIndex(of: field.name) else {
        return rows.withUnsafeBufferPointer { RowKernels.take(column, $0) }
      }
      return elements[index].withUnsafeBufferPointer { RowKernels.take(column.lists.elements, $0, missing: .max) }
    }
    return RecordBatch(schema: schema.exploding(names), columns: columns, rowCount: rows.count)
  }
}
