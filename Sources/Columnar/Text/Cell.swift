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

/// A list as it lies in memory. Valid only inside `RecordBatch.withCells`.
package struct ListCell {
  fileprivate let elements: UnsafePointer<CellReader>
  /// Where the list begins, and behind it where it ends.
  fileprivate let bounds: UnsafePointer<Int64>

  package var count: Int { Int(bounds[1] - bounds[0]) }

  package subscript(index: Int) -> Cell { elements.pointee[Int(bounds[0]) + index] }
}

/// Reads the cells of one column without counting references. Valid only inside `RecordBatch.withCells`.
package struct CellReader: BitwiseCopyable {
  private let kind: DType.Kind
  private let count: Int
  /// Nil when every value is null.
  private let values: UnsafeRawPointer?
  private let validity: UnsafePointer<UInt64>?
  /// Of categories the dictionary's views, of strings their own.
  private let views: UnsafePointer<StringView>?
  private let blocks: UnsafePointer<UnsafeRawPointer>
  /// Of lists.
  private let elements: UnsafePointer<CellReader>?

  /// - Parameter owners: what must live as long as the reader. A reader counts no references.
  fileprivate init(_ column: Column, _ owners: inout [Storage]) {
    kind = column.type.kind
    count = column.count
    validity = column.validity?.words.pointer
    var texts: StringValues?
    var elements: UnsafePointer<CellReader>?
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
      elements = CellReader.copied([CellReader(values.elements, &owners)], &owners)
    case let others: values = others.fixed?.pointer
    }
    self.elements = elements
    views = texts?.views.pointer
    blocks = CellReader.copied(texts?.blocks.map { UnsafeRawPointer($0.base) } ?? [], &owners)
  }

  /// Plain values in memory that an owner keeps.
  private static func copied<Element: BitwiseCopyable>(
    _ elements: [Element], _ owners: inout [Storage]
  ) -> UnsafePointer<Element> {
    let storage = Storage(byteCount: elements.count * MemoryLayout<Element>.stride)
    owners.append(storage)
    let target = storage.base.bindMemory(to: Element.self, capacity: elements.count)
    for (index, element) in elements.enumerated() { (target + index).initialize(to: element) }
    return UnsafePointer(target)
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
      guard let elements else { return .null }
      return .list(ListCell(elements: elements, bounds: values.assumingMemoryBound(to: Int64.self) + row))
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
      ? UnsafeRawPointer(views + index) + 4 : blocks[view.bufferIndex] + view.offset
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
    var owners: [Storage] = []
    let readers = columns.map { CellReader($0, &owners) }
    return try withExtendedLifetime((columns, owners)) { try body(readers) }
  }
}
