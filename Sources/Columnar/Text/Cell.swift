/// One value of a column as it lies in memory, for writers. A text points into the column.
package enum Cell {
  case null
  case bool(Bool)
  case int(Int64)
  case unsigned(UInt64)
  case float(Float)
  case double(Double)
  case date(days: Int32)
  case datetime(microseconds: Int64)
  case duration(microseconds: Int64)
  case text(UnsafeRawBufferPointer)
  case list(ListCell)
}

/// A list as it lies in memory, valid as long as its column's reader.
package struct ListCell {
  // The reader that made the cell owns it, and outlives the cell.
  fileprivate unowned(unsafe) let reader: ListReader
  fileprivate let row: Int

  package var count: Int { Int(reader.offsets[row + 1] - reader.offsets[row]) }

  package subscript(index: Int) -> Cell { reader.elements[Int(reader.offsets[row]) + index] }
}

private final class ListReader {
  let offsets: UnsafePointer<Int64>
  let elements: CellReader

  init(_ lists: ListValues) {
    offsets = lists.offsets.pointer
    elements = CellReader(lists.elements)
  }
}

/// Reads the cells of one column without counting references. Valid only inside `RecordBatch.withCells`.
package struct CellReader {
  private let kind: DType.Kind
  private let count: Int
  /// Nil when every value is null.
  private let values: UnsafeRawPointer?
  private let validity: UnsafePointer<UInt64>?
  /// Of categories the dictionary's views, of strings their own.
  private let views: UnsafePointer<StringView>?
  private let blocks: [UnsafeMutableRawPointer]
  private let lists: ListReader?

  fileprivate init(_ column: Column) {
    kind = column.type.kind
    count = column.count
    validity = column.validity?.words.pointer
    var texts: StringValues?
    var lists: ListReader?
    switch column.values {
    case .null: values = nil
    case .bool(let bits): values = UnsafeRawPointer(bits.words.pointer)
    case .string(let strings):
      values = UnsafeRawPointer(strings.views.pointer)
      texts = strings
    case .categorical(let categories):
      values = UnsafeRawPointer(categories.codes.pointer)
      texts = categories.dictionary.strings
    case .list(let values):
      self.values = UnsafeRawPointer(values.offsets.pointer)
      lists = ListReader(values)
    case let others: values = others.fixed?.pointer
    }
    self.lists = lists
    views = texts?.views.pointer
    blocks = texts?.blocks.map(\.base) ?? []
  }

  /// The cell at `row`, which must be in the column. O(1).
  package subscript(row: Int) -> Cell {
    precondition(row >= 0 && row < count, "a column's index is out of range")
    guard let values else { return .null }
    if let validity, validity[row >> 6] & (1 << UInt64(row & 63)) == 0 { return .null }
    // What each kind of value lies in memory as is what `Column.init` checks.
    switch kind {
    case .null: return .null
    case .bool:
      let word = values.load(UInt64.self, at: row >> 6)
      return .bool(word & (1 << UInt64(row & 63)) != 0)
    case .int8: return .int(Int64(values.load(Int8.self, at: row)))
    case .int16: return .int(Int64(values.load(Int16.self, at: row)))
    case .int32: return .int(Int64(values.load(Int32.self, at: row)))
    case .int64: return .int(values.load(Int64.self, at: row))
    case .uint8: return .int(Int64(values.load(UInt8.self, at: row)))
    case .uint16: return .int(Int64(values.load(UInt16.self, at: row)))
    case .uint32: return .int(Int64(values.load(UInt32.self, at: row)))
    case .uint64: return .unsigned(values.load(UInt64.self, at: row))
    case .float32: return .float(values.load(Float.self, at: row))
    case .float64: return .double(values.load(Double.self, at: row))
    case .date: return .date(days: values.load(Int32.self, at: row))
    case .datetime: return .datetime(microseconds: values.load(Int64.self, at: row))
    case .duration: return .duration(microseconds: values.load(Int64.self, at: row))
    case .list:
      guard let lists else { return .null }
      return .list(ListCell(reader: lists, row: row))
    case .string: return text(row)
    case .categorical: return text(Int(values.load(UInt32.self, at: row)))
    }
  }

  /// The text of a view.
  @inline(__always)
  private func text(_ index: Int) -> Cell {
    guard let views else { return .null }
    let view = views[index]
    let text =
      view.isInline
      ? UnsafeRawPointer(views + index) + 4 : UnsafeRawPointer(blocks[view.bufferIndex] + view.offset)
    return .text(UnsafeRawBufferPointer(start: text, count: view.length))
  }
}

extension UnsafeRawPointer {
  fileprivate func load<Element: BitwiseCopyable>(_ type: Element.Type, at index: Int) -> Element {
    load(fromByteOffset: index * MemoryLayout<Element>.stride, as: type)
  }
}

extension RecordBatch {
  /// Calls `body` with a reader for each column. They are valid only inside `body`.
  package func withCells<Result>(_ body: ([CellReader]) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(columns) {
      try body(columns.map(CellReader.init))
    }
  }
}
