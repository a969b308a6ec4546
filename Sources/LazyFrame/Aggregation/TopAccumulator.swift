import Columnar

/// `top` and `bottom`: the largest or the smallest values of each group, best first, of types of fixed size and for few values.
///
/// A group's row holds how many values it has, and the values in their order. A value that comes is first compared with the
/// last of them: where groups have many rows, that is all that happens to most.
///
///     | count | best | next | … |
///
/// Of equal values the first in the rows stays, so that zeros keep their sign in any partitions. O(rows · count) at worst.
final class TopAccumulator: Accumulator {
  /// More values than these do not lie in the group's row.
  private static let limit = 16

  private let type: DType
  private let count: Int
  private let takesLargest: Bool
  /// The bytes of one value.
  private let width: Int

  /// Nil when the values do not fit the group's row.
  init?(type: DType, count: Int, takesLargest: Bool) {
    guard count <= TopAccumulator.limit, type != .bool, !type.isText,
      let width = Column.Values(emptyOf: type).fixed?.width
    else { return nil }
    (self.type, self.count, self.takesLargest, self.width) = (type, count, takesLargest, width)
  }

  var stateSize: Int { MemoryLayout<Int>.size + (count * width + 7) & ~7 }
  var isCopiedWithState: Bool { true }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let column = inputs[0]
    switch type.kind {
    case .int8: update(Int8.self, column, runs, states)
    case .int16: update(Int16.self, column, runs, states)
    case .uint8: update(UInt8.self, column, runs, states)
    case .uint16: update(UInt16.self, column, runs, states)
    case .uint32: update(UInt32.self, column, runs, states)
    case .uint64: update(UInt64.self, column, runs, states)
    case .int32, .date: update(Int32.self, column, runs, states)
    case .int64, .datetime, .duration: update(Int64.self, column, runs, states)
    case .float32: update(Float.self, column, runs, states)
    case .float64: update(Double.self, column, runs, states)
    case .null, .bool, .string, .categorical, .list: preconditionFailure("values of \(type) do not lie in rows")
    }
    withExtendedLifetime(column) {}
  }

  @inline(__always)
  private func update<Element: ColumnElement>(
    _ element: Element.Type, _ column: Column, _ runs: GroupRuns, _ states: GroupStates
  ) {
    let values = column.buffer(of: element).pointer
    if takesLargest {
      add(values, column.validity, runs, states) { FixedCandidates.isLess($1, $0) }
    } else {
      add(values, column.validity, runs, states) { FixedCandidates.isLess($0, $1) }
    }
  }

  @inline(__always)
  private func add<Element: ColumnElement>(
    _ values: UnsafePointer<Element>, _ validity: Bitmap?, _ runs: GroupRuns, _ states: GroupStates,
    _ isBetter: (Element, Element) -> Bool
  ) {
    let count = count
    runs.forEach(validity) { group, start, end in
      let state = TopState<Element>(states, group)
      for row in start..<end { state.add(values[row], count, isBetter) }
    }
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    switch type.kind {
    case .int8: merge(Int8.self, pairs, others, states)
    case .int16: merge(Int16.self, pairs, others, states)
    case .uint8: merge(UInt8.self, pairs, others, states)
    case .uint16: merge(UInt16.self, pairs, others, states)
    case .uint32: merge(UInt32.self, pairs, others, states)
    case .uint64: merge(UInt64.self, pairs, others, states)
    case .int32, .date: merge(Int32.self, pairs, others, states)
    case .int64, .datetime, .duration: merge(Int64.self, pairs, others, states)
    case .float32: merge(Float.self, pairs, others, states)
    case .float64: merge(Double.self, pairs, others, states)
    case .null, .bool, .string, .categorical, .list: preconditionFailure("values of \(type) do not lie in rows")
    }
  }

  @inline(__always)
  private func merge<Element: ColumnElement>(
    _ element: Element.Type, _ pairs: GroupPairs, _ others: GroupStates, _ states: GroupStates
  ) {
    if takesLargest {
      merge(pairs, others, states) { (left: Element, right) in FixedCandidates.isLess(right, left) }
    } else {
      merge(pairs, others, states) { (left: Element, right) in FixedCandidates.isLess(left, right) }
    }
  }

  @inline(__always)
  private func merge<Element: ColumnElement>(
    _ pairs: GroupPairs, _ others: GroupStates, _ states: GroupStates, _ isBetter: (Element, Element) -> Bool
  ) {
    for index in 0..<pairs.count {
      let theirs = TopState<Element>(others, Int(pairs.sources[index]))
      let ours = TopState<Element>(states, Int(pairs.targets[index]))
      for place in 0..<theirs.count.pointee { ours.add(theirs.values[place], count, isBetter) }
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    switch type.kind {
    case .int8: finish(Int8.self, count, states)
    case .int16: finish(Int16.self, count, states)
    case .uint8: finish(UInt8.self, count, states)
    case .uint16: finish(UInt16.self, count, states)
    case .uint32: finish(UInt32.self, count, states)
    case .uint64: finish(UInt64.self, count, states)
    case .int32, .date: finish(Int32.self, count, states)
    case .int64, .datetime, .duration: finish(Int64.self, count, states)
    case .float32: finish(Float.self, count, states)
    case .float64: finish(Double.self, count, states)
    case .null, .bool, .string, .categorical, .list: preconditionFailure("values of \(type) do not lie in rows")
    }
  }

  @inline(__always)
  private func finish<Element: ColumnElement>(
    _ element: Element.Type, _ count: Int, _ states: GroupStates
  ) -> Column {
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
