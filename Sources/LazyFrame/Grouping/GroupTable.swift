/// Numbers groups in the order in which their keys first appear.
///
/// An open-addressing table over key words. A slot holds half of the hash and the group's number plus one, so that most
/// probes of other keys end without looking at the words:
///
///     slots   | hash: 32 | group + 1: 32 |  …            0 is empty
///     words   | symbol | symbol | nulls | id |  …        wordCount for each group
///     hashes  | hash |  …
///
/// A key's slot follows from the upper bits of its hash, so that keys that come in the order of their hashes touch the table
/// from one end to the other; what is noted in the slot are the lower bits. A table that only holds keys which share their
/// first bits, as those of one bucket do, leaves these out.
struct GroupTable: ~Copyable {
  let wordCount: Int
  private(set) var count = 0
  private let wordStorage: Words
  private let hashStorage: Words
  private var slotStorage: Words
  private var slotBits: UInt64
  private let skippedBits: UInt64
  /// The slots that the rows of a batch begin to look at, kept from one batch to the next.
  private let candidates = Words(capacity: 0)

  /// - Parameter skippedBits: how many of the upper bits of the hash all keys share.
  init(wordCount: Int, skippedBits: Int = 0) {
    self.wordCount = wordCount
    self.skippedBits = UInt64(skippedBits)
    wordStorage = Words(capacity: 64 * wordCount)
    hashStorage = Words(capacity: 64)
    slotBits = 7
    slotStorage = Words(zeros: 128)
  }

  /// The words of all groups, `wordCount` each. Valid until a group is added.
  var words: UnsafeMutablePointer<UInt64> { wordStorage.pointer }
  /// The hashes of all groups. Valid until a group is added.
  var hashes: UnsafeMutablePointer<UInt64> { hashStorage.pointer }

  /// How much memory the groups take.
  var byteCount: Int { 8 * (wordStorage.capacity + hashStorage.capacity + slotStorage.capacity) }

  /// Finds the groups of some rows, adding new ones, and writes their runs of equal neighbours. O(rows).
  ///
  /// - Parameters:
  ///   - groups: receives the group of each run; room for a number a row.
  ///   - starts: receives the first row of each run, and the number of rows behind the last.
  /// - Returns: the number of runs.
  mutating func assign(
    _ rows: KeyRows, groups: UnsafeMutablePointer<UInt32>, starts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    switch wordCount {
    case 1: return assign(rows, 1, groups, starts) { $0[0] == $1[0] }
    case 2: return assign(rows, 2, groups, starts) { ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) == 0 }
    case 3: return assign(rows, 3, groups, starts) { ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) | ($0[2] ^ $1[2]) == 0 }
    case 4:
      return assign(rows, 4, groups, starts) {
        ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) | ($0[2] ^ $1[2]) | ($0[3] ^ $1[3]) == 0
      }
    case let count: return assign(rows, count, groups, starts) { GroupTable.isEqual($0, $1, count) }
    }
  }

  @inline(__always)
  private mutating func assign(
    _ rows: KeyRows, _ stride: Int, _ groups: UnsafeMutablePointer<UInt32>, _ starts: UnsafeMutablePointer<UInt32>,
    _ isEqual: (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Bool
  ) -> Int {
    let (keys, hashes, rowCount) = (UnsafePointer(rows.words), rows.hashes, rows.rowCount)
    var runs = 0
    var row = 0
    var words = UnsafePointer(wordStorage.pointer)
    let candidates = lookAhead(hashes, rowCount)
    while row < rowCount {
      let key = keys + row &* stride
      let hash = hashes[row]
      // What was in the slot before this batch is right if it has the key; else the slot is looked at again.
      let entry = candidates[row]
      let candidate = Int(entry & 0xFFFF_FFFF) &- 1
      if entry >> 32 == hash & 0xFFFF_FFFF, candidate >= 0, isEqual(words + candidate &* stride, key) {
        groups[runs] = UInt32(truncatingIfNeeded: candidate)
      } else {
        groups[runs] = UInt32(truncatingIfNeeded: findOrAdd(key, hash))
        words = UnsafePointer(wordStorage.pointer)
      }
      starts[runs] = UInt32(truncatingIfNeeded: row)
      runs &+= 1
      row &+= 1
      while row < rowCount, hashes[row] == hash, isEqual(keys + row &* stride, key) { row &+= 1 }
    }
    starts[runs] = UInt32(truncatingIfNeeded: rowCount)
    return runs
  }

  /// Reads the first slot of each row. These loads do not wait for one another, so that a table that is larger than the
  /// cache is waited for once and not for each row.
  private func lookAhead(_ hashes: UnsafePointer<UInt64>, _ rowCount: Int) -> UnsafePointer<UInt64> {
    candidates.reserve(rowCount)
    let (target, slots) = (candidates.pointer, slotStorage.pointer)
    let (skipped, shift) = (skippedBits, 64 - slotBits)
    for row in 0..<rowCount { target[row] = slots[Int(truncatingIfNeeded: (hashes[row] &<< skipped) &>> shift)] }
    return UnsafePointer(target)
  }

  /// Adds all rows as groups of their own, whatever groups there are already. O(rows).
  ///
  /// - Returns: The first one's group.
  mutating func append(_ rows: KeyRows) -> Int {
    let first = count
    reserve(count + rows.rowCount)
    (wordStorage.pointer + first * wordCount).update(from: rows.words, count: rows.rowCount * wordCount)
    (hashStorage.pointer + first).update(from: rows.hashes, count: rows.rowCount)
    count += rows.rowCount
    return first
  }

  @inline(__always)
  private static func isEqual(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ count: Int) -> Bool {
    for index in 0..<count where left[index] != right[index] { return false }
    return true
  }

  /// The group of a key: a new one if it was not seen before. Linear probing.
  mutating func findOrAdd(_ key: UnsafePointer<UInt64>, _ hash: UInt64) -> Int {
    let slots = slotStorage.pointer
    let mask = 1 << Int(slotBits) - 1
    var slot = Int(truncatingIfNeeded: (hash &<< skippedBits) &>> (64 - slotBits))
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if entry >> 32 == hash & 0xFFFF_FFFF {
        let group = Int(entry & 0xFFFF_FFFF) &- 1
        if GroupTable.isEqual(wordStorage.pointer + group &* wordCount, key, wordCount) { return group }
      }
      slot = (slot + 1) & mask
    }
    reserve(count + 1)
    (wordStorage.pointer + count * wordCount).update(from: key, count: wordCount)
    hashStorage.pointer[count] = hash
    slots[slot] = hash << 32 | UInt64(count + 1)
    count += 1
    if count * 2 > mask { rehash() }
    return count - 1
  }

  private func reserve(_ count: Int) {
    precondition(count < Int(UInt32.max), "a group-by holds at most 4 billion groups in a partition")
    wordStorage.reserve(count * wordCount)
    hashStorage.reserve(count)
  }

  private mutating func rehash() {
    slotBits += slotBits < 16 ? 2 : 1
    slotStorage = Words(zeros: 1 << Int(slotBits))
    let slots = slotStorage.pointer
    let mask = 1 << Int(slotBits) - 1
    let hashes = hashStorage.pointer
    for group in 0..<count {
      let hash = hashes[group]
      var slot = Int(truncatingIfNeeded: (hash &<< skippedBits) &>> (64 - slotBits))
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = hash << 32 | UInt64(group + 1)
    }
  }
}
