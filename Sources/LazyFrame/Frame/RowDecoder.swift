import Columnar
import TaskGraph

extension DataFrame {
  /// The rows as values of a type of yours, each stored property read from the column of its name.
  ///
  ///     struct Price: Decodable { let symbol: String; let date: CivilDate; let close: Double? }
  ///     let prices = try frame.decode(as: Price.self)
  ///
  /// Optional properties are nil where the column is null or missing.
  ///
  /// - Throws: `LazyFrameError` that names the row and column of a value that does not fit its property.
  /// - Complexity: O(rows · properties).
  public func decode<Row: Decodable>(as type: Row.Type) throws -> [Row] {
    let positions = Dictionary(uniqueKeysWithValues: schema.names.enumerated().map { ($1, $0) })
    return try (0..<rowCount).map { row in
      try Row(from: RowDecoder(frame: self, row: row, positions: positions))
    }
  }
}

/// Decodes one row.
private struct RowDecoder: Decoder {
  let frame: DataFrame
  let row: Int
  let positions: [String: Int]

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Columns<Key>(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw LazyFrameError(
      .decoding, "a row cannot be decoded as a list", hint: "decode a struct with a property for each column")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw LazyFrameError(
      .decoding, "a row cannot be decoded as one value", hint: "use values(_:as:) for a single column")
  }

  fileprivate func value(_ key: any CodingKey) throws -> Value {
    guard let position = positions[key.stringValue] else {
      throw LazyFrameError(
        .decoding, "there is no column for the property '\(key.stringValue)'",
        hint: NearestName.suggestion(key.stringValue, among: positions.keys.sorted()))
    }
    return frame.columns[position][row]
  }

  /// The error for a value that does not fit.
  fileprivate func mismatch(_ key: any CodingKey, _ value: Value, _ type: Any.Type) -> LazyFrameError {
    LazyFrameError(
      .decoding, "row \(row + 1), column '\(key.stringValue)': \(value) is no \(type)",
      hint: value.isNull ? "make the property optional: \(type)?" : nil)
  }
}

/// The columns of a row under the names of properties.
private struct Columns<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: RowDecoder

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { decoder.positions.keys.compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { decoder.positions[key.stringValue] != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try decoder.value(key).isNull }

  private func read<Element: ValueConvertible>(_ key: Key, _ type: Element.Type) throws -> Element {
    let value = try decoder.value(key)
    guard let element = Element(columnValue: value) else { throw decoder.mismatch(key, value, type) }
    return element
  }

  private func readInteger<Element: FixedWidthInteger>(_ key: Key, _ type: Element.Type) throws -> Element {
    let value = try decoder.value(key)
    guard let element = value.whole(as: type) else { throw decoder.mismatch(key, value, type) }
    return element
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try read(key, type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try read(key, type) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try read(key, type) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try read(key, type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try readInteger(key, type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try readInteger(key, type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try readInteger(key, type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try readInteger(key, type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try readInteger(key, type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try readInteger(key, type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try readInteger(key, type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try readInteger(key, type) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try readInteger(key, type) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try readInteger(key, type) }

  func decode<Element: Decodable>(_ type: Element.Type, forKey key: Key) throws -> Element {
    // Dates and moments are read as they are; other types of the user's decode from the single value.
    if let readable = type as? any ValueConvertible.Type {
      let value = try decoder.value(key)
      guard let element = readable.init(columnValue: value) as? Element else {
        throw decoder.mismatch(key, value, type)
      }
      return element
    }
    return try Element(from: ValueDecoder(decoder: decoder, key: key))
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    throw LazyFrameError(.decoding, "column '\(key.stringValue)' holds single values, not structures")
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw LazyFrameError(.decoding, "column '\(key.stringValue)' holds single values, not lists")
  }

  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { decoder }
}

/// Decodes a type of the user's, such as an enum with raw values, from one value.
private struct ValueDecoder<Key: CodingKey>: Decoder, SingleValueDecodingContainer {
  let decoder: RowDecoder
  let key: Key

  var codingPath: [any CodingKey] { [key] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  private var columns: Columns<Key> { Columns(decoder: decoder) }

  func container<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) throws -> KeyedDecodingContainer<NestedKey> {
    try columns.nestedContainer(keyedBy: type, forKey: key)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try columns.nestedUnkeyedContainer(forKey: key) }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { (try? columns.decodeNil(forKey: key)) ?? true }
  func decode(_ type: Bool.Type) throws -> Bool { try columns.decode(type, forKey: key) }
  func decode(_ type: String.Type) throws -> String { try columns.decode(type, forKey: key) }
  func decode(_ type: Double.Type) throws -> Double {
    // What Foundation's `Date` asks for: seconds since 2001.
    if case .datetime(let microseconds) = try decoder.value(key) { return Double(microseconds) / 1e6 - 978_307_200 }
    return try columns.decode(type, forKey: key)
  }
  func decode(_ type: Float.Type) throws -> Float { try columns.decode(type, forKey: key) }
  func decode(_ type: Int.Type) throws -> Int { try columns.decode(type, forKey: key) }
  func decode(_ type: Int8.Type) throws -> Int8 { try columns.decode(type, forKey: key) }
  func decode(_ type: Int16.Type) throws -> Int16 { try columns.decode(type, forKey: key) }
  func decode(_ type: Int32.Type) throws -> Int32 { try columns.decode(type, forKey: key) }
  func decode(_ type: Int64.Type) throws -> Int64 { try columns.decode(type, forKey: key) }
  func decode(_ type: UInt.Type) throws -> UInt { try columns.decode(type, forKey: key) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try columns.decode(type, forKey: key) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try columns.decode(type, forKey: key) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try columns.decode(type, forKey: key) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try columns.decode(type, forKey: key) }
  func decode<Element: Decodable>(_ type: Element.Type) throws -> Element { try columns.decode(type, forKey: key) }
}
