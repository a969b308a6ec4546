/// Numbers groups in the order in which their keys first appear.
///
/// An open-addressing table over rows of words. A slot holds half of the hash and the group's number plus one, so that most
/// probes of other keys end without looking at the rows:
///
///     slots   | hash: 32 | group + 1: 32 |  …                      0 is empty
///     rows    | symbol | symbol | id | nulls | hash | states … |   one for each group: see GroupLayout
///
/// A key's slot follows from the upper bits of its hash, so that keys that come in the order of their hashes touch the table
/// from one end to the other; what is noted in the slot are the lower bits. A table that only holds keys which share their
/// first bits, as those of one bucket do, leaves these out.
///
/// Where the key's bits are the number of a slot (`KeyEncoder.directBits`) nothing is hashed or compared:
///
///     direct slots   | group + 1: 32 |  …                      0 is empty
///
/// Whoever has a group's key has its aggregates too, in the same or the next line of the cache.
struct GroupTable: ~Copyable {
  let layout: GroupLayout
  private(set) var count = 0
  private var rowStorage: Words
  private var slotStorage: Words
  private var slotBits: UInt64
  private let skippedBits: UInt64
  /// The slots of keys whose bits are a slot's number, and the bits that are.
  private let directSlots: HalfWords?
  private let directMask: UInt64
  /// The slots that the rows of a batch begin to look at, kept from one batch to the next.
  private let candidates = Words(capacity: 0)

  /// - Parameters:
  ///   - layout: how groups lie in memory.
  ///   - skippedBits: how many of the upper bits of the hash all keys share.
  ///   - directBits: how many bits of the key's only word are used, if few are.
  init(_ layout: GroupLayout, skippedBits: Int = 0, directBits: Int? = nil) {
    self.layout = layout
    self.skippedBits = UInt64(skippedBits)
    let slotCount = directBits.map { 1 << max($0 - skippedBits, 0) }
    directSlots = slotCount.map { HalfWords(zeros: $0) }
    directMask = slotCount.map { UInt64($0 - 1) } ?? 0
    rowStorage = Words(capacity: 64 * layout.stride)
    slotBits = 7
    slotStorage = Words(zeros: 128)
  }

  /// The rows of all groups. Valid until a group is added.
  var rows: UnsafeMutablePointer<UInt64> { rowStorage.pointer }

  /// A group's words. Valid until a group is added.
  func key(of group: Int) -> UnsafeMutablePointer<UInt64> { rowStorage.pointer + group * layout.stride }

  /// The states of an aggregate. Valid until a group is added.
  func states(of aggregate: Int) -> GroupStates {
    layout.states(of: aggregate, in: rowStorage.pointer)
  }

  /// How much memory the groups take.
  var byteCount: Int { 8 * (rowStorage.capacity + slotStorage.capacity) + 4 * (directSlots?.capacity ?? 0) }

  /// Finds the groups of some rows, adding new ones, and writes their runs of equal neighbours. O(rows).
  ///
  /// - Parameters:
  ///   - groups: receives the group of each run; room for a number a row.
  ///   - starts: receives the first row of each run, and the number of rows behind the last.
  /// - Returns: the number of runs.
  mutating func assign(
    _ keys: KeyRows, groups: UnsafeMutablePointer<UInt32>, starts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    if let directSlots { return assign(keys, directSlots.pointer, groups, starts) }
    switch layout.wordCount {
    case 1: return assign(keys, 1, groups, starts) { $0[0] == $1[0] }
    case 2: return assign(keys, 2, groups, starts) { ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) == 0 }
    case 3: return assign(keys, 3, groups, starts) { ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) | ($0[2] ^ $1[2]) == 0 }
    case 4:
      return assign(keys, 4, groups, starts) {
        ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) | ($0[2] ^ $1[2]) | ($0[3] ^ $1[3]) == 0
      }
    case let count: return assign(keys, count, groups, starts) { GroupTable.isEqual($0, $1, count) }
    }
  }

  @inline(__always)
  private mutating func assign(
    _ keys: KeyRows, _ wordCount: Int, _ groups: UnsafeMutablePointer<UInt32>, _ starts: UnsafeMutablePointer<UInt32>,
    _ isEqual: (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Bool
  ) -> Int {
    let (words, hashes, rowCount, stride) = (UnsafePointer(keys.words), keys.hashes, keys.rowCount, layout.stride)
    var runs = 0
    var row = 0
    var rows = UnsafePointer(rowStorage.pointer)
    let candidates = lookAhead(hashes, rowCount)
    while row < rowCount {
      let key = words + row &* wordCount
      let hash = hashes[row]
      // What was in the slot before this batch is right if it has the key; else the slot is looked at again.
      let entry = candidates[row]
      let candidate = Int(entry & 0xFFFF_FFFF) &- 1
      if entry >> 32 == hash & 0xFFFF_FFFF, candidate >= 0, isEqual(rows + candidate &* stride, key) {
        groups[runs] = UInt32(truncatingIfNeeded: candidate)
      } else {
        let (found, slot) = probe(rows, stride, key, hash, isEqual)
        groups[runs] = UInt32(truncatingIfNeeded: found >= 0 ? found : add(key, hash, at: slot))
        rows = UnsafePointer(rowStorage.pointer)
      }
      starts[runs] = UInt32(truncatingIfNeeded: row)
      runs &+= 1
      row &+= 1
      while row < rowCount, hashes[row] == hash, isEqual(words + row &* wordCount, key) { row &+= 1 }
    }
    starts[runs] = UInt32(truncatingIfNeeded: rowCount)
    return runs
  }

  private mutating func assign(
    _ keys: KeyRows, _ slots: UnsafeMutablePointer<UInt32>, _ groups: UnsafeMutablePointer<UInt32>,
    _ starts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let (words, hashes, rowCount, mask) = (UnsafePointer(keys.words), keys.hashes, keys.rowCount, directMask)
    var runs = 0
    var row = 0
    while row < rowCount {
      let word = words[row]
      let slot = Int(truncatingIfNeeded: word & mask)
      if slots[slot] == 0 {
        addRow(words + row, hashes[row])
        slots[slot] = UInt32(truncatingIfNeeded: count)
      }
      groups[runs] = slots[slot] &- 1
      starts[runs] = UInt32(truncatingIfNeeded: row)
      runs &+= 1
      row &+= 1
      while row < rowCount, words[row] == word { row &+= 1 }
    }
    starts[runs] = UInt32(truncatingIfNeeded: rowCount)
    return runs
  }

  /// Reads the first slot of each row, and then the row of the group that is noted there. The loads of a pass do not wait for
  /// one another, so that a table that is larger than the cache is waited for once and not for each row.
  private func lookAhead(_ hashes: UnsafePointer<UInt64>, _ rowCount: Int) -> UnsafePointer<UInt64> {
    candidates.reserve(rowCount + 1)
    let (target, slots) = (candidates.pointer, slotStorage.pointer)
    let (skipped, shift) = (skippedBits, 64 - slotBits)
    for row in 0..<rowCount { target[row] = slots[Int(truncatingIfNeeded: (hashes[row] &<< skipped) &>> shift)] }
    if count > GroupTable.cachedGroups {
      let (rows, stride) = (rowStorage.pointer, layout.stride)
      var seen: UInt64 = 0
      for row in 0..<rowCount {
        let group = rows + (max(Int(target[row] & 0xFFFF_FFFF), 1) &- 1) &* stride
        seen |= group[0] | group[stride &- 1]
      }
      // Something must depend on the loads, or they would be left out.
      target[rowCount] = seen
    }
    return UnsafePointer(target)
  }

  /// Of so few groups the rows are in the cache.
  private static let cachedGroups = 8192

  /// Adds all rows as groups of their own, whatever groups there are already. O(rows).
  ///
  /// - Returns: The first one's group.
  mutating func append(_ keys: KeyRows) -> Int {
    let first = count
    reserveRows(to: count + keys.rowCount)
    let (wordCount, stride) = (layout.wordCount, layout.stride)
    var target = rowStorage.pointer + first * stride
    var (words, hashes) = (keys.words, keys.hashes)
    for _ in 0..<keys.rowCount {
      for word in 0..<wordCount { target[word] = words[word] }
      target[wordCount] = hashes[0]
      for word in wordCount &+ 1..<max(stride, wordCount &+ 1) { target[word] = 0 }
      target += stride
      words += wordCount
      hashes += 1
    }
    count += keys.rowCount
    return first
  }

  @inline(__always)
  private static func isEqual(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ count: Int) -> Bool {
    for index in 0..<count where left[index] != right[index] { return false }
    return true
  }

  /// The group of a key: a new one if it was not seen before, whose states have seen nothing.
  mutating func findOrAdd(_ key: UnsafePointer<UInt64>, _ hash: UInt64) -> Int {
    if let slots = directSlots?.pointer {
      let slot = Int(truncatingIfNeeded: key[0] & directMask)
      if slots[slot] == 0 {
        addRow(key, hash)
        slots[slot] = UInt32(truncatingIfNeeded: count)
      }
      return Int(slots[slot]) - 1
    }
    let wordCount = layout.wordCount
    let (found, slot) = probe(rowStorage.pointer, layout.stride, key, hash) { GroupTable.isEqual($0, $1, wordCount) }
    return found >= 0 ? found : add(key, hash, at: slot)
  }

  /// The same for the rows of another table of the same layout, one behind another. O(rows).
  ///
  /// - Parameters:
  ///   - rows: some of the other table's.
  ///   - count: how many.
  ///   - groups: receives the group of each.
  mutating func findOrAdd(
    _ rows: UnsafePointer<UInt64>, count: Int, into groups: UnsafeMutablePointer<UInt32>
  ) {
    switch layout.wordCount {
    case 1 where directSlots == nil: findOrAdd(rows, count, 1, groups) { $0[0] == $1[0] }
    case 2: findOrAdd(rows, count, 2, groups) { ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) == 0 }
    case let wordCount:
      for index in 0..<count {
        let key = rows + index &* layout.stride
        groups[index] = UInt32(truncatingIfNeeded: findOrAdd(key, key[wordCount]))
      }
    }
  }

  @inline(__always)
  private mutating func findOrAdd(
    _ rows: UnsafePointer<UInt64>, _ count: Int, _ wordCount: Int, _ groups: UnsafeMutablePointer<UInt32>,
    _ isEqual: (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Bool
  ) {
    let stride = layout.stride
    var key = rows
    var known = UnsafePointer(rowStorage.pointer)
    for index in 0..<count {
      let hash = key[wordCount]
      let (found, slot) = probe(known, stride, key, hash, isEqual)
      groups[index] = UInt32(truncatingIfNeeded: found >= 0 ? found : add(key, hash, at: slot))
      if found < 0 { known = UnsafePointer(rowStorage.pointer) }
      key += stride
    }
  }

  /// The group of a key, or -1 and the slot where it would be. Linear probing.
  @inline(__always)
  private func probe(
    _ rows: UnsafePointer<UInt64>, _ stride: Int, _ key: UnsafePointer<UInt64>, _ hash: UInt64,
    _ isEqual: (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Bool
  ) -> (group: Int, slot: Int) {
    let slots = slotStorage.pointer
    let mask = 1 &<< Int(truncatingIfNeeded: slotBits) &- 1
    var slot = Int(truncatingIfNeeded: (hash &<< skippedBits) &>> (64 - slotBits))
    while true {
      let entry = slots[slot]
      if entry == 0 { return (-1, slot) }
      if entry >> 32 == hash & 0xFFFF_FFFF {
        let group = Int(entry & 0xFFFF_FFFF) &- 1
        if isEqual(rows + group &* stride, key) { return (group, slot) }
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Adds a group that has no slot yet.
  private mutating func addRow(_ key: UnsafePointer<UInt64>, _ hash: UInt64) {
    let (wordCount, stride) = (layout.wordCount, layout.stride)
    reserveRows(to: count + 1)
    let row = rowStorage.pointer + count * stride
    for word in 0..<wordCount { row[word] = key[word] }
    row[wordCount] = hash
    for word in wordCount + 1..<max(stride, wordCount + 1) { row[word] = 0 }
    count += 1
  }

  /// Adds a group in a slot that is free.
  private mutating func add(_ key: UnsafePointer<UInt64>, _ hash: UInt64, at slot: Int) -> Int {
    addRow(key, hash)
    slotStorage.pointer[slot] = hash << 32 | UInt64(count)
    if count > GroupTable.groups(slotBits) { rehash(slotBits + (slotBits < 16 ? 2 : 1)) }
    return count - 1
  }

  /// Makes room for so many more groups at once.
  func reserveRows(_ more: Int) { if more > 0 { reserveRows(to: count + more) } }

  private func reserveRows(to count: Int) {
    precondition(count < Int(UInt32.max), "a group-by holds at most 4 billion groups in a partition")
    rowStorage.reserve(count * layout.stride)
  }

  /// Makes room for so many groups. Where keys come in the order of their hashes that has to be done beforehand: those that
  /// are there would fill the first slots of a table that is not large enough for all, and be looked for in long rows of them.
  mutating func reserve(groups: Int) {
    if directSlots != nil { return }
    var bits = slotBits
    while groups > GroupTable.groups(bits) { bits += 1 }
    if bits > slotBits { rehash(bits) }
  }

  /// How many groups a table of so many slots has at most: half as many. In a large one three quarters, since to touch new
  /// memory is dearer than to look at a slot more, which is in the same line of the cache.
  private static func groups(_ slotBits: UInt64) -> Int {
    slotBits < 16 ? 1 << Int(slotBits) / 2 : 3 << Int(slotBits) / 4
  }

  private mutating func rehash(_ bits: UInt64) {
    slotBits = bits
    slotStorage = Words(zeros: 1 << Int(slotBits))
    let slots = slotStorage.pointer
    let mask = 1 << Int(slotBits) - 1
    var hash = rowStorage.pointer + layout.wordCount
    for group in 0..<count {
      var slot = Int(truncatingIfNeeded: (hash.pointee &<< skippedBits) &>> (64 - slotBits))
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = hash.pointee << 32 | UInt64(group + 1)
      hash += layout.stride
    }
  }

  /// Gives each group a new number, and forgets the slots: groups can only be read from now on. O(groups).
  mutating func renumber(_ numbers: UnsafeBufferPointer<UInt32>) {
    let renumbered = Words(capacity: count * layout.stride)
    let (source, target, stride) = (rowStorage.pointer, renumbered.pointer, layout.stride)
    for group in 0..<count {
      let (from, to) = (source + group &* stride, target + Int(numbers[group]) &* stride)
      for word in 0..<stride { to[word] = from[word] }
    }
    rowStorage = renumbered
    slotStorage = Words(zeros: 0)
  }
}
