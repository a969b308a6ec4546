import CSVSIMD
import Columnar

/// A row whose value does not fit the type that its column was taken for.
struct Contradiction: Error {
  let row: Int
}

/// Turns one column's fields into values of one type.
struct ColumnParser {
  let type: DType
  /// Whether the type was given and not inferred, so that rounding is what was asked for.
  var isGiven = false
  let nulls: NullValues
  let quote: Quote?

  /// The column's values, O(rows).
  ///
  /// - Throws: `Contradiction` at the first value that is neither of the type nor null, and `InvalidText` for bytes that
  ///   are no UTF-8.
  func parse(_ block: RecordBlock, column: Int) throws -> Column {
    // Text has no use for a run of fields.
    switch type.kind {
    case .string: return try strings(block, column: column)
    case .categorical: return try strings(block, column: column).categorized
    default: return try parse(FieldRun(block, column: column, quote: quote))
    }
  }

  /// The same of fields of a type that is no text.
  func parse(_ fields: FieldRun) throws -> Column {
    switch type.kind {
    case .null: return try allNull(fields)
    case .bool: return try bools(fields)
    case .int8: return try integers(fields, of: Int8.self)
    case .int16: return try integers(fields, of: Int16.self)
    case .int32: return try integers(fields, of: Int32.self)
    case .int64: return try int64s(fields)
    case .uint8: return try integers(fields, of: UInt8.self)
    case .uint16: return try integers(fields, of: UInt16.self)
    case .uint32: return try integers(fields, of: UInt32.self)
    case .uint64: return try integers(fields, of: UInt64.self)
    case .float32: return try elements(fields) { float($0).map { Float($0) } }
    case .float64: return try float64s(fields)
    case .string, .categorical, .list:
      preconditionFailure("text is read apart, and no field is a list, as is checked when a scan is opened")
    case .date: return try dates(fields)
    case .datetime: return try datetimes(fields)
    case .duration: return try elements(fields, DurationText.microseconds)
    }
  }

  private func allNull(_ fields: FieldRun) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    for row in 0..<fields.count {
      _ = try slow(fields, row, &validity, placeholder: 0) { _ -> Int? in nil }
    }
    return Column(type: .null, values: .null(count: fields.count))
  }

  private func bools(_ fields: FieldRun) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    var bits = MutableBitmap(repeating: false, count: fields.count)
    for row in 0..<fields.count {
      if try slow(fields, row, &validity, placeholder: false, BoolText.value) { bits.set(row) }
    }
    return Column(type: .bool, values: .bool(bits.freeze()), validity: validity.finish())
  }

  private func dates(_ fields: FieldRun) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    let days = MutableBuffer<Int32>(count: fields.count)
    let target = days.pointer
    let exceptions = MutableBuffer<UInt32>(count: fields.count + 1)
    let exceptionCount = csv_parse_dates(fields.kernelFields, target, exceptions.pointer)
    for index in 0..<exceptionCount {
      let row = Int(exceptions.pointer[index])
      target[row] = try slow(fields, row, &validity, placeholder: 0, TemporalText.date)
    }
    setNullWords(fields, &validity)
    return Column(type: .date, values: .int32(days.freeze()), validity: validity.finish())
  }

  private func datetimes(_ fields: FieldRun) throws -> Column {
    try elements(fields, ColumnParser.datetime)
  }

  /// A moment, or the midnight of a day.
  static func datetime(_ text: UnsafeRawBufferPointer) -> Int64? {
    TemporalText.datetime(text) ?? TemporalText.date(text).map { Int64($0) * CivilDatetime.microsecondsPerDay }
  }

  /// Sets the nulls among what a kernel read as values: only where a null word looks like one.
  func setNullWords(_ fields: FieldRun, _ validity: inout ValidityBuilder) {
    guard nulls.lookLikeValues else { return }
    for row in 0..<fields.count where nulls.contains(fields.bytes(row)) { validity.setNull(row) }
  }

  /// One value at a time: a value, else null where the field is empty or a null word, else a contradiction.
  @inline(__always)
  func slow<Element>(
    _ fields: FieldRun, _ row: Int, _ validity: inout ValidityBuilder, placeholder: Element,
    _ read: (UnsafeRawBufferPointer) -> Element?
  ) throws -> Element {
    try FieldText.withContent(fields.bytes(row), quote: fields.quote) { text in
      let text = FieldText.trimmed(text)
      if !nulls.lookLikeValues || !nulls.contains(text), let value = read(text) { return value }
      guard text.isEmpty || nulls.contains(text) else { throw Contradiction(row: row) }
      validity.setNull(row)
      return placeholder
    }
  }
}

/// A validity bitmap that is made only when the first null comes.
struct ValidityBuilder: ~Copyable {
  private let count: Int
  private var bits: MutableBitmap?

  init(count: Int) {
    self.count = count
    bits = nil
  }

  mutating func setNull(_ row: Int) {
    var bits = self.bits.take() ?? MutableBitmap(repeating: true, count: count)
    bits.clear(row)
    self.bits = consume bits
  }

  consuming func finish() -> Bitmap? {
    if let bits = bits.take() { return bits.freeze() }
    return nil
  }
}
