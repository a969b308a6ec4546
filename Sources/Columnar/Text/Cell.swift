/// One value of a column as it lies in memory, for writers. A text points into the column.
package enum Cell {
  case null
  case bool(Bool)
  case int(Int64)
  case float(Float)
  case double(Double)
  case date(days: Int32)
  case datetime(microseconds: Int64)
  case text(UnsafeRawBufferPointer)
}

/// Reads the cells of one column without counting references. Valid only inside `RecordBatch.withCells`.
package struct CellReader {
  private let kind: DType.Kind
  private let count: Int
  /// Nil when every value is null.
  private let values: UnsafeRawPointer?
  private let validity: UnsafePointer<UInt64>?
  private let blocks: [UnsafeMutableRawPointer]

  fileprivate init(_ column: Column) {
    kind = column.type.kind
    count = column.count
    validity = column.validity?.words.pointer
    var blocks: [UnsafeMutableRawPointer] = []
    switch column.values {
    case .null: values = nil
    case .bool(let bits): values = UnsafeRawPointer(bits.words.pointer)
    case .int32(let buffer): values = UnsafeRawPointer(buffer.pointer)
    case .int64(let buffer): values = UnsafeRawPointer(buffer.pointer)
    case .float32(let buffer): values = UnsafeRawPointer(buffer.pointer)
    case .float64(let buffer): values = UnsafeRawPointer(buffer.pointer)
    case .string(let strings):
      values = UnsafeRawPointer(strings.views.pointer)
      blocks = strings.blocks.map(\.base)
    }
    self.blocks = blocks
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
    case .int32: return .int(Int64(values.load(Int32.self, at: row)))
    case .int64: return .int(values.load(Int64.self, at: row))
    case .float32: return .float(values.load(Float.self, at: row))
    case .float64: return .double(values.load(Double.self, at: row))
    case .date: return .date(days: values.load(Int32.self, at: row))
    case .datetime: return .datetime(microseconds: values.load(Int64.self, at: row))
    case .string:
      let place = values + row * MemoryLayout<StringView>.stride
      let view = place.load(as: StringView.self)
      let text = view.isInline ? place + 4 : UnsafeRawPointer(blocks[view.bufferIndex] + view.offset)
      return .text(UnsafeRawBufferPointer(start: text, count: view.length))
    }
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
