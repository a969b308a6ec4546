import Columnar

/// Sorts rows by several columns: stable, nulls last in either direction, NaN after every number, text by its bytes.
///
/// Each key becomes one word for each row whose unsigned order is the key's order, so that most comparisons are of words:
///
///     int64      the sign bit turned over
///     float64    all bits of a negative turned over, the sign bit of a positive
///     text       the first 8 bytes, the first byte highest; equal words are decided by the whole text
///     null       kept apart: it comes last also when the order is turned round
enum RowOrder {
  /// The numbers of the rows in order, at most `limit`. O(n log n).
  static func sorted(_ batch: RecordBatch, by keys: [ResolvedSortKey], limit: Int?) -> [UInt32] {
    let columns = keys.map { key -> (column: Column, words: [UInt64], descending: Bool) in
      guard let column = batch[key.column] else { preconditionFailure("the plan sorts by a column that is not there") }
      return (column, words(column, descending: key.descending), key.descending)
    }
    var rows = Array(UInt32(0)..<UInt32(batch.rowCount))
    rows.sort { left, right in
      let (left, right) = (Int(left), Int(right))
      for (column, words, descending) in columns {
        if column.validity != nil {
          let (leftNull, rightNull) = (column.isNull(at: left), column.isNull(at: right))
          if leftNull != rightNull { return rightNull }
          if leftNull { continue }
        }
        let (a, b) = (words[left], words[right])
        if a != b { return a < b }
        if case .string(let strings) = column.values {
          let order = compare(strings, left, right)
          if order != 0 { return (order < 0) != descending }
        }
      }
      return left < right
    }
    if let limit, limit < rows.count { rows.removeSubrange(limit...) }
    return rows
  }

  private static func words(_ column: Column, descending: Bool) -> [UInt64] {
    let flip: UInt64 = descending ? ~0 : 0
    let count = column.count
    switch column.values {
    case .null: return Array(repeating: 0, count: count)
    case .bool(let bits): return (0..<count).map { (bits[$0] ? 1 : 0) ^ flip }
    case .int32(let buffer): return (0..<count).map { ordered(Int64(buffer.pointer[$0])) ^ flip }
    case .int64(let buffer): return (0..<count).map { ordered(buffer.pointer[$0]) ^ flip }
    case .float32(let buffer): return (0..<count).map { ordered(Double(buffer.pointer[$0])) ^ flip }
    case .float64(let buffer): return (0..<count).map { ordered(buffer.pointer[$0]) ^ flip }
    case .string(let strings):
      return (0..<count).map { row in
        strings.withBytes(of: strings.views.pointer[row]) { text in
          var word: UInt64 = 0
          for index in 0..<min(8, text.count) { word |= UInt64(text[index]) << UInt64(56 - 8 * index) }
          return word ^ flip
        }
      }
    }
  }

  private static func ordered(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }

  private static func ordered(_ value: Double) -> UInt64 {
    if value.isNaN { return ~0 }
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func compare(_ strings: StringValues, _ left: Int, _ right: Int) -> Int {
    strings.withBytes(at: left) { left in
      strings.withBytes(at: right) { StringValues.compare(left, $0) }
    }
  }
}
