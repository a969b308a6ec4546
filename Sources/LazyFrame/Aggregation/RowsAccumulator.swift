import Columnar

/// Aggregates that keep values of any type as they are: all of a group's rows, or the best of them.
///
/// Rows that may be kept are collected, batch after batch, with their groups:
///
///     pieces   values of a batch │ values of a batch │ …
///     groups   4 1 1 3 …         │ 2 4 …             │ …
///
/// Where a group keeps only some of its rows, the others are dropped each time twice as many rows have come as were kept
/// before. So the memory is that of what is kept, or of 65,536 rows, and each row is looked at a bounded number of times on
/// average. From then on a row that is worse than all that its group keeps is not even collected. Sealing puts the values in the order of their groups, and the rows of a group stay in theirs.
///
/// O(rows) where all are kept, else O(rows · log(rows of a group)).
final class RowsAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.

  /// What becomes of a group's rows.
  enum Result {
    /// A list of the first input's values.
    case list
    /// The first input's value in the one row that is kept, null without one.
    case value
    /// The first input's texts with this between them, null without one.
    case text(separator: String)
  }

  private let types: [DType]
  private let keeps: KeptRows
  private let skipsNulls: Bool
  private let result: Result

  private var pieces: [[Column]] = []
  /// The group of each row of the pieces.
  private var groups = MutableBuffer<UInt32>()
  private var groupCount = 0
  private var dropsAt = RowsAccumulator.smallCount
  /// For each group the word of the worst row that it keeps, where it keeps as many as it may: a larger one is worse.
  private var limits: [UInt64] = []
  /// The rows in the order of their groups, once sealed.
  private var sealed: Sealed?

  private struct Sealed {
    let columns: [Column]
    let order: GroupedOrder
  }

  private static let smallCount = 65_536

  /// - Parameter skipsNulls: whether rows in which an input is null do not count.
  init(types: [DType], keeps: KeptRows, skipsNulls: Bool, result: Result) {
    (self.types, self.keeps, self.skipsNulls, self.result) = (types, keeps, skipsNulls, result)
  }

  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { false }

  // MARK: Rows that come

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    if skipsNulls, types.contains(.null) { return }
    let validity = skipsNulls ? inputs.reduce(nil) { Bitmap.both($0, $1.validity) } : nil
    let (oldCount, room) = (groups.count, inputs[0].count)
    groups.resize(oldCount + room)
    let rows = MutableBuffer<UInt32>(count: room)
    let (nextGroup, nextRow) = (groups.pointer + oldCount, rows.pointer)
    var (count, largest) = (0, groupCount - 1)
    let words = limits.isEmpty ? nil : keeps.words(inputs[inputs.count - 1])
    runs.forEach(validity) { group, start, end in
      largest = max(largest, group)
      let limit = group < limits.count ? limits[group] : .max
      for row in keeps.candidates(start, end) {
        if let words, words[row] > limit { continue }
        nextGroup[count] = UInt32(truncatingIfNeeded: group)
        nextRow[count] = UInt32(truncatingIfNeeded: row)
        count &+= 1
      }
    }
    groups.resize(oldCount + count)
    groupCount = largest + 1
    let piece = rows.freeze().withUnsafeBufferPointer { rows in
      let taken = UnsafeBufferPointer(rebasing: rows[..<count])
      return inputs.map { $0.count == count && $0.isMadeOfNumbers ? $0 : RowKernels.take($0, taken) }
    }
    append(piece)
  }

  private func append(_ piece: [Column]) {
    if piece[0].count > 0 { pieces.append(piece) }
    if keeps.isAll || groups.count < dropsAt { return }
    let kept = inOrder(groupCount)
    pieces = [kept.columns]
    groups.resize(0)
    for group in 0..<groupCount {
      let (start, count) = (groups.count, kept.order.places(of: group).count)
      groups.resize(start + count)
      (groups.pointer + start).update(repeating: UInt32(truncatingIfNeeded: group), count: count)
    }
    dropsAt = max(RowsAccumulator.smallCount, 2 * groups.count)
    let words = keeps.words(kept.columns[kept.columns.count - 1])
    limits = (0..<groupCount).map { group in
      let places = kept.order.places(of: group)
      guard let words, let limit = keeps.limit, places.count == limit else { return .max }
      return words[places.upperBound - 1]
    }
  }

  /// The rows that are kept, in the order of their groups.
  private func inOrder(_ groupCount: Int) -> Sealed {
    let columns = types.indices.map { index in
      pieces.isEmpty
        ? Column(nullsOf: types[index], count: 0) : RowKernels.concatenate(pieces.map { $0[index] })
    }
    let all = GroupedOrder(
      groups: UnsafeBufferPointer(start: groups.pointer, count: groups.count), groupCount: groupCount)
    let order = keeps.choose(all, groupCount, by: columns[columns.count - 1])
    return order.order.withUnsafeBufferPointer { rows in
      Sealed(columns: columns.map { RowKernels.take($0, rows) }, order: order)
    }
  }

  // MARK: Groups

  func seal(_ numbers: UnsafeBufferPointer<UInt32>) {
    let groups = groups.pointer
    for index in 0..<self.groups.count { groups[index] = numbers[Int(groups[index])] }
    sealed = inOrder(numbers.count)
    pieces = []
    self.groups = MutableBuffer()
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? RowsAccumulator, let sealed = other.sealed else {
      preconditionFailure("only a sealed state of the same aggregate can be merged")
    }
    var rows: [UInt32] = []
    for index in 0..<pairs.count {
      let places = sealed.order.places(of: Int(pairs.sources[index]))
      let oldCount = groups.count
      groups.resize(oldCount + places.count)
      (groups.pointer + oldCount).update(repeating: pairs.targets[index], count: places.count)
      groupCount = max(groupCount, Int(pairs.targets[index]) + 1)
      for place in places { rows.append(UInt32(truncatingIfNeeded: place)) }
    }
    append(rows.withUnsafeBufferPointer { rows in sealed.columns.map { RowKernels.take($0, rows) } })
  }

  // MARK: Results

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    let kept = sealed ?? inOrder(count)
    let (values, order) = (kept.columns[0], kept.order)
    switch result {
    case .list:
      let offsets = MutableBuffer<Int64>(count: count + 1)
      for group in 0...count { offsets.pointer[group] = Int64(order.starts.pointer[group]) }
      return Column(
        type: .list(types[0]), values: .list(ListValues(offsets: offsets.freeze(), elements: values)))
    case .value:
      let rows = (0..<count).map { group in
        let places = order.places(of: group)
        return places.isEmpty ? UInt32.max : UInt32(truncatingIfNeeded: places.lowerBound)
      }
      return rows.withUnsafeBufferPointer { RowKernels.take(values, $0, missing: .max) }
    case .text(let separator): return RowsAccumulator.join(values, order, count, separator)
    }
  }

  private static func join(_ values: Column, _ order: GroupedOrder, _ count: Int, _ separator: String) -> Column {
    if values.type == .null { return Column(nullsOf: .string, count: count) }
    let strings = values.strings
    var builder = StringBuilder(capacity: count)
    var validity = MutableBitmap(repeating: true, count: count)
    var text: [UInt8] = []
    for group in 0..<count {
      let places = order.places(of: group)
      if places.isEmpty { validity.clear(group) }
      text.removeAll(keepingCapacity: true)
      for place in places {
        if place > places.lowerBound { text.append(contentsOf: separator.utf8) }
        strings.withBytes(at: place) { text.append(contentsOf: $0) }
      }
      text.withUnsafeBytes { builder.append($0) }
    }
    return Column(type: .string, values: .string(builder.freeze()), validity: validity.freeze().unlessAllSet)
  }
}

extension Column {
  /// Whether the values hold no other memory than their own, such as the blocks that a file was read into.
  fileprivate var isMadeOfNumbers: Bool { !type.isText && values.fixed != nil }
}
