// From a value to a digest, without a text in between
//
// An encoder is handed values one by one and is never told where a container ends, and a type may even write to two open
// containers by turns. So what is hashed is a log of what happened, each entry complete in itself:
//
//     entry  = slot what
//     slot   = number of the container, and the key or index in it
//     what   = nil | Bool | integer | floating-point number | text | a new container, keyed or not | nothing
//
//     { "a": ["x", "yz"] }   ->   root: new keyed (1)   1."a": new list (2)   2[0]: "x"   2[1]: "yz"
//
// Containers are numbered as they are opened; texts have their length in front. From the log the value can be read back,
// so values of different content or structure have different logs: ["a", "bc"] and ["ab", "c"], [] and [[]].
//
// A dictionary and a set encode in an order that differs from process to process. Their elements are hashed one by one,
// and the hashes are sorted and hashed in turn. (Their sum would not do: the last step of the hash is a multiplication, so
// sums of hashes cancel out: {0, 3} and {1, 2} would be the same.) This reaches them where they are parameters or parts of parameters;
// a type that goes over a dictionary in its own `encode(to:)` has to sort it.

/// Hashes an `Encodable` value. See the head of this file.
struct DigestEncoder: Encoder {
  let log: DigestLog
  let slot: DigestLog.Slot

  // Keys are hashed as they come; nobody reads a path.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The digest of a name and a value. If the value cannot be encoded, that is hashed in place of the rest of it, and the
  /// digest is not exact.
  static func digest(name: String, value: any Encodable) -> Digest {
    let log = DigestLog()
    log.digest.absorb(name)
    do {
      try log.write(value, at: .root)
    } catch {
      log.write(.failed, at: .root)
      log.digest.isExact = false
    }
    return log.digest
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(DigestKeyedContainer(log: log, number: log.open(.keyed, at: slot)))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    DigestUnkeyedContainer(log: log, number: log.open(.unkeyed, at: slot))
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    DigestSingleValueContainer(log: log, slot: slot)
  }
}

// In the containers one generic `encode` serves for all the types that the protocols list, but for the two whose default
// would throw.

private struct DigestSingleValueContainer: SingleValueEncodingContainer {
  let log: DigestLog
  let slot: DigestLog.Slot
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() { log.write(.null, at: slot) }

  mutating func encode<Value: Encodable>(_ value: Value) throws { try log.write(value, at: slot) }
  mutating func encode(_ value: Int128) throws { try log.write(value, at: slot) }
  mutating func encode(_ value: UInt128) throws { try log.write(value, at: slot) }
}

private struct DigestKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let log: DigestLog
  let number: UInt64
  var codingPath: [any CodingKey] { [] }

  private func slot(_ key: any CodingKey) -> DigestLog.Slot { .key(key.stringValue, container: number) }

  mutating func encodeNil(forKey key: Key) { log.write(.null, at: slot(key)) }

  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try log.write(value, at: slot(key))
  }
  mutating func encode(_ value: Int128, forKey key: Key) throws { try log.write(value, at: slot(key)) }
  mutating func encode(_ value: UInt128, forKey key: Key) throws { try log.write(value, at: slot(key)) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    DigestEncoder(log: log, slot: slot(key)).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    DigestEncoder(log: log, slot: slot(key)).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    DigestEncoder(log: log, slot: .key("super", container: number))
  }

  mutating func superEncoder(forKey key: Key) -> any Encoder { DigestEncoder(log: log, slot: slot(key)) }
}

private struct DigestUnkeyedContainer: UnkeyedEncodingContainer {
  let log: DigestLog
  let number: UInt64
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(log: DigestLog, number: UInt64) {
    self.log = log
    self.number = number
  }

  private mutating func nextSlot() -> DigestLog.Slot {
    defer { count += 1 }
    return .index(count, container: number)
  }

  mutating func encodeNil() { log.write(.null, at: nextSlot()) }

  mutating func encode<Value: Encodable>(_ value: Value) throws { try log.write(value, at: nextSlot()) }
  mutating func encode(_ value: Int128) throws { try log.write(value, at: nextSlot()) }
  mutating func encode(_ value: UInt128) throws { try log.write(value, at: nextSlot()) }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    DigestEncoder(log: log, slot: nextSlot()).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    DigestEncoder(log: log, slot: nextSlot()).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { DigestEncoder(log: log, slot: nextSlot()) }
}
