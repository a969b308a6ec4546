import Columnar

/// The rows of all partitions whose keys' hashes begin with the same bits, to be found by their keys.
///
///     slots     | hash: 32 | entry + 1: 32 |  …                one slot for each key; 0 is empty
///     entries   | key's words | row: 32 | next entry + 1: 32 |  …
///
/// The entry in a slot is the first row with that key; the others follow through `next`, in the order of the rows. Rows are put
/// in from the last to the first for that.
final class JoinBucket: @unchecked Sendable {
  // Sendable: one task builds it, then nothing changes any more.
  let stride: Int
  let slots: Words
  let slotBits: UInt64
  let entries: Words
  let entryCount: Int
  let strings = StringInterner()
  /// Some row whose key another row has too, if there is one.
  let duplicate: UInt32?

  init(_ partitions: [JoinRows], bucket: Int) {
    let encoder = partitions.first?.encoder ?? KeyEncoder(types: [])
    let wordCount = encoder.wordCount
    stride = wordCount + 1
    let count = partitions.reduce(0) { $0 + $1.rows(in: bucket).count }
    precondition(count < Int(UInt32.max), "a join's table holds at most 4 billion rows in a bucket")
    entries = Words(capacity: count * stride)
    entryCount = count
    slotBits = UInt64(max(4, Int.bitWidth - (2 * count).leadingZeroBitCount))
    slots = Words(zeros: 1 << Int(slotBits))
    var written = 0
    var duplicate: UInt32?
    var firstRow = partitions.reduce(0) { $0 + $1.rowCount }
    let mask = 1 << Int(slotBits) - 1
    let shift = 64 - slotBits
    let (slot, entry) = (slots.pointer, entries.pointer)
    for partition in partitions.reversed() {
      firstRow -= partition.rowCount
      let translates = encoder.needsTranslation(partition.strings)
      let (words, hashes) = (partition.words.pointer, partition.hashes.pointer)
      for row in partition.rows(in: bucket).reversed() {
        let hash = hashes[Int(row)]
        let new = entry + written &* stride
        let key = words + Int(row) &* wordCount
        if translates {
          encoder.translate(key, from: partition.strings, to: strings, into: new)
        } else {
          for word in 0..<wordCount { new[word] = key[word] }
        }
        let number = UInt32(truncatingIfNeeded: firstRow &+ Int(row))
        var place = JoinTable.slot(hash, shift)
        var next: UInt64 = 0
        while slot[place] != 0 {
          let found = slot[place]
          if found >> 32 == hash & 0xFFFF_FFFF {
            let other = entry + (Int(found & 0xFFFF_FFFF) &- 1) &* stride
            if JoinBucket.isEqual(other, new, wordCount) {
              next = found & 0xFFFF_FFFF
              duplicate = number
              break
            }
          }
          place = (place &+ 1) & mask
        }
        new[wordCount] = UInt64(number) | next << 32
        slot[place] = hash << 32 | UInt64(written &+ 1)
        written &+= 1
      }
    }
    self.duplicate = duplicate
  }

  var byteCount: Int { 8 * (slots.capacity + entries.capacity) }

  @inline(__always)
  static func isEqual(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ count: Int) -> Bool {
    for index in 0..<count where left[index] != right[index] { return false }
    return true
  }
}
