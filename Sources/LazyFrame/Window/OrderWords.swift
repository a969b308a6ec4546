import Columnar

/// A word for each value whose unsigned order is the order of the values, and which is the same for equal values: NaN is
/// larger than every number, 0 and -0 are equal, text is ordered by its bytes. A null has any word.
enum OrderWords {
  /// O(n), of text O(n log n).
  static func words(_ column: Column) -> [UInt64] {
    let key = SortKeyColumn(column, ResolvedSortKey(column: ""))
    guard case .string = column.values else { return key.words }
    // The words of texts hold only their first bytes: their places take over.
    let batch = RecordBatch(schema: Schema([Field("", column.type)]), columns: [column], rowCount: column.count)
    let order = RowOrder.sorted(batch, by: [ResolvedSortKey(column: "")], limit: nil)
    var words = [UInt64](repeating: 0, count: column.count)
    var place: UInt64 = 0
    withExtendedLifetime(column) {
      for (row, next) in zip(order, order.dropFirst()) {
        if key.compare(Int(row), Int(next)) != 0 { place += 1 }
        words[Int(next)] = place
      }
    }
    return words
  }
}
