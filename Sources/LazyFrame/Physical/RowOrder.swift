import Columnar

/// Sorts rows by several columns: stable, nulls last in either direction unless a key says first, NaN larger than every number, text by its bytes.
///
/// Each key becomes one word for each row whose unsigned order is the key's order, so that most comparisons are of words:
///
///     int64      the sign bit turned over; numbers without a sign as they are
///     float64    all bits of a negative turned over, the sign bit of a positive
///     text       8 bytes behind those that all begin with, the first byte highest; equal words are decided by the whole text
///     category   the place of its text among those of the dictionary
///     null       kept apart: where it comes does not depend on the direction
///
/// The rows are sorted by the words of the first key, then each run of equal words by those of the next key, and so on. Texts
/// with one word are compared, unless all of them are equal.
enum RowOrder {
  /// Fewer rows than this are sorted by comparing them.
  private static let smallCount = 32

  /// The numbers of the rows in order, at most `limit`. O(n · keys), and O(n log n) where texts have equal words.
  static func sorted(_ batch: RecordBatch, by keys: [ResolvedSortKey], limit: Int?) -> [UInt32] {
    var rows = Array(UInt32(0)..<UInt32(batch.rowCount))
    let sortKeys = columns(batch, keys)
    withExtendedLifetime(batch) {
      sortKeys.withUnsafeBufferPointer { sortKeys in
        var runs = sortKeys.isEmpty ? [] : [(range: rows.indices, key: 0)]
        while let run = runs.popLast() { sort(&rows, run.range, sortKeys, run.key, &runs) }
      }
    }
    return limit.map { Array(rows.prefix($0)) } ?? rows
  }

  /// Sorts a run of rows, which are equal in the keys before `key` and in their order, by that key; adds the runs that are to be
  /// sorted by the next one.
  private static func sort(
    _ rows: inout [UInt32], _ range: Range<Int>, _ keys: UnsafeBufferPointer<SortKeyColumn>, _ key: Int,
    _ runs: inout [(range: Range<Int>, key: Int)]
  ) {
    let rest = UnsafeBufferPointer(rebasing: keys[key...])
    if range.count < smallCount { return rows[range].sort { comesBefore(Int($0), Int($1), rest) } }
    let column = keys[key]
    var nulls: [UInt32] = []
    var items: [NumberedWord] = []
    items.reserveCapacity(range.count)
    for row in rows[range] {
      if column.isNull(Int(row)) {
        nulls.append(row)
      } else {
        items.append(NumberedWord(word: column.words[Int(row)], number: row))
      }
    }
    RadixSort.sort(&items)
    let first = column.nullsFirst ? range.lowerBound + nulls.count : range.lowerBound
    for (place, item) in items.enumerated() { rows[first + place] = item.number }
    let firstNull = column.nullsFirst ? range.lowerBound : range.lowerBound + items.count
    for (place, row) in nulls.enumerated() { rows[firstNull + place] = row }
    func addRun(_ start: Int, _ count: Int) {
      if count > 1, key + 1 < keys.count { runs.append((start..<start + count, key + 1)) }
    }
    addRun(firstNull, nulls.count)
    if !column.isText, key + 1 == keys.count { return }
    var start = 0
    while start < items.count {
      var end = start + 1
      while end < items.count, items[end].word == items[start].word { end += 1 }
      let run = first + start..<first + end
      let one = Int(rows[run.lowerBound])
      if column.isText, rows[run].contains(where: { column.compare(one, Int($0)) != 0 }) {
        rows[run].sort { comesBefore(Int($0), Int($1), rest) }
      } else {
        addRun(run.lowerBound, run.count)
      }
      start = end
    }
  }

  /// For each of the first rows how many of the others, which are in order, do not come behind it. O(n log n) of those.
  ///
  /// - Parameters:
  ///   - count: how many rows are asked for; the others stand behind them.
  ///   - batch: all rows.
  ///   - keys: what is compared.
  ///   - isBehind: whether a row comes behind another one, or is it, if their keys are equal; the other counts from 0.
  static func places(
    of count: Int, in batch: RecordBatch, by keys: [ResolvedSortKey], isBehind: (_ row: Int, _ other: Int) -> Bool
  ) -> [UInt32] {
    let sortKeys = columns(batch, keys)
    return withExtendedLifetime(batch) {
      sortKeys.withUnsafeBufferPointer { sortKeys in
        (0..<count).map { row in
          var (low, high) = (0, batch.rowCount - count)
          while low < high {
            let middle = (low + high) / 2
            let order = compare(row, count + middle, sortKeys)
            if order > 0 || order == 0 && isBehind(row, middle) { low = middle + 1 } else { high = middle }
          }
          return UInt32(truncatingIfNeeded: low)
        }
      }
    }
  }

  private static func columns(_ batch: RecordBatch, _ keys: [ResolvedSortKey]) -> [SortKeyColumn] {
    keys.map { key in
      guard let column = batch[key.column] else { preconditionFailure("the plan sorts by a column that is not there") }
      return SortKeyColumn(column, key)
    }
  }

  private static func comesBefore(_ left: Int, _ right: Int, _ keys: UnsafeBufferPointer<SortKeyColumn>) -> Bool {
    let order = compare(left, right, keys)
    return order != 0 ? order < 0 : left < right
  }

  /// Negative when the left row comes first, 0 when the keys are equal.
  private static func compare(_ left: Int, _ right: Int, _ keys: UnsafeBufferPointer<SortKeyColumn>) -> Int {
    for index in keys.indices {
      let order = keys[index].compare(left, right)
      if order != 0 { return order }
    }
    return 0
  }
}

/// One column to sort by: plain pointers, so that comparing counts no references. The batch outlives it.
struct SortKeyColumn {
  let words: [UInt64]
  private let validity: UnsafePointer<UInt64>?
  private let views: UnsafePointer<StringView>?
  private let strings: StringValues?
  /// How many bytes all texts begin with.
  private let prefix: Int
  private let descending: Bool
  let nullsFirst: Bool

  /// Whether rows with the same word can differ.
  var isText: Bool { views != nil }

  init(_ column: Column, _ key: ResolvedSortKey) {
    (descending, nullsFirst) = (key.descending, key.nullsFirst)
    validity = column.validity?.words.pointer
    let flip: UInt64 = descending ? ~0 : 0
    let rows = 0..<column.count
    var strings: StringValues?
    var prefix = 0
    switch column.values {
    case .null: words = Array(repeating: 0, count: column.count)
    case .bool(let bits): words = rows.map { (bits[$0] ? 1 : 0) ^ flip }
    case .int8(let buffer): words = rows.map { SortKeyColumn.ordered(Int64(buffer.pointer[$0])) ^ flip }
    case .int16(let buffer): words = rows.map { SortKeyColumn.ordered(Int64(buffer.pointer[$0])) ^ flip }
    case .int32(let buffer): words = rows.map { SortKeyColumn.ordered(Int64(buffer.pointer[$0])) ^ flip }
    case .int64(let buffer): words = rows.map { SortKeyColumn.ordered(buffer.pointer[$0]) ^ flip }
    case .uint8(let buffer): words = rows.map { UInt64(buffer.pointer[$0]) ^ flip }
    case .uint16(let buffer): words = rows.map { UInt64(buffer.pointer[$0]) ^ flip }
    case .uint32(let buffer): words = rows.map { UInt64(buffer.pointer[$0]) ^ flip }
    case .uint64(let buffer): words = rows.map { buffer.pointer[$0] ^ flip }
    case .float32(let buffer): words = rows.map { SortKeyColumn.ordered(Double(buffer.pointer[$0])) ^ flip }
    case .float64(let buffer): words = rows.map { SortKeyColumn.ordered(buffer.pointer[$0]) ^ flip }
    case .list: preconditionFailure("the resolver refuses to sort by lists")
    case .categorical(let categories):
      let ranks = SortKeyColumn.ranks(categories.dictionary.strings)
      words = rows.map { ranks[Int(categories.codes.pointer[$0])] ^ flip }
    case .string(let values):
      strings = values
      prefix = SortKeyColumn.commonPrefix(values, column)
      words = rows.map { row in
        values.withBytes(of: values.views.pointer[row]) { SortKeyColumn.ordered($0, from: prefix) } ^ flip
      }
    }
    self.strings = strings
    self.prefix = prefix
    views = strings?.views.pointer
  }

  func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    return validity[row >> 6] >> UInt64(row & 63) & 1 == 0
  }

  /// Negative when the left row comes first by this column, 0 when the two are equal.
  func compare(_ left: Int, _ right: Int) -> Int {
    if validity != nil {
      let (leftNull, rightNull) = (isNull(left), isNull(right))
      if leftNull || rightNull { return leftNull == rightNull ? 0 : leftNull != nullsFirst ? 1 : -1 }
    }
    let (leftWord, rightWord) = (words[left], words[right])
    if leftWord != rightWord { return leftWord < rightWord ? -1 : 1 }
    guard let views else { return 0 }
    let order = compareText(views[left], views[right])
    return descending ? -order : order
  }

  /// Compares two texts whose words are the same.
  private func compareText(_ left: StringView, _ right: StringView) -> Int {
    if left.length <= prefix + 8, right.length <= prefix + 8 { return left.length - right.length }
    guard let strings else { return 0 }
    return strings.withBytes(of: left) { left in strings.withBytes(of: right) { StringValues.compare(left, $0) } }
  }

  /// The place of each text among all in the order of their bytes. The texts are different.
  private static func ranks(_ texts: StringValues) -> [UInt64] {
    let order = (0..<texts.count).sorted { left, right in
      texts.withBytes(at: left) { left in texts.withBytes(at: right) { StringValues.compare(left, $0) < 0 } }
    }
    var ranks = [UInt64](repeating: 0, count: texts.count)
    for (rank, index) in order.enumerated() { ranks[index] = UInt64(rank) }
    return ranks
  }

  private static func ordered(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }

  private static func ordered(_ value: Double) -> UInt64 {
    if value.isNaN { return ~0 }
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func ordered(_ text: UnsafeRawBufferPointer, from prefix: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<max(min(8, text.count - prefix), 0) {
      word |= UInt64(text[prefix + index]) << UInt64(56 - 8 * index)
    }
    return word
  }

  /// How many bytes all texts have in common at their beginning.
  private static func commonPrefix(_ texts: StringValues, _ column: Column) -> Int {
    guard let first = (0..<texts.count).first(where: { !column.isNull(at: $0) }) else { return 0 }
    return texts.withBytes(at: first) { first in
      var length = first.count
      for row in 0..<texts.count where !column.isNull(at: row) {
        if length == 0 { break }
        texts.withBytes(at: row) { text in
          length = min(length, text.count)
          for index in 0..<length where text[index] != first[index] {
            length = index
            break
          }
        }
      }
      return length
    }
  }
}
