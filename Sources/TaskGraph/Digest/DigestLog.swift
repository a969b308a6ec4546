/// The log that a `DigestEncoder` hashes: one entry for each value and each container. See the head of that file.
final class DigestLog {
  /// Where an entry belongs.
  enum Slot {
    case root
    case key(String, container: UInt64)
    case index(Int, container: UInt64)
  }

  /// What an entry says; the rest of the entry, if any, follows. The numbers are part of the digests: never change one.
  enum Tag: UInt8 {
    case null = 1
    case keyed = 2
    case unkeyed = 3
    case unordered = 4
    case nothing = 5
    case failed = 6
    case boolean = 7
    case signed = 8
    case unsigned = 9
    case floatingPoint = 10
    case text = 11
  }

  var digest = Digest()
  private var containerCount: UInt64 = 0
  private var entryCount = 0

  /// Opens a container.
  ///
  /// - Returns: Its number.
  func open(_ tag: Tag, at slot: Slot) -> UInt64 {
    write(tag, at: slot)
    containerCount += 1
    return containerCount
  }

  /// Writes an entry, or the part of it that is the same for all.
  func write(_ tag: Tag, at slot: Slot) {
    entryCount += 1
    switch slot {
    case .root:
      digest.absorb(byte: 0)
    case .key(let key, let container):
      digest.absorb(byte: 1)
      digest.absorb(container)
      digest.absorb(key)
    case .index(let index, let container):
      digest.absorb(byte: 2)
      digest.absorb(container)
      digest.absorb(UInt64(index))
    }
    digest.absorb(byte: tag.rawValue)
  }

  /// Writes a value with all that it consists of.
  func write(_ value: any Encodable, at slot: Slot) throws {
    // The standard library's own types would ask to be encoded again without end, so they must all be met here.
    switch value {
    case let value as Bool:
      write(.boolean, at: slot)
      digest.absorb(byte: value ? 1 : 0)
    case let value as String:
      write(.text, at: slot)
      digest.absorb(value)
    case let value as Double:
      write(.floatingPoint, at: slot)
      digest.absorb(value.bitPattern)
    case let value as Float:
      write(.floatingPoint, at: slot)
      digest.absorb(Double(value).bitPattern)
    case let value as any FixedWidthInteger:
      write(type(of: value).isSigned ? .signed : .unsigned, at: slot)
      digest.absorb(UInt128(truncatingIfNeeded: value))
    case let value as any UnorderedEncodable:
      write(.unordered, at: slot)
      let digests = try value.elementDigests().sorted()
      digest.absorb(UInt64(digests.count))
      for element in digests { digest.absorb(element) }
    default:
      let before = entryCount
      try value.encode(to: DigestEncoder(log: self, slot: slot))
      if entryCount == before { write(.nothing, at: slot) }
    }
  }
}

/// A collection whose order differs from process to process.
private protocol UnorderedEncodable {
  /// The digests of the elements, in any order.
  func elementDigests() throws -> [UInt128]
}

extension Set: UnorderedEncodable where Element: Encodable {
  fileprivate func elementDigests() throws -> [UInt128] {
    try map { element in
      let log = DigestLog()
      try log.write(element, at: .root)
      return log.digest.value
    }
  }
}

extension Dictionary: UnorderedEncodable where Key: Encodable, Value: Encodable {
  fileprivate func elementDigests() throws -> [UInt128] {
    try map { element in
      let log = DigestLog()
      try log.write(element.key, at: .index(0, container: 0))
      try log.write(element.value, at: .index(1, container: 0))
      return log.digest.value
    }
  }
}
