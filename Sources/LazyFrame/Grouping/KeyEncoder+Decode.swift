import Columnar

extension KeyEncoder {
  /// The key columns of `count` groups from their words. O(groups · keys).
  ///
  /// - Parameter stride: how many words lie between the keys of neighbours.
  func decode(
    _ words: UnsafePointer<UInt64>, stride: Int, count: Int, _ strings: StringInterner
  ) -> [Column] {
    var columns = places.map { KeyColumn($0.type, count: count, dictionary: $0.form?.dictionary) }
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
    if let form = place.form {
      if form.hasNulls {
        let null = form.null
        for row in rows where first[row &* stride] &>> shift & mask == null { column.setNull(row) }
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
      if case .text(let form) = place.form {
        for row in rows { target[row] = form.view(of: first[row &* stride] &>> shift & mask) }
        return
      }
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
      if let form = place.form {
        return form.hasNulls && words[place.offset] &>> place.shift & place.mask == form.null
      }
      if place.type == .null { return true }
      return KeyEncoder.nullWord(place.type).map { words[place.offset] == $0 } ?? false
    }
  }
}
