import Columnar

extension DataFrame {
  /// A table of rows that are values of a type of yours, with a column for each stored property.
  ///
  ///     struct Price: Codable { let symbol: String; let close: Double? }
  ///     let frame = try DataFrame(rows: prices)
  ///
  /// Columns come in the order in which properties are encoded. A property that is nil is null. Numbers keep their width; dates with
  /// time of Foundation's `Date` are rounded to microseconds.
  ///
  /// - Throws: `LazyFrameError` when a property is a structure or a list, or has values of several types.
  /// - Complexity: O(rows · properties).
  public init<Row: Encodable>(rows: [Row]) throws {
    let columns = EncodedColumns()
    for row in rows {
      try row.encode(to: RowEncoder(columns: columns))
      columns.rowCount += 1
    }
    let made = try columns.names.enumerated().map { index, name in
      var values = columns.values[index]
      values += Array(repeating: .null, count: columns.rowCount - values.count)
      guard let column = Column(columns.types[index], values) else {
        throw LazyFrameError(.type, "property '\(name)' has values that do not fit \(columns.types[index])")
      }
      return column
    }
    let schema = Schema(zip(columns.names, made).map { Field($0, $1.type) })
    self.init(RecordBatch(schema: schema, columns: made, rowCount: rows.count))
  }
}

/// The columns that rows are encoded into.
private final class EncodedColumns {
  var names: [String] = []
  var types: [DType] = []
  var values: [[Value]] = []
  var rowCount = 0
  private var positions: [String: Int] = [:]

  func set(_ name: String, _ value: Value, _ type: DType) throws {
    let position = positions[name] ?? names.count
    if position == names.count {
      positions[name] = position
      names.append(name)
      types.append(.null)
      values.append([])
    }
    if types[position] == .null { types[position] = type }
    guard type == .null || types[position] == type else {
      throw LazyFrameError(
        .type, "property '\(name)' is \(type) in row \(rowCount + 1), and \(types[position]) before it")
    }
    values[position] += Array(repeating: .null, count: rowCount - values[position].count)
    values[position].append(value)
  }
}

/// Encodes one row.
private struct RowEncoder: Encoder {
  let columns: EncodedColumns

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RowProperties<Key>(columns: columns))
  }

  // A row that is no structure is refused by the first value that it encodes.
  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusedList(name: nil) }
  func singleValueContainer() -> any SingleValueEncodingContainer { EncodedValue(columns: columns, name: nil) }
}

private struct RowProperties<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let columns: EncodedColumns
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws { try columns.set(key.stringValue, .null, .null) }

  /// Without these Swift would leave out what is nil.
  private func set<Element: Encodable>(_ value: Element?, _ key: Key) throws {
    guard let value else { return try columns.set(key.stringValue, .null, EncodedValue.type(of: Element.self)) }
    try encode(value, forKey: key)
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent<Element: Encodable>(_ value: Element?, forKey key: Key) throws { try set(value, key) }

  func encode<Element: Encodable>(_ value: Element, forKey key: Key) throws {
    try EncodedValue(columns: columns, name: key.stringValue).encode(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(RefusedProperties<Nested>(name: key.stringValue))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { RefusedList(name: key.stringValue) }
  func superEncoder() -> any Encoder { RowEncoder(columns: columns) }
  func superEncoder(forKey key: Key) -> any Encoder { RowEncoder(columns: columns) }
}

/// A property's value, or what a type of the user's, such as an enum with raw values, encodes as one.
private struct EncodedValue: Encoder, SingleValueEncodingContainer {
  let columns: EncodedColumns
  /// Nil: the value is a whole row.
  let name: String?
  /// Whether the value is what a `Date` encodes: seconds since 2001.
  var isDate = false

  /// The type of a column of such values; null where it depends on the value.
  static func type<Element>(of element: Element.Type) -> DType {
    switch element {
    case is Bool.Type: .bool
    case is String.Type: .string
    case is Double.Type: .float64
    case is Float.Type: .float32
    case is Int.Type, is Int64.Type: .int64
    case is Int8.Type: .int8
    case is Int16.Type: .int16
    case is Int32.Type: .int32
    case is UInt.Type, is UInt64.Type: .uint64
    case is UInt8.Type: .uint8
    case is UInt16.Type: .uint16
    case is UInt32.Type: .uint32
    case is CivilDate.Type: .date
    case is CivilDatetime.Type: .datetime
    case is Duration.Type: .duration
    default: isDate(element) ? .datetime : .null
    }
  }

  /// Whether it is Foundation's type, which this module does not import.
  private static func isDate<Element>(_ element: Element.Type) -> Bool {
    ["Foundation.Date", "FoundationEssentials.Date"].contains(String(reflecting: element))
  }

  private static let secondsFrom1970To2001 = 978_307_200.0

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusedProperties<Key>(name: name))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusedList(name: name) }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  private func set(_ value: Value, _ type: DType) throws {
    guard let name else { throw RefusedList.error(nil) }
    try columns.set(name, value, type)
  }

  func encodeNil() throws { try set(.null, .null) }

  func encode<Element: Encodable>(_ value: Element) throws {
    switch value {
    case let value as Bool: try set(.bool(value), .bool)
    case let value as String: try set(.string(value), .string)
    case let seconds as Double where isDate:
      let microseconds = ((seconds + EncodedValue.secondsFrom1970To2001) * 1e6).rounded()
      guard let exact = Int64(exactly: microseconds) else {
        throw LazyFrameError(
          .decoding, "property '\(name ?? "")' is a date whose microseconds since 1970 do not fit 64 bits")
      }
      try set(.datetime(microseconds: exact), .datetime)
    case let value as Double: try set(.double(value), .float64)
    case let value as Float: try set(.double(Double(value)), .float32)
    case let value as Int: try set(.int(Int64(value)), .int64)
    case let value as Int8: try set(.int(Int64(value)), .int8)
    case let value as Int16: try set(.int(Int64(value)), .int16)
    case let value as Int32: try set(.int(Int64(value)), .int32)
    case let value as Int64: try set(.int(value), .int64)
    case let value as UInt: try set(.whole(UInt64(value)), .uint64)
    case let value as UInt8: try set(.int(Int64(value)), .uint8)
    case let value as UInt16: try set(.int(Int64(value)), .uint16)
    case let value as UInt32: try set(.int(Int64(value)), .uint32)
    case let value as UInt64: try set(.whole(value), .uint64)
    case let value as CivilDate: try set(.date(days: value.days), .date)
    case let value as CivilDatetime: try set(.datetime(microseconds: value.microseconds), .datetime)
    case let value as Duration: try set(.duration(value), .duration)
    default:
      var single = self
      single.isDate = EncodedValue.isDate(Element.self)
      try value.encode(to: single)
    }
  }
}

/// Throws for whatever is encoded.
private struct RefusedList: UnkeyedEncodingContainer {
  let name: String?
  var codingPath: [any CodingKey] { [] }
  var count: Int { 0 }

  static func error(_ name: String?) -> LazyFrameError {
    LazyFrameError(
      .decoding, name.map { "property '\($0)' is no single value" } ?? "a row is no structure with properties",
      hint: "a row is a struct whose properties are numbers, texts, truth values, dates or durations")
  }

  func encodeNil() throws { throw RefusedList.error(name) }
  func encode<Element: Encodable>(_ value: Element) throws { throw RefusedList.error(name) }
  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusedProperties<Key>(name: name))
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { EncodedValue(columns: EncodedColumns(), name: nil) }
}

private struct RefusedProperties<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let name: String?
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws { throw RefusedList.error(name) }
  func encode<Element: Encodable>(_ value: Element, forKey key: Key) throws { throw RefusedList.error(name) }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(RefusedProperties<Nested>(name: name))
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { RefusedList(name: name) }
  func superEncoder() -> any Encoder { EncodedValue(columns: EncodedColumns(), name: nil) }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}
