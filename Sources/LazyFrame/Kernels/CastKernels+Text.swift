import Columnar

// Text to values, and values to text.

extension CastKernels {
  /// What each text says, blanks around it left out; null where it says nothing of the type.
  static func parse(_ column: Column, _ type: DType) -> Column {
    func values<Element: ColumnElement>(_ read: (UnsafeRawBufferPointer) -> Element?) -> Column {
      let result = MutableBuffer<Element>(count: column.count)
      let validity = readEach(column) { text, index in
        let value = read(text)
        result.pointer[index] = value ?? .zero
        return value != nil
      }
      return Column(type: type, values: Element.values(result.freeze()), validity: validity)
    }
    switch type.kind {
    case .int8: return values { NumberText.integer($0).flatMap { Int8(exactly: $0) } }
    case .int16: return values { NumberText.integer($0).flatMap { Int16(exactly: $0) } }
    case .int32: return values { NumberText.integer($0).flatMap { Int32(exactly: $0) } }
    case .int64: return values { NumberText.integer($0) }
    case .uint8: return values { NumberText.unsigned($0).flatMap { UInt8(exactly: $0) } }
    case .uint16: return values { NumberText.unsigned($0).flatMap { UInt16(exactly: $0) } }
    case .uint32: return values { NumberText.unsigned($0).flatMap { UInt32(exactly: $0) } }
    case .uint64: return values { NumberText.unsigned($0) }
    case .float32: return values { NumberText.double($0).flatMap { nearest($0) } }
    case .float64: return values { NumberText.double($0) }
    case .date: return values { TemporalText.date($0) }
    case .duration: return values { DurationText.microseconds($0) }
    case .datetime:
      return values { text in
        TemporalText.datetime(text) ?? TemporalText.date(text).map { Int64($0) * CivilDatetime.microsecondsPerDay }
      }
    case .bool:
      var bits = MutableBitmap(repeating: false, count: column.count)
      let validity = readEach(column) { text, index in
        let value = BoolText.value(text)
        if value ?? false { bits.set(index) }
        return value != nil
      }
      return Column(type: .bool, values: .bool(bits.freeze()), validity: validity)
    case .null, .string, .categorical, .list: preconditionFailure("\(column.type) is not cast to \(type)")
    }
  }

  /// Calls `read` with each trimmed text that is not null; false makes a null.
  private static func readEach(_ column: Column, _ read: (UnsafeRawBufferPointer, Int) -> Bool) -> Bitmap? {
    column.strings.read { strings in
      known(column) { read(trimmed(strings[$0]), $0) }
    }
  }

  private static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var (start, end) = (0, text.count)
    while start < end, isBlank(text[start]) { start += 1 }
    while start < end, isBlank(text[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  /// Each value as it is printed; of a float the shortest text that reads back as the same number.
  static func text(_ column: Column) -> Column {
    if column.type.element != nil { return printed(column) }
    var builder = StringBuilder(capacity: column.count)
    for index in 0..<column.count {
      if let validity = column.validity, !validity[index] {
        builder.appendEmpty()
        continue
      }
      switch column.values {
      case .float32(let values): builder.append(values[index].description)
      case .int64(let values) where column.type == .int64: builder.append(String(values[index]))
      case .int32(let values) where column.type == .date: appendDate(values[index], &builder)
      default: builder.append(column[index].description)
      }
    }
    return Column(type: .string, values: .string(builder.freeze()), validity: column.validity)
  }

  /// Each value as writers write it.
  private static func printed(_ column: Column) -> Column {
    var builder = StringBuilder(capacity: column.count)
    var buffer = TextBuffer(capacity: 256)
    let schema = Schema([Field("", column.type)])
    RecordBatch(schema: schema, columns: [column], rowCount: column.count).withCells { cells in
      for row in 0..<column.count {
        buffer.removeAll()
        buffer.append(cells[0][row])
        buffer.withBytes { builder.append($0) }
      }
    }
    return Column(type: .string, values: .string(builder.freeze()), validity: column.validity)
  }

  /// `YYYY-MM-DD`, without a String where the year has four digits.
  private static func appendDate(_ days: Int32, _ builder: inout StringBuilder) {
    let date = CivilDate(days: days)
    guard (0...9999).contains(date.year) else { return builder.append(date.description) }
    withUnsafeTemporaryAllocation(byteCount: 10, alignment: 1) { text in
      func write(_ number: Int, at end: Int, digits: Int) {
        var rest = number
        for position in stride(from: end - 1, through: end - digits, by: -1) {
          text[position] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
      }
      write(date.year, at: 4, digits: 4)
      text[4] = UInt8(ascii: "-")
      write(date.month, at: 7, digits: 2)
      text[7] = UInt8(ascii: "-")
      write(date.day, at: 10, digits: 2)
      builder.append(UnsafeRawBufferPointer(text))
    }
  }
}
