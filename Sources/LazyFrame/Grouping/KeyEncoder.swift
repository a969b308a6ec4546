import Columnar

/// Turns the keys of rows into machine words: two rows have equal keys exactly when their words are equal.
///
/// So the tables that find groups compare and hash words and know no types. For the keys `symbol, id`:
///
///     word 0              word 1          word 2         word 3
///     symbol: length,     symbol: next    nulls: a bit   id
///     first 4 bytes       8 bytes         for each key
///                                         like id
///
/// Most types leave some words unused, of which one stands for null. Where every word is a value, as with 64-bit integers, a
/// bit in one more word says which keys are null.
///
/// A key whose `KeyRange` is known takes as many bits as that needs, and several of them share a word. If all keys fit a few bits
/// together, these are the number of the group's slot (`directBits`), and no hash is needed to find it:
///
///     word 0
///     nothing │ id2: 7 bits │ id1: 7 bits
///
/// A string of more than 12 bytes does not fit its view. It is interned: the second word is then a number that a
/// `StringInterner` gives to each different long string. Zero and minus zero are one key, and so are all NaNs.
struct KeyEncoder: Sendable {
  /// The word of nulls has a bit for each key.
  static let keyLimit = 64

  /// Where a key lies: in words of its own, or in some bits of one that it shares.
  private struct Place {
    let type: DType
    let range: KeyRange?
    /// Its first word.
    var offset = 0
    /// The first of its bits.
    var shift: UInt64 = 0
    /// The bits that it has, moved to the end of the word.
    var mask: UInt64 = .max
    /// Whether others have put their bits into the word before it.
    var isShared = false

    /// What is added to the bits to have the value.
    var base: UInt64 { range?.lowest ?? 0 }
  }

  private let places: [Place]
  /// How many bits of the only word are used, if these are few enough to be the number of a slot.
  let directBits: Int?
  /// Where the word of nulls is, if some key needs it.
  private let nullOffset: Int?
  /// Where the words of each string begin.
  private let stringOffsets: [Int]
  /// How many words a row has.
  let wordCount: Int

  /// - Parameters:
  ///   - types: those of the keys.
  ///   - ranges: what is known of the values of each key; all rows must keep to it.
  ///   - rowCount: about how many rows there will be.
  init(types: [DType], ranges: [KeyRange?] = [], rowCount: Int = 0) {
    var places = types.indices.map { Place(type: types[$0], range: $0 < ranges.count ? ranges[$0] : nil) }
    var next = 0
    var used = 0
    for key in places.indices {
      guard let bits = places[key].range?.bits else { continue }
      if used + bits > UInt64.bitWidth {
        next += 1
        used = 0
      }
      places[key].offset = next
      places[key].shift = UInt64(used % UInt64.bitWidth)
      places[key].mask = bits == UInt64.bitWidth ? .max : 1 << UInt64(bits) - 1
      places[key].isShared = used > 0
      used += bits
    }
    if places.contains(where: { $0.range != nil }) { next += 1 }
    let isDirect = next == 1 && places.allSatisfy { $0.range != nil } && KeyEncoder.isDirect(used, rowCount)
    directBits = isDirect ? used : nil
    for key in places.indices where places[key].range == nil {
      places[key].offset = next
      next += KeyEncoder.wordCount(places[key].type)
    }
    let needsBits = places.contains { $0.range == nil && KeyEncoder.nullWord($0.type) == nil }
    nullOffset = needsBits ? next : nil
    stringOffsets = places.filter { $0.range == nil && $0.type.isText }.map(\.offset)
    wordCount = next + (needsBits ? 1 : 0)
    self.places = places
  }

  /// Whether a table with a slot for every number of so many bits stays in the second-level cache, and is worth emptying.
  private static func isDirect(_ bits: Int, _ rowCount: Int) -> Bool {
    bits <= 17 && 1 << bits <= max(rowCount, 1 << 12)
  }

  private static func wordCount(_ type: DType) -> Int {
    switch type.kind {
    case .null: 0
    case .string, .categorical: 2
    default: 1
    }
  }

  /// The first word of a null, which no value has; nil where every word is a value.
  private static func nullWord(_ type: DType) -> UInt64? {
    switch type.kind {
    case .null: 0
    // A string has no such length.
    case .string, .categorical: 0xFFFF_FFFF
    // Values have at most 32 bits.
    case .bool, .int8, .int16, .int32, .uint8, .uint16, .uint32, .date: 1 << 32
    // All NaNs are one, which has other bits.
    case .float32, .float64: Double.nan.bitPattern | 1
    case .int64, .uint64, .datetime, .duration, .list: nil
    }
  }

  /// Writes the words and the hash of each row. O(rows · keys), and O(bytes) of long strings.
  func encode(_ columns: [Column], rowCount: Int, into rows: KeyRows, _ strings: StringInterner) {
    rows.reset(rowCount: rowCount)
    let words = rows.words
    if let nullOffset {
      for row in 0..<rowCount { words[row &* wordCount &+ nullOffset] = 0 }
    }
    var hasLongStrings = false
    for (key, column) in columns.enumerated() {
      if let range = places[key].range {
        pack(column, range, places[key], rowCount, into: words + places[key].offset)
      } else {
        encode(column, rowCount: rowCount, into: words + places[key].offset, strings, &hasLongStrings)
        markNulls(column, key, rowCount, words)
      }
    }
    hash(rows)
    if hasLongStrings { hashLongStrings(rows, strings) }
  }

  private func encode(
    _ column: Column, rowCount: Int, into target: UnsafeMutablePointer<UInt64>, _ strings: StringInterner,
    _ hasLongStrings: inout Bool
  ) {
    let stride = wordCount
    func fill(_ word: (Int) -> UInt64) {
      for row in 0..<rowCount { target[row &* stride] = word(row) }
    }
    func fillBits<Element: FixedWidthInteger & ColumnElement>(of buffer: Buffer<Element>) {
      let values = buffer.pointer
      fill { UInt64(truncatingIfNeeded: values[$0]) }
    }
    switch column.values {
    case .null: break
    case .bool(let bits): fill { bits[$0] ? 1 : 0 }
    case .float32(let buffer):
      let values = buffer.pointer
      fill { KeyEncoder.canonicalBits(Double(values[$0])) }
    case .float64(let buffer):
      let values = buffer.pointer
      fill { KeyEncoder.canonicalBits(values[$0]) }
    case .string(let values):
      let views = values.views.pointer
      var longest: UInt64 = 0
      for row in 0..<rowCount {
        let view = views[row]
        target[row &* stride] = view.low
        target[row &* stride &+ 1] = view.high
        longest = max(longest, view.low & 0xFFFF_FFFF)
      }
      if longest > StringView.inlineLimit {
        hasLongStrings = true
        for row in 0..<rowCount where !views[row].isInline && !column.isNull(at: row) {
          target[row &* stride &+ 1] = strings.intern(values, views[row])
        }
      }
    case .categorical(let categories):
      // An entry's words are made once, and looked up by its code.
      let (codes, views) = (categories.codes.pointer, categories.dictionary.strings.views.pointer)
      for row in 0..<rowCount where !column.isNull(at: row) {
        let code = Int(codes[row])
        let view = views[code]
        target[row &* stride] = view.low
        target[row &* stride &+ 1] = view.isInline ? view.high : strings.intern(categories.dictionary, code)
        if !view.isInline { hasLongStrings = true }
      }
    case let integers:
      // Whatever they mean, whole numbers are equal where their bits are.
      guard let fixed = integers.fixed else { preconditionFailure("\(column.type) is no key") }
      switch fixed.width {
      case 1: fillBits(of: fixed.buffer(of: UInt8.self))
      case 2: fillBits(of: fixed.buffer(of: UInt16.self))
      case 4: fillBits(of: fixed.buffer(of: UInt32.self))
      default: fillBits(of: fixed.buffer(of: UInt64.self))
      }
    }
    withExtendedLifetime(column) {}
  }

  /// Writes the bits of a key whose range is known.
  private func pack(
    _ column: Column, _ range: KeyRange, _ place: Place, _ rowCount: Int, into target: UnsafeMutablePointer<UInt64>
  ) {
    let (stride, shift, lowest) = (wordCount, place.shift, range.lowest)
    @inline(__always)
    func put(_ bits: (Int) -> UInt64) {
      if place.isShared {
        for row in 0..<rowCount { target[row &* stride] |= bits(row) &<< shift }
      } else {
        for row in 0..<rowCount { target[row &* stride] = bits(row) &<< shift }
      }
    }
    func putDifferences<Element: FixedWidthInteger & ColumnElement>(_ buffer: Buffer<Element>) {
      let values = buffer.pointer
      if column.nullCount == 0 {
        put { UInt64(truncatingIfNeeded: values[$0]) &- lowest }
      } else {
        put { column.isNull(at: $0) ? range.null : UInt64(truncatingIfNeeded: values[$0]) &- lowest }
      }
    }
    switch column.values {
    case .bool(let bits): put { column.isNull(at: $0) ? range.null : bits[$0] ? 1 : 0 }
    case .int8(let buffer): putDifferences(buffer)
    case .int16(let buffer): putDifferences(buffer)
    case .int32(let buffer): putDifferences(buffer)
    case .int64(let buffer): putDifferences(buffer)
    case .uint8(let buffer): putDifferences(buffer)
    case .uint16(let buffer): putDifferences(buffer)
    case .uint32(let buffer): putDifferences(buffer)
    case .uint64(let buffer): putDifferences(buffer)
    case .categorical(let categories): putDifferences(categories.codes)
    default: preconditionFailure("\(column.type) has no range")
    }
    withExtendedLifetime(column) {}
  }

  private static func canonicalBits(_ value: Double) -> UInt64 {
    value.isNaN ? Double.nan.bitPattern : value == 0 ? 0 : value.bitPattern
  }

  /// Writes nulls over what their slots happen to hold.
  private func markNulls(_ column: Column, _ key: Int, _ rowCount: Int, _ words: UnsafeMutablePointer<UInt64>) {
    guard let validity = column.validity else { return }
    let nullWord = KeyEncoder.nullWord(column.type)
    let keyWords = KeyEncoder.wordCount(column.type)
    for index in 0..<Bitmap.wordCount(rowCount) where validity.words.pointer[index] != ~0 {
      for row in index * 64..<min(index * 64 + 64, rowCount) where !validity[row] {
        let base = row * wordCount
        for word in 0..<keyWords { words[base + places[key].offset + word] = 0 }
        if let nullWord {
          words[base + places[key].offset] = nullWord
        } else if let nullOffset {
          words[base + nullOffset] |= 1 << UInt64(key)
        }
      }
    }
  }

  private func hash(_ rows: KeyRows) {
    let (words, hashes, count) = (rows.words, rows.hashes, rows.rowCount)
    if let directBits {
      // The upper bits choose the bucket.
      for row in 0..<count { hashes[row] = words[row] << UInt64(UInt64.bitWidth - directBits) }
      return
    }
    switch wordCount {
    case 1: for row in 0..<count { hashes[row] = KeyHash.hash(words + row, count: 1) }
    case 2: for row in 0..<count { hashes[row] = KeyHash.hash(words + 2 &* row, count: 2) }
    case 3: for row in 0..<count { hashes[row] = KeyHash.hash(words + 3 &* row, count: 3) }
    case 4: for row in 0..<count { hashes[row] = KeyHash.hash(words + 4 &* row, count: 4) }
    default: for row in 0..<count { hashes[row] = KeyHash.hash(words + wordCount &* row, count: wordCount) }
    }
  }

  /// The hashes of rows with long strings, from the text in place of the number that it has in this table.
  private func hashLongStrings(_ rows: KeyRows, _ strings: StringInterner) {
    for row in 0..<rows.rowCount {
      let words = rows.words + row * wordCount
      if stringOffsets.contains(where: { KeyEncoder.isLong(words[$0]) }) { rows.hashes[row] = hash(words, strings) }
    }
  }

  /// The hash of one row's words.
  func hash(_ words: UnsafePointer<UInt64>, _ strings: StringInterner) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { copy in
      guard let copy = copy.baseAddress else { return KeyHash.seed }
      copy.update(from: words, count: wordCount)
      for key in stringOffsets where KeyEncoder.isLong(words[key]) { copy[key + 1] = strings.hash(of: words[key + 1]) }
      return KeyHash.hash(copy, count: wordCount)
    }
  }

  /// Whether the first word of a string's key says that the second is a number.
  private static func isLong(_ word: UInt64) -> Bool {
    let length = word & 0xFFFF_FFFF
    return length > StringView.inlineLimit && length != 0xFFFF_FFFF
  }

  /// The key columns of `count` groups from their words. O(groups · keys).
  ///
  /// - Parameter stride: how many words lie between the keys of neighbours.
  func decode(
    _ words: UnsafePointer<UInt64>, stride: Int, count: Int, _ strings: StringInterner
  ) -> [Column] {
    var columns = places.map { KeyColumn($0.type, count: count, dictionary: $0.range?.dictionary) }
    // All keys of some groups, then of the next ones, so that memory is passed through once.
    for start in Swift.stride(from: 0, to: count, by: 1024) {
      let rows = start..<min(start + 1024, count)
      for key in columns.indices {
        decode(key, rows, words, stride, strings, &columns[key])
      }
    }
    return columns.map { $0.finish() }
  }

  private func decode(
    _ key: Int, _ rows: Range<Int>, _ words: UnsafePointer<UInt64>, _ stride: Int, _ strings: StringInterner,
    _ column: inout KeyColumn
  ) {
    let place = places[key]
    let first = words + place.offset
    let (shift, mask, base) = (place.shift, place.mask, place.base)
    if let range = place.range {
      if range.hasNulls {
        for row in rows where first[row &* stride] &>> shift & mask == range.null { column.setNull(row) }
      }
    } else if let nullWord = KeyEncoder.nullWord(place.type) {
      for row in rows where first[row &* stride] == nullWord { column.setNull(row) }
    } else if let nullOffset {
      for row in rows where words[row &* stride &+ nullOffset] >> UInt64(key) & 1 != 0 { column.setNull(row) }
    }
    @inline(__always)
    func value(_ row: Int) -> UInt64 { (first[row &* stride] &>> shift & mask) &+ base }
    switch column.values {
    case .none: break
    case .bits(let target):
      for row in rows where value(row) == 1 { target[row >> 6] |= 1 << UInt64(row & 63) }
    case .byte(let target): for row in rows { target[row] = UInt8(truncatingIfNeeded: value(row)) }
    case .short(let target): for row in rows { target[row] = UInt16(truncatingIfNeeded: value(row)) }
    case .half(let target): for row in rows { target[row] = UInt32(truncatingIfNeeded: value(row)) }
    case .codes(let target, let last):
      for row in rows { target[row] = UInt32(truncatingIfNeeded: min(value(row), last)) }
    case .word(let target): for row in rows { target[row] = value(row) }
    case .float32(let target): for row in rows { target[row] = Float(Double(bitPattern: first[row &* stride])) }
    case .views(let target):
      for row in rows {
        let view = StringView(low: first[row &* stride], high: first[row &* stride &+ 1])
        target[row] = view.isInline ? view : .empty
      }
      guard strings.count > 0 else { return }
      for row in rows where KeyEncoder.isLong(first[row &* stride]) {
        target[row] = strings.withBytes(first[row &* stride &+ 1]) { column.copy($0) }
      }
    }
  }

  /// Translates the words of a key of another table: its numbers of long strings become this table's.
  func translate(
    _ words: UnsafePointer<UInt64>, from other: StringInterner, to strings: StringInterner,
    into target: UnsafeMutablePointer<UInt64>
  ) {
    target.update(from: words, count: wordCount)
    for key in stringOffsets where KeyEncoder.isLong(words[key]) {
      other.withBytes(words[key + 1]) { target[key + 1] = strings.intern($0) }
    }
  }

  /// Translates the words of a key into those that an equal one has in another table, or returns false where there is none
  /// with the same long strings.
  func renumber(
    _ words: UnsafePointer<UInt64>, from other: StringInterner, to strings: StringInterner,
    into target: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    target.update(from: words, count: wordCount)
    for key in stringOffsets where KeyEncoder.isLong(words[key]) {
      guard let number = other.withBytes(words[key + 1], { strings.find($0) }) else { return false }
      target[key + 1] = number
    }
    return true
  }

  /// Whether words can be taken over from another table as they are.
  func needsTranslation(_ strings: StringInterner) -> Bool {
    !stringOffsets.isEmpty && strings.count > 0
  }

  /// Whether some key of a row is null.
  func hasNull(_ words: UnsafePointer<UInt64>) -> Bool {
    if let nullOffset, words[nullOffset] != 0 { return true }
    return places.contains { place in
      if let range = place.range {
        return range.hasNulls && words[place.offset] &>> place.shift & place.mask == range.null
      }
      if place.type == .null { return true }
      return KeyEncoder.nullWord(place.type).map { words[place.offset] == $0 } ?? false
    }
  }
}
