import Columnar

// Functions of each list's elements. A result is null where an argument is.

extension ListKernels {
  static func length(_ lists: Column) -> Column {
    let offsets = lists.lists.offsets.pointer
    let result = MutableBuffer<Int64>(count: lists.count)
    for row in 0..<lists.count { result.pointer[row] = offsets[row + 1] - offsets[row] }
    return Column(type: .int64, values: .int64(result.freeze()), validity: lists.validity)
  }

  /// The element at a position from 1, or from the end below 0; null where there is none.
  static func element(_ lists: Column, _ position: Column) -> Column {
    let (values, positions) = (lists.lists, position.int64s)
    let validity = Bitmap.both(lists.validity, position.validity)
    let places = MutableBuffer<UInt32>(repeating: .max, count: lists.count)
    for row in 0..<lists.count where validity?[row] ?? true {
      let range = values[row]
      let index = index(positions.pointer[row], range.count) - 1
      if index >= 0, index < range.count { places.pointer[row] = UInt32(range.lowerBound + Int(index)) }
    }
    return RowKernels.take(
      values.elements, UnsafeBufferPointer(start: places.pointer, count: lists.count), missing: .max)
  }

  /// The elements from one position through another.
  static func slice(_ lists: Column, from first: Column, through last: Column) -> Column {
    let validity = Bitmap.both(Bitmap.both(lists.validity, first.validity), last.validity)
    let (starts, ends) = (first.int64s, last.int64s)
    return picking(lists, validity) { row, range, places in
      let start = max(index(starts.pointer[row], range.count), 1)
      let end = min(index(ends.pointer[row], range.count), Int64(range.count))
      if start <= end { places += (range.lowerBound + Int(start) - 1..<range.lowerBound + Int(end)).map { UInt32($0) } }
    }
  }

  /// A position counted from 1, where it was counted from the end.
  private static func index(_ position: Int64, _ count: Int) -> Int64 {
    position < 0 ? position + Int64(count) + 1 : position
  }

  static func reversed(_ lists: Column) -> Column {
    picking(lists, lists.validity) { _, range, places in places += range.reversed().map { UInt32($0) } }
  }

  /// The elements in order; nulls are last in either direction.
  static func sorted(_ lists: Column, descending: Bool) -> Column {
    let elements = lists.lists.elements
    let words = OrderWords.words(elements)
    return picking(lists, lists.validity) { _, range, places in
      let known = range.filter { !elements.isNull(at: $0) }
      let sorted = known.sorted { descending ? words[$0] > words[$1] : words[$0] < words[$1] }
      places += (sorted + range.filter { elements.isNull(at: $0) }).map { UInt32($0) }
    }
  }

  /// Each element where it comes first.
  static func distinct(_ lists: Column) -> Column {
    let elements = lists.lists.elements
    let words = OrderWords.words(elements)
    return picking(lists, lists.validity) { _, range, places in
      var seen: Set<UInt64> = []
      var hasNull = false
      for place in range {
        let isNew: Bool
        if elements.isNull(at: place) {
          (isNew, hasNull) = (!hasNull, true)
        } else {
          isNew = seen.insert(words[place]).inserted
        }
        if isNew { places.append(UInt32(place)) }
      }
    }
  }

  /// Whether a row's value is among its list's elements, of which nulls are skipped.
  static func contains(_ lists: Column, _ value: Column) -> Column {
    let values = lists.lists
    var rows: [UInt32] = []
    rows.reserveCapacity(values.elements.count)
    for row in 0..<lists.count { rows += repeatElement(UInt32(row), count: values[row].count) }
    let beside = rows.withUnsafeBufferPointer { RowKernels.take(value, $0) }
    let equal = ComparisonKernels.compare(.equal, values.elements, beside)
    let found = Bitmap.both(equal.bools, equal.validity) ?? equal.bools
    var bits = MutableBitmap(repeating: false, count: lists.count)
    for row in 0..<lists.count where values[row].contains(where: { found[$0] }) { bits.set(row) }
    return Column(type: .bool, values: .bool(bits.freeze()), validity: Bitmap.both(lists.validity, value.validity))
  }

  /// Lists of elements of the same rows' lists: `pick` appends their places. Null lists have none.
  private static func picking(
    _ lists: Column, _ validity: Bitmap?, _ pick: (_ row: Int, _ range: Range<Int>, _ places: inout [UInt32]) -> Void
  ) -> Column {
    let values = lists.lists
    precondition(values.elements.count < Int(UInt32.max), "a column holds at most 4 billion elements of lists")
    let offsets = MutableBuffer<Int64>(count: lists.count + 1)
    offsets.pointer[0] = 0
    var places: [UInt32] = []
    places.reserveCapacity(values.elements.count)
    for row in 0..<lists.count {
      if validity?[row] ?? true { pick(row, values[row], &places) }
      offsets.pointer[row + 1] = Int64(places.count)
    }
    let elements = places.withUnsafeBufferPointer { RowKernels.take(values.elements, $0) }
    return Column(
      type: lists.type, values: .list(ListValues(offsets: offsets.freeze(), elements: elements)), validity: validity)
  }

  // MARK: Aggregates

  /// An aggregate of the elements of each list. The elements have the type that the aggregate works on.
  ///
  /// - Throws: `LazyFrameError` when a result does not fit its type.
  static func aggregate(_ function: AggregateFunction, _ lists: Column, _ type: DType) throws -> Column {
    // Elements of null lists mean nothing, and are not looked at.
    let known = lists.validity == nil ? lists : picking(lists, lists.validity) { $2 += $1.map { UInt32($0) } }
    let values = known.lists
    var (rows, starts): ([UInt32], [UInt32]) = ([], [])
    for row in 0..<lists.count where !values[row].isEmpty {
      rows.append(UInt32(row))
      starts.append(UInt32(values[row].lowerBound))
    }
    starts.append(UInt32(values.elements.count))
    let input = ResolvedExpression.column("", values.elements.type)
    let aggregate = ResolvedAggregate(name: "", function: function, inputs: [input], filter: nil, type: type)
    let results = try aggregate.results([values.elements], rows, starts: starts, count: lists.count)
    if case .null = results.values { return results }
    return Column(
      type: results.type, values: results.values, validity: Bitmap.both(results.validity, lists.validity))
  }
}
