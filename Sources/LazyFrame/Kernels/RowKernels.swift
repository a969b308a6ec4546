import Columnar

/// Moves whole rows: picks some, cuts out a run, puts columns end to end.
///
/// Picked strings are copied into blocks of their own, so that a few rows do not keep the large blocks alive that a
/// file was read into. Columns put end to end keep their blocks.
enum RowKernels {
  /// The selected rows. O(rows).
  static func filter(_ column: Column, _ selection: Selection) -> Column {
    precondition(column.count == selection.total, "a selection of \(selection.total) rows meets \(column.count)")
    if selection.isComplete { return column }
    return selection.rows.withUnsafeBufferPointer { gather(column, $0) }
  }

  /// The rows with these indices, in their order, any of them several times. O(rows).
  static func take(_ column: Column, _ rows: UnsafeBufferPointer<UInt32>) -> Column {
    var largest: UInt32 = 0
    for row in rows { largest = max(largest, row) }
    precondition(rows.isEmpty || Int(largest) < column.count, "row \(largest) is taken of \(column.count)")
    return gather(column, rows)
  }

  /// The rows with these indices, in their order, and null where the index is `missing`. O(rows).
  static func take(_ column: Column, _ rows: UnsafeBufferPointer<UInt32>, missing: UInt32) -> Column {
    guard rows.contains(missing) else { return take(column, rows) }
    if column.count == 0 { return Column(nullsOf: column.type, count: rows.count) }
    var present = MutableBitmap(repeating: true, count: rows.count)
    let known = MutableBuffer<UInt32>(count: rows.count)
    for index in 0..<rows.count {
      known.pointer[index] = rows[index] == missing ? 0 : rows[index]
      if rows[index] == missing { present.clear(index) }
    }
    let taken = take(column, UnsafeBufferPointer(start: known.pointer, count: rows.count))
    if case .null = taken.values { return taken }
    return Column(type: column.type, values: taken.values, validity: Bitmap.both(taken.validity, present.freeze()))
  }

  /// A run of rows. O(rows).
  static func slice(_ column: Column, _ range: Range<Int>) -> Column {
    precondition(range.lowerBound >= 0 && range.upperBound <= column.count, "a slice reaches past its column")
    if range.count == column.count { return column }
    let validity = column.validity?.slice(range).unlessAllSet
    let values: Column.Values =
      switch column.values {
      case .null: .null(count: range.count)
      case .bool(let bits): .bool(bits.slice(range))
      case .string(let strings): .string(copy(strings, validity, count: range.count) { range.lowerBound + $0 })
      case .list(let lists): .list(ListKernels.slice(lists, range))
      case let others: others.moving { $0.slice(range) }
      }
    return Column(type: column.type, values: values, validity: validity)
  }

  /// The index of each row is known to be there.
  static func gather(_ column: Column, _ rows: UnsafeBufferPointer<UInt32>) -> Column {
    let validity = column.validity?.take(rows).unlessAllSet
    let values: Column.Values =
      switch column.values {
      case .null: .null(count: rows.count)
      case .bool(let bits): .bool(bits.take(rows))
      case .string(let strings): .string(copy(strings, validity, count: rows.count) { Int(rows[$0]) })
      case .list(let lists): .list(ListKernels.gather(lists, validity, rows))
      case let others: others.moving { $0.map(Gather(rows: rows)) }
      }
    return Column(type: column.type, values: values, validity: validity)
  }

  /// The strings at `row(0)`, `row(1)` …, of nulls none.
  private static func copy(
    _ strings: StringValues, _ validity: Bitmap?, count: Int, _ row: (Int) -> Int
  ) -> StringValues {
    let views = MutableBuffer<StringView>(count: count)
    let (source, target) = (strings.views.pointer, views.pointer)
    var copies = StringBuilder()
    // Neighbours are often the same string, a constant always: those share one copy.
    var last = (source: StringView.empty, copy: StringView.empty)
    for index in 0..<count {
      let view = source[row(index)]
      if view.isInline {
        target[index] = view
      } else if let validity, !validity[index] {
        target[index] = .empty
      } else {
        if view != last.source { last = (view, strings.withBytes(of: view) { copies.makeView($0) }) }
        target[index] = last.copy
      }
    }
    return StringValues(views: views.freeze(), blocks: copies.freeze().blocks)
  }

  /// The columns end to end. All have one type, and there is at least one. O(rows), without copying long strings.
  static func concatenate(_ columns: [Column]) -> Column {
    precondition(!columns.isEmpty, "there is no column to take the type from")
    if columns.count == 1 { return columns[0] }
    let parts = Column.Values.sharing(columns.map(\.values))
    let values: Column.Values =
      switch parts[0] {
      case .null: .null(count: columns.reduce(0) { $0 + $1.count })
      case .bool: .bool(Bitmap.concatenate(columns.map { ($0.bools, $0.count) }))
      case .list: .list(ListKernels.concatenate(columns.map(\.lists)))
      case let first: first.moving { _ in .concatenate(parts.compactMap(\.fixed)) }
      }
    let hasNulls = columns.contains { $0.validity != nil }
    let validity = hasNulls ? Bitmap.concatenate(columns.map { ($0.validity, $0.count) }).unlessAllSet : nil
    return Column(type: columns[0].type, values: values, validity: validity)
  }
}

extension Column.Values {
  /// The same kind of values side by side, moved by `move`.
  func moving(_ move: (FixedValues) throws -> FixedValues) rethrows -> Column.Values {
    guard let fixed else { preconditionFailure("these values do not lie side by side") }
    return replacing(try move(fixed))
  }

  /// The values of several columns of one type so that each can be moved into any other: views of strings mean the same
  /// blocks in all, codes the same categories.
  static func sharing(_ values: [Column.Values]) -> [Column.Values] {
    switch values.first {
    case .string:
      return StringValues.sharingBlocks(
        values.compactMap { if case .string(let strings) = $0 { strings } else { nil } }
      ).map { .string($0) }
    case .categorical:
      return CategoricalValues.sharingDictionary(
        values.compactMap { if case .categorical(let categories) = $0 { categories } else { nil } }
      ).map { .categorical($0) }
    default: return values
    }
  }
}
