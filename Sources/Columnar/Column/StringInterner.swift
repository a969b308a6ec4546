/// Numbers different strings, in the order in which they come.
package final class StringInterner: @unchecked Sendable {
  // Sendable: one task at a time has it, and hands it on when it is done.
  private var bytes = MutableBytes()
  private var ends: [Int] = [0]
  private var hashes: [UInt64] = []
  /// Open addressing: a string's number plus one, or 0.
  private var slots: [UInt32] = Array(repeating: 0, count: 16)
  /// The dictionary whose entries were asked for last, and the number of each; `unknown` where it was not.
  private var dictionary: CategoryDictionary?
  private var numbers: [UInt64] = []
  private static let unknown = UInt64.max

  package var count: Int { hashes.count }

  package init() {}

  package func intern(_ values: StringValues, _ view: StringView) -> UInt64 {
    values.withBytes(of: view) { intern($0) }
  }

  /// The string's number: a new one if it was not seen before. O(length).
  package func intern(_ text: UnsafeRawBufferPointer) -> UInt64 {
    let hash = TextHash.hash(text)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isEqual(number, text) { return UInt64(number) }
      slot = (slot + 1) & mask
    }
    let number = hashes.count
    precondition(number < Int(UInt32.max) - 1, "at most 4 billion different strings have a number")
    bytes.append(text)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = UInt32(number + 1)
    if hashes.count * 2 > slots.count { grow() }
    return UInt64(number)
  }

  /// The number of a dictionary's entry, for which the text is looked at once. O(1).
  package func intern(_ dictionary: CategoryDictionary, _ code: Int) -> UInt64 {
    if self.dictionary !== dictionary {
      self.dictionary = dictionary
      numbers = Array(repeating: StringInterner.unknown, count: dictionary.count)
    }
    if numbers[code] == StringInterner.unknown { numbers[code] = dictionary.strings.withBytes(at: code) { intern($0) } }
    return numbers[code]
  }

  /// The hash of the string with a number, which is that of its text.
  package func hash(of number: UInt64) -> UInt64 { hashes[Int(number)] }

  /// The number of a string, or nil if it was never interned. O(length).
  package func find(_ text: UnsafeRawBufferPointer) -> UInt64? {
    let hash = TextHash.hash(text)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isEqual(number, text) { return UInt64(number) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  package func withBytes<Result>(_ number: UInt64, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withBytes(ends[Int(number)]..<ends[Int(number) + 1], body)
  }

  private func isEqual(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    bytes.withBytes(ends[number]..<ends[number + 1]) { StringValues.compare($0, text) == 0 }
  }

  private func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  /// Bytes laid end to end.
  private struct MutableBytes {
    private var storage: [UInt8] = []

    var count: Int { storage.count }

    mutating func append(_ text: UnsafeRawBufferPointer) { storage.append(contentsOf: text) }

    func withBytes<Result>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
      storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
  }
}
