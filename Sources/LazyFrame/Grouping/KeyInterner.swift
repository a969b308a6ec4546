import Columnar

/// Numbers what has no room in the words of a key: long strings, and whole keys that are not as it was guessed.
final class KeyInterner: @unchecked Sendable {
  // Sendable: one task at a time has it, and hands it on when it is done.
  let strings = StringInterner()
  private var unusual: GroupTable
  /// The words of unusual keys as they are found, kept from one batch to the next.
  let scratch: KeyRows

  init(_ encoder: GroupKeyEncoder) {
    unusual = GroupTable(GroupLayout(wordCount: encoder.whole.wordCount, stateSizes: []))
    scratch = KeyRows(wordCount: encoder.whole.wordCount)
  }

  /// How many different keys were not as it was guessed.
  var unusualCount: Int { unusual.count }

  /// The number of a key: a new one if it was not seen before.
  func number(of words: UnsafePointer<UInt64>, hash: UInt64) -> UInt64 { UInt64(unusual.findOrAdd(words, hash)) }

  /// The words of the key with a number. Valid until one is added.
  func words(of number: UInt64) -> UnsafePointer<UInt64> { UnsafePointer(unusual.key(of: Int(number))) }
}
