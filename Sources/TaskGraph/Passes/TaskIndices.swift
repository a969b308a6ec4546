/// For each task of a rewritten layer the indices that the operations inside are told: a row of a table.
///
///     tasks of a tree, fused three by three      a table like this one is kept as its first row
///       leaf  leaf  merge                        and what each column grows by, whatever its length
///        0     1     0
///        2     3     1                             rows    0  1  0
///        4     5     2                             growth  2  2  1
struct TaskIndices: Hashable, Sendable, Codable {
  /// The number of rows.
  let count: Int

  /// All rows, one after the other; the first alone if `growth` tells the others.
  let rows: [UInt32]

  /// What each column grows by from row to row, or nothing if that differs.
  let growth: [Int]

  /// Makes a table of its rows.
  ///
  /// - Complexity: O(rows · columns).
  init(rows: [UInt32], width: Int) {
    count = rows.count / width
    let growth = count < 2 ? [] : (0..<width).map { Int(rows[width + $0]) - Int(rows[$0]) }
    let isRegular =
      count >= 2
      && stride(from: width, to: rows.count, by: width).allSatisfy { row in
        (row..<row + width).allSatisfy { Int(rows[$0]) - Int(rows[$0 - width]) == growth[$0 - row] }
      }
    self.rows = isRegular ? Array(rows[..<width]) : rows
    self.growth = isRegular ? growth : []
  }

  /// The number of columns.
  var width: Int { growth.isEmpty ? rows.count / count : rows.count }

  /// The index in a row and a column.
  subscript(row: Int, column: Int) -> Int {
    growth.isEmpty ? Int(rows[row * width + column]) : Int(rows[column]) + row * growth[column]
  }

  /// Checks a table that was decoded.
  ///
  /// - Throws: `DecodingError` if it has another number of columns, or indices below zero or beyond 32 bits.
  func check(width: Int, _ decoder: any Decoder) throws {
    let isValid =
      if growth.isEmpty {
        count > 0 && rows.count / width == count && rows.count % width == 0
      } else {
        count > 0 && rows.count == width && growth.count == width && zip(rows, growth).allSatisfy(isInside)
      }
    if !isValid {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "the indices are no table for the steps"))
    }
  }

  /// Whether the last index of a column that begins and grows like this is one.
  private func isInside(_ first: UInt32, _ growth: Int) -> Bool {
    let (distance, overflow) = growth.multipliedReportingOverflow(by: count - 1)
    let (last, sumOverflow) = distance.addingReportingOverflow(Int(first))
    return !overflow && !sumOverflow && 0...Int(UInt32.max) ~= last
  }
}
