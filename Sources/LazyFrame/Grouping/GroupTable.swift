import Columnar
import Glibc

/// Numbers the groups of a partition, in the order in which their keys first appear.
///
/// An open-addressing table over key words. A slot holds the upper half of the hash and the group's number plus one, so
/// that most probes of other keys end without looking at the words:
///
///     slots   | hash: 32 | group + 1: 32 |  …            0 is empty
///     words   | null | symbol | symbol | year |  …       wordCount for each group
///     hashes  | hash |  …
struct GroupTable: ~Copyable {
  let wordCount: Int
  private(set) var words: MutableWords
  private var hashes: MutableWords
  private var slots: MutableWords
  private(set) var count = 0

  init(wordCount: Int) {
    self.wordCount = wordCount
    words = MutableWords(count: 64 * wordCount)
    hashes = MutableWords(count: 64)
    slots = MutableWords(zeros: 128)
  }

  /// Finds the groups of a batch, adding new ones, and writes its runs of equal neighbours. O(rows).
  ///
  /// - Parameters:
  ///   - groups: receives the group of each run; room for `rowCount`.
  ///   - starts: receives the first row of each run, and `rowCount` behind the last; room for `rowCount + 1`.
  /// - Returns: the number of runs.
  mutating func assign(
    _ keys: UnsafePointer<UInt64>, rowCount: Int, groups: UnsafeMutablePointer<UInt32>,
    starts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var runs = 0
    var row = 0
    while row < rowCount {
      let key = keys + row &* wordCount
      groups[runs] = UInt32(truncatingIfNeeded: find(key, KeyHash.hash(key, count: wordCount)))
      starts[runs] = UInt32(truncatingIfNeeded: row)
      runs &+= 1
      row &+= 1
      var next = key + wordCount
      while row < rowCount, isEqual(key, next) {
        row &+= 1
        next += wordCount
      }
    }
    starts[runs] = UInt32(truncatingIfNeeded: rowCount)
    return runs
  }

  /// Adds the groups of another table, translated by `translate`, and returns what number each has here. O(groups).
  mutating func add(
    _ other: borrowing GroupTable, translate: ((UnsafePointer<UInt64>, UnsafeMutablePointer<UInt64>) -> Void)?
  ) -> Buffer<UInt32> {
    let numbers = MutableBuffer<UInt32>(count: other.count)
    let translated = MutableWords(count: wordCount)
    for group in 0..<other.count {
      let key = UnsafePointer(other.words.pointer + group * wordCount)
      if let translate {
        translate(key, translated.pointer)
        let hash = KeyHash.hash(translated.pointer, count: wordCount)
        numbers.pointer[group] = UInt32(find(translated.pointer, hash))
      } else {
        numbers.pointer[group] = UInt32(find(key, other.hashes.pointer[group]))
      }
    }
    return numbers.freeze()
  }

  @inline(__always)
  private func isEqual(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>) -> Bool {
    var difference: UInt64 = 0
    for index in 0..<wordCount { difference |= left[index] ^ right[index] }
    return difference == 0
  }

  /// The group of a key: a new one if it was not seen before. Linear probing.
  private mutating func find(_ key: UnsafePointer<UInt64>, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots.pointer[slot]
      if entry == 0 { break }
      if entry & 0xFFFF_FFFF_0000_0000 == tag {
        let group = Int(entry & 0xFFFF_FFFF) - 1
        if isEqual(UnsafePointer(words.pointer + group * wordCount), key) { return group }
      }
      slot = (slot + 1) & mask
    }
    return insert(key, hash, slot)
  }

  private mutating func insert(_ key: UnsafePointer<UInt64>, _ hash: UInt64, _ slot: Int) -> Int {
    precondition(count < Int(UInt32.max) - 1, "a group-by holds at most 4 billion groups")
    if (count + 1) * wordCount > words.count {
      words = MutableWords(count: 2 * (count + 1) * wordCount, copying: words, count * wordCount)
      hashes = MutableWords(count: 2 * (count + 1), copying: hashes, count)
    }
    (words.pointer + count * wordCount).update(from: key, count: wordCount)
    hashes.pointer[count] = hash
    slots.pointer[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(count + 1)
    count += 1
    if count * 2 > slots.count { rehash() }
    return count - 1
  }

  private mutating func rehash() {
    slots = MutableWords(zeros: slots.count * 2)
    let mask = slots.count - 1
    for group in 0..<count {
      let hash = hashes.pointer[group]
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots.pointer[slot] != 0 { slot = (slot + 1) & mask }
      slots.pointer[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(group + 1)
    }
  }

  /// Words with one owner.
  final class MutableWords {
    let pointer: UnsafeMutablePointer<UInt64>
    let count: Int

    init(count: Int) {
      guard let memory = malloc(max(count, 1) * MemoryLayout<UInt64>.stride) else {
        fatalError("no memory for a table of \(count) words")
      }
      pointer = memory.bindMemory(to: UInt64.self, capacity: count)
      self.count = count
    }

    /// Zeros, of which the system makes memory only where they are touched.
    init(zeros count: Int) {
      guard let memory = calloc(max(count, 1), MemoryLayout<UInt64>.stride) else {
        fatalError("no memory for a table of \(count) words")
      }
      pointer = memory.bindMemory(to: UInt64.self, capacity: count)
      self.count = count
    }

    /// So many words, the first of which are copied.
    convenience init(count: Int, copying other: MutableWords, _ copied: Int) {
      self.init(count: count)
      pointer.update(from: other.pointer, count: copied)
    }

    deinit { free(pointer) }
  }
}
