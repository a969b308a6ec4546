// From a value to a tree, losing nothing
//
// Keys of tasks must be the same after writing and reading, and the text the same after reading and writing. So the encoder is
// one of our own, which keeps what Foundation's loses:
//
//     NaN and infinities   the strings "nan", "inf", "-inf"; another NaN than the usual one with its bits: "nan(fff8000000000000)"
//     1.0, -0.0            written so, and not as 1 and -0, which read like integers
//     sets, dictionaries   elements sorted by their text where they would come in the order of a hash table
//
// A container may be open while others are written to, and a type may ask for an encoder and use it later. So what is not
// finished stands in the tree as a `JSONSlot`, a place that is still written to, and is resolved at the end.

/// Makes a tree of an `Encodable` value. See the head of this file.
struct JSONTreeEncoder: Encoder {
  let slot: JSONSlot

  var codingPath: [any CodingKey] { slot.path }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    slot.open(.keyed)
    return KeyedEncodingContainer(JSONKeyedContainer(slot: slot))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.open(.unkeyed)
    return JSONUnkeyedContainer(slot: slot)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingleValueContainer(slot: slot) }
}

// In the containers one generic `encode` serves for all the types that the protocols list, but for those of 128 bits: for them
// the protocols bring methods of their own, which throw.

private struct JSONSingleValueContainer: SingleValueEncodingContainer {
  let slot: JSONSlot
  var codingPath: [any CodingKey] { slot.path }

  mutating func encodeNil() { slot.set(.null) }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    slot.set(try JSONSlot.tree(of: value, path: slot.path))
  }

  mutating func encode(_ value: Int128) { slot.set(.number(String(value))) }

  mutating func encode(_ value: UInt128) { slot.set(.number(String(value))) }
}

private struct JSONKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: JSONSlot
  var codingPath: [any CodingKey] { slot.path }

  mutating func encodeNil(forKey key: Key) { slot.append(.null, key: key) }

  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    slot.append(try JSONSlot.tree(of: value, path: slot.path + [key]), key: key)
  }

  mutating func encode(_ value: Int128, forKey key: Key) { slot.append(.number(String(value)), key: key) }

  mutating func encode(_ value: UInt128, forKey key: Key) { slot.append(.number(String(value)), key: key) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    JSONTreeEncoder(slot: slot.appendSlot(key: key)).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    JSONTreeEncoder(slot: slot.appendSlot(key: key)).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    JSONTreeEncoder(slot: slot.appendSlot(key: JSONKey(stringValue: "super")))
  }

  mutating func superEncoder(forKey key: Key) -> any Encoder { JSONTreeEncoder(slot: slot.appendSlot(key: key)) }
}

private struct JSONUnkeyedContainer: UnkeyedEncodingContainer {
  let slot: JSONSlot
  var codingPath: [any CodingKey] { slot.path }
  var count: Int { slot.count }

  private var nextKey: JSONKey { JSONKey(intValue: slot.count) }

  mutating func encodeNil() { slot.append(.null, key: nextKey) }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    slot.append(try JSONSlot.tree(of: value, path: slot.path + [nextKey]), key: nextKey)
  }

  mutating func encode(_ value: Int128) { slot.append(.number(String(value)), key: nextKey) }

  mutating func encode(_ value: UInt128) { slot.append(.number(String(value)), key: nextKey) }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    JSONTreeEncoder(slot: slot.appendSlot(key: nextKey)).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    JSONTreeEncoder(slot: slot.appendSlot(key: nextKey)).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { JSONTreeEncoder(slot: slot.appendSlot(key: nextKey)) }
}
