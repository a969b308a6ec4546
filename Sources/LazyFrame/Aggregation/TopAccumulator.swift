import Columnar

/// `top` and `bottom`: the largest or the smallest values of each group, best first, of types of fixed size and for few values.
///
/// A group's row holds how many values it has, and the values in their order. A value that comes is first compared with the
/// last of them: where groups have many rows, that is all that happens to most.
///
///     | count | best | next | … |
///
/// Of equal values the first in the rows stays, so that zeros keep their sign in any partitions. O(rows · count) at worst.
final class TopAccumulator<Element: ColumnElement>: Accumulator {
  private let type: DType
  private let limit: Int
  private let takesLargest: Bool

  init(type: DType, limit: Int, takesLargest: Bool) {
    (self.type, self.limit, self.takesLargest) = (type, limit, takesLargest)
  }

  var stateSize: Int { MemoryLayout<Int>.size + (limit * MemoryLayout<Element>.stride + 7) & ~7 }
  var isCopiedWithState: Bool { true }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let values = inputs[0].buffer(of: Element.self)
    let validity = inputs[0].validity
    withExtendedLifetime(values) {
      if takesLargest {
        add(values.pointer, validity, runs, states) { FixedCandidates.isLess($1, $0) }
      } else {
        add(values.pointer, validity, runs, states) { FixedCandidates.isLess($0, $1) }
      }
    }
  }

  @inline(__always)
  private func add(
    _ values: UnsafePointer<Element>, _ validity: Bitmap?, _ runs: GroupRuns, _ states: GroupStates,
    _ isBetter: (Element, Element) -> Bool
  ) {
    let limit = limit
    runs.forEach(validity) { group, start, end in
      let state = TopState<Element>(states, group)
      for row in start..<end { state.add(values[row], limit, isBetter) }
    }
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    if takesLargest {
      merge(pairs, others, states) { FixedCandidates.isLess($1, $0) }
    } else {
      merge(pairs, others, states) { FixedCandidates.isLess($0, $1) }
    }
  }

  @inline(__always)
  private func merge(
    _ pairs: GroupPairs, _ others: GroupStates, _ states: GroupStates, _ isBetter: (Element, Element) -> Bool
  ) {
    for index in 0..<pairs.count {
      let theirs = TopState<Element>(others, Int(pairs.sources[index]))
      let ours = TopState<Element>(states, Int(pairs.targets[index]))
      for place in 0..<theirs.count.pointee { ours.add(theirs.values[place], limit, isBetter) }
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    let offsets = MutableBuffer<Int64>(count: count + 1)
    offsets.pointer[0] = 0
    for group in 0..<count {
      offsets.pointer[group + 1] = offsets.pointer[group] + Int64(TopState<Element>(states, group).count.pointee)
    }
    let values = MutableBuffer<Element>(count: Int(offsets.pointer[count]))
    for group in 0..<count {
      let state = TopState<Element>(states, group)
      (values.pointer + Int(offsets.pointer[group])).update(from: state.values, count: state.count.pointee)
    }
    let elements = Column(type: type, values: Element.values(values.freeze()))
    return Column(type: .list(type), values: .list(ListValues(offsets: offsets.freeze(), elements: elements)))
  }
}

/// The values that one group keeps, in its row.
private struct TopState<Element: ColumnElement> {
  let count: UnsafeMutablePointer<Int>
  let values: UnsafeMutablePointer<Element>

  @inline(__always)
  init(_ states: GroupStates, _ group: Int) {
    let row = states.base + group &* states.stride
    count = row.assumingMemoryBound(to: Int.self)
    values = (row + MemoryLayout<Int>.size).assumingMemoryBound(to: Element.self)
  }

  @inline(__always)
  func add(_ value: Element, _ limit: Int, _ isBetter: (Element, Element) -> Bool) {
    var place = count.pointee
    if place == limit {
      place &-= 1
      if !isBetter(value, values[place]) { return }
    } else {
      count.pointee = place &+ 1
    }
    while place > 0, isBetter(value, values[place &- 1]) {
      values[place] = values[place &- 1]
      place &-= 1
    }
    values[place] = value
  }
}

/// Which accumulator finds the best values of a column.
enum TopValues {
  /// More values than these do not lie in the group's row.
  static let inlineLimit = 16

  static func makeAccumulator(of type: DType, limit: Int, takesLargest: Bool) -> any Accumulator {
    func inline<Element: ColumnElement>(_ element: Element.Type) -> any Accumulator {
      TopAccumulator<Element>(type: type, limit: limit, takesLargest: takesLargest)
    }
    let isSmall = limit <= inlineLimit
    switch type.kind {
    case .int8 where isSmall: return inline(Int8.self)
    case .int16 where isSmall: return inline(Int16.self)
    case .uint8 where isSmall: return inline(UInt8.self)
    case .uint16 where isSmall: return inline(UInt16.self)
    case .uint32 where isSmall: return inline(UInt32.self)
    case .uint64 where isSmall: return inline(UInt64.self)
    case .int32 where isSmall, .date where isSmall: return inline(Int32.self)
    case .int64 where isSmall, .datetime where isSmall, .duration where isSmall: return inline(Int64.self)
    case .float32 where isSmall: return inline(Float.self)
    case .float64 where isSmall: return inline(Double.self)
    default:
      return RowsAccumulator(
        types: [type], keeps: .best(limit, largest: takesLargest), skipsNulls: true, result: .list)
    }
  }
}
