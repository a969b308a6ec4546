/// The keys of some rows as words, with their hashes. Made by `KeyEncoder`, and used again for the next rows.
final class KeyRows {
  let wordCount: Int
  private(set) var rowCount = 0
  private let wordStorage: Words
  private let hashStorage: Words

  init(wordCount: Int) {
    self.wordCount = wordCount
    wordStorage = Words(capacity: 0)
    hashStorage = Words(capacity: 0)
  }

  /// `wordCount` words for each row.
  var words: UnsafeMutablePointer<UInt64> { wordStorage.pointer }
  /// One for each row. It depends on the values of the keys only, not on the numbers that long strings have.
  var hashes: UnsafeMutablePointer<UInt64> { hashStorage.pointer }

  /// Makes room for so many rows and forgets those there were.
  func reset(rowCount: Int) {
    self.rowCount = rowCount
    wordStorage.reserve(rowCount * wordCount)
    hashStorage.reserve(rowCount)
  }

  /// Keeps the first rows only.
  func truncate(rowCount: Int) { self.rowCount = rowCount }
}
