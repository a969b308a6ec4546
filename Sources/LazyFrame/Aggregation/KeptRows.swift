import Columnar

/// Which of a group's rows an aggregate keeps.
enum KeptRows {
  case all
  case first, last
  /// At most so many, by the last input, best first; of equal ones those that come first in the rows. Numbers come before NaN,
  /// false before true; strings are ordered by their bytes. That input has no nulls.
  case best(Int, largest: Bool)

  var isAll: Bool { if case .all = self { true } else { false } }

  /// How many rows of a group are kept at most, where the best are.
  var limit: Int? { if case .best(let limit, _) = self { limit } else { nil } }

  /// A word for each value, where the best are kept: a row with a larger word than another one's is worse.
  func words(_ column: Column) -> [UInt64]? {
    guard case .best(_, let largest) = self else { return nil }
    return SortKeyColumn(column, ResolvedSortKey(column: "", descending: largest)).words
  }

  /// Those of a run's rows that can be among the rows that are kept.
  @inline(__always)
  func candidates(_ start: Int, _ end: Int) -> Range<Int> {
    switch self {
    case .all, .best: start..<end
    case .first: start..<start + 1
    case .last: end - 1..<end
    }
  }

  /// The rows of each group that are kept.
  func choose(_ rows: GroupedOrder, _ groupCount: Int, by column: Column) -> GroupedOrder {
    switch self {
    case .all: return rows
    case .first: return choose(rows, groupCount) { [rows.order.pointer[$0.lowerBound]] }
    case .last: return choose(rows, groupCount) { [rows.order.pointer[$0.upperBound - 1]] }
    case .best(let limit, let largest):
      let isLess = column.isLess
      func isBetter(_ left: UInt32, _ right: UInt32) -> Bool {
        largest ? isLess(Int(right), Int(left)) : isLess(Int(left), Int(right))
      }
      return choose(rows, groupCount) { places in
        var group = places.map { rows.order.pointer[$0] }
        if limit == 1 { return [group.reduce(group[0]) { isBetter($1, $0) ? $1 : $0 }] }
        group.sort { isBetter($0, $1) || !isBetter($1, $0) && $0 < $1 }
        return Array(group.prefix(limit))
      }
    }
  }

  /// - Parameter body: the rows that are kept of a group's places, of which there is one at least.
  private func choose(_ rows: GroupedOrder, _ groupCount: Int, _ body: (Range<Int>) -> [UInt32]) -> GroupedOrder {
    var kept: [UInt32] = []
    var starts: [UInt32] = [0]
    for group in 0..<groupCount {
      let places = rows.places(of: group)
      if !places.isEmpty { kept += body(places) }
      starts.append(UInt32(truncatingIfNeeded: kept.count))
    }
    return GroupedOrder(starts: Buffer(starts), order: Buffer(kept))
  }
}

extension Column {
  /// Whether the value of one row comes before that of another. Both are there.
  fileprivate var isLess: (Int, Int) -> Bool {
    func less<Element: ColumnElement>(_ buffer: Buffer<Element>) -> (Int, Int) -> Bool {
      { FixedCandidates.isLess(buffer.pointer[$0], buffer.pointer[$1]) }
    }
    switch values {
    case .null: return { _, _ in false }
    case .bool(let bits): return { !bits[$0] && bits[$1] }
    case .int8(let buffer): return less(buffer)
    case .int16(let buffer): return less(buffer)
    case .int32(let buffer): return less(buffer)
    case .int64(let buffer): return less(buffer)
    case .uint8(let buffer): return less(buffer)
    case .uint16(let buffer): return less(buffer)
    case .uint32(let buffer): return less(buffer)
    case .uint64(let buffer): return less(buffer)
    case .float32(let buffer): return less(buffer)
    case .float64(let buffer): return less(buffer)
    case .string(let strings):
      return { left, right in
        let (leftView, rightView) = (strings.views.pointer[left], strings.views.pointer[right])
        if let order = StringView.order(leftView, rightView) { return order < 0 }
        return strings.withBytes(of: leftView) { left in
          strings.withBytes(of: rightView) { StringValues.compare(left, $0) < 0 }
        }
      }
    case .categorical, .list: preconditionFailure("the resolver casts categories to text and refuses lists")
    }
  }
}
