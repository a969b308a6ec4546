/// Decodes values from a tree that `JSONTreeEncoder` made, or somebody by hand.
///
/// An integer must be written as one, and fit; a floating-point number is rounded to the nearest of its type, and must not be
/// larger than the largest.
struct JSONTreeDecoder: Decoder {
  let value: JSONValue
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any]

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw mismatch(type, "an object") }
    return KeyedDecodingContainer(JSONKeyedDecodingContainer(members: members, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else { throw mismatch([JSONValue].self, "an array") }
    return JSONUnkeyedDecodingContainer(elements: elements, decoder: self)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    JSONSingleValueDecodingContainer(decoder: self)
  }

  /// The value as one of a type.
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    // The standard library's own types would ask to be decoded again without end, so they must all be met here.
    // To compare types takes a moment, to cast to one of them in vain many.
    if type == Int.self, let result = try integer(Int.self) as? Value { return result }
    if type == String.self {
      guard case .string(let text) = value else { throw mismatch(type, "a string") }
      if let result = text as? Value { return result }
    }
    if type == Bool.self {
      guard case .boolean(let flag) = value else { throw mismatch(type, "a boolean") }
      if let result = flag as? Value { return result }
    }
    if type == Double.self {
      let number = try floatingPoint(Double.self) { UInt64($0, radix: 16).map(Double.init(bitPattern:)) }
      if let result = number as? Value { return result }
    }
    if type == Float.self {
      let number = try floatingPoint(Float.self) { UInt32($0, radix: 16).map(Float.init(bitPattern:)) }
      if let result = number as? Value { return result }
    }
    if let type = type as? any FixedWidthInteger.Type, let result = try integer(type) as? Value { return result }
    return try Value(from: self)
  }

  private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    guard case .number(let text) = value, !text.utf8.contains(where: { ".eE".utf8.contains($0) }) else {
      throw mismatch(type, "an integer")
    }
    guard let result = Value(text) else { throw mismatch(type, "an integer from \(Value.min) to \(Value.max)") }
    return result
  }

  private func floatingPoint<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ type: Value.Type, bits: (Substring) -> Value?
  ) throws -> Value {
    switch value {
    case .number(let text):
      if let result = Value(text), result.isFinite { return result }
      throw mismatch(type, "a number that fits \(type)")
    case .string("inf"): return .infinity
    case .string("-inf"): return -.infinity
    case .string("nan"): return .nan
    case .string(let text) where text.hasPrefix("nan(") && text.hasSuffix(")"):
      if let result = bits(text.dropFirst(4).dropLast()), result.isNaN { return result }
      fallthrough
    default:
      throw mismatch(type, "a number, \"nan\", \"inf\" or \"-inf\"")
    }
  }

  private func mismatch(_ type: Any.Type, _ wanted: String) -> DecodingError {
    .typeMismatch(
      type,
      DecodingError.Context(
        codingPath: codingPath, debugDescription: "\(value.noun) stands where \(wanted) should stand"))
  }

  fileprivate func inner(_ value: JSONValue, _ key: any CodingKey) -> JSONTreeDecoder {
    JSONTreeDecoder(value: value, codingPath: codingPath + [key], userInfo: userInfo)
  }
}

// As in the containers of the encoder, the methods for 128 bits are there because those of the protocols throw.

private struct JSONSingleValueDecodingContainer: SingleValueDecodingContainer {
  let decoder: JSONTreeDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { if case .null = decoder.value { true } else { false } }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }

  func decode(_ type: Int128.Type) throws -> Int128 { try decoder.decode(type) }

  func decode(_ type: UInt128.Type) throws -> UInt128 { try decoder.decode(type) }
}

private struct JSONKeyedDecodingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [JSONValue.Member]
  let decoder: JSONTreeDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

  private func decoder(_ key: any CodingKey) throws -> JSONTreeDecoder {
    guard let value = members[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, DecodingError.Context(codingPath: codingPath + [key], debugDescription: "this is missing"))
    }
    return decoder.inner(value, key)
  }

  func decodeNil(forKey key: Key) throws -> Bool {
    if case .null = try decoder(key).value { true } else { false }
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder(key).decode(type)
  }

  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try decoder(key).decode(type) }

  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try decoder(key).decode(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try decoder(JSONKey(stringValue: "super")) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}

private struct JSONUnkeyedDecodingContainer: UnkeyedDecodingContainer {
  let elements: [JSONValue]
  let decoder: JSONTreeDecoder
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex == elements.count }

  init(elements: [JSONValue], decoder: JSONTreeDecoder) {
    self.elements = elements
    self.decoder = decoder
  }

  private func next() throws -> JSONTreeDecoder {
    let key = JSONKey(intValue: currentIndex)
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        JSONValue.self, DecodingError.Context(codingPath: codingPath + [key], debugDescription: "this is missing"))
    }
    return decoder.inner(elements[currentIndex], key)
  }

  /// Takes an element, unless an error says that it is not what was wanted.
  private mutating func take<Result>(_ body: (JSONTreeDecoder) throws -> Result) throws -> Result {
    let result = try body(try next())
    currentIndex += 1
    return result
  }

  mutating func decodeNil() throws -> Bool {
    guard case .null = try next().value else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try take { try $0.decode(type) } }

  mutating func decode(_ type: Int128.Type) throws -> Int128 { try take { try $0.decode(type) } }

  mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try take { try $0.decode(type) } }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    try take { try $0.container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try take { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try take { $0 } }
}
