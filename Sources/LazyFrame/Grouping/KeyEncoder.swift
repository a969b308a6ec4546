import Columnar

/// Turns the keys of rows into machine words: two rows have equal keys exactly when their words are equal.
///
/// So the table that finds groups compares and hashes words and knows no types. For the keys `symbol, year`:
///
///     word 0       word 1              word 2         word 3
///     nulls        symbol: length,     symbol: next   year
///     bit a key    first 4 bytes       8 bytes
///
/// A string of more than 12 bytes does not fit its view. It is interned: the second word is then a number that the table
/// gives to each different long string. Zero and minus zero are one key, and so are all NaNs.
struct KeyEncoder {
  /// The word of nulls has a bit for each key.
  static let keyLimit = 64

  private let types: [DType]
  /// Where each key's words begin, behind the word of nulls.
  private let offsets: [Int]
  /// How many words a row has.
  let wordCount: Int

  init(types: [DType]) {
    self.types = types
    var offsets: [Int] = []
    var next = 1
    for type in types {
      offsets.append(next)
      next += KeyEncoder.wordCount(type)
    }
    self.offsets = offsets
    wordCount = next
  }

  private static func wordCount(_ type: DType) -> Int {
    switch type.kind {
    case .null: 0
    case .string: 2
    case .bool, .int32, .int64, .float32, .float64, .date, .datetime: 1
    }
  }

  /// Writes `wordCount` words for each row. O(rows · keys), and O(bytes) of long strings.
  func encode(_ columns: [Column], rowCount: Int, into words: UnsafeMutablePointer<UInt64>, _ strings: StringInterner) {
    let stride = wordCount
    for row in 0..<rowCount { words[row &* stride] = 0 }
    for (key, column) in columns.enumerated() {
      encode(column, rowCount: rowCount, into: words + offsets[key], strings)
      markNulls(column, key, rowCount, words)
    }
  }

  private func encode(
    _ column: Column, rowCount: Int, into target: UnsafeMutablePointer<UInt64>, _ strings: StringInterner
  ) {
    let stride = wordCount
    func fill(_ word: (Int) -> UInt64) {
      for row in 0..<rowCount { target[row &* stride] = word(row) }
    }
    switch column.values {
    case .null: break
    case .bool(let bits): fill { bits[$0] ? 1 : 0 }
    case .int32(let buffer):
      let values = buffer.pointer
      fill { UInt64(UInt32(bitPattern: values[$0])) }
    case .int64(let buffer):
      let values = buffer.pointer
      fill { UInt64(bitPattern: values[$0]) }
    case .float32(let buffer):
      let values = buffer.pointer
      fill { KeyEncoder.canonicalBits(Double(values[$0])) }
    case .float64(let buffer):
      let values = buffer.pointer
      fill { KeyEncoder.canonicalBits(values[$0]) }
    case .string(let values):
      let views = values.views.pointer
      for row in 0..<rowCount {
        let view = views[row]
        target[row &* stride] = view.low
        target[row &* stride &+ 1] = view.isInline ? view.high : strings.intern(values, view)
      }
    }
  }

  private static func canonicalBits(_ value: Double) -> UInt64 {
    value.isNaN ? Double.nan.bitPattern : value == 0 ? 0 : value.bitPattern
  }

  /// Sets the key's bit in the word of nulls and clears its other words, which hold anything.
  private func markNulls(_ column: Column, _ key: Int, _ rowCount: Int, _ words: UnsafeMutablePointer<UInt64>) {
    guard let validity = column.validity else { return }
    let bit: UInt64 = 1 << UInt64(key)
    for index in 0..<Bitmap.wordCount(rowCount) where validity.words.pointer[index] != ~0 {
      for row in index * 64..<min(index * 64 + 64, rowCount) where !validity[row] {
        let base = row * wordCount
        words[base] |= bit
        for word in 0..<KeyEncoder.wordCount(column.type) { words[base + offsets[key] + word] = 0 }
      }
    }
  }

  /// The key columns of `count` groups from their words. O(groups · keys).
  func decode(_ words: UnsafePointer<UInt64>, count: Int, _ strings: StringInterner) -> [Column] {
    types.indices.map { key in
      let bit: UInt64 = 1 << UInt64(key)
      let hasNull = (0..<count).contains { words[$0 * wordCount] & bit != 0 }
      let validity = hasNull ? Bitmap((0..<count).map { words[$0 * wordCount] & bit == 0 }) : nil
      return decode(types[key], words + offsets[key], count, strings, validity)
    }
  }

  private func decode(
    _ type: DType, _ words: UnsafePointer<UInt64>, _ count: Int, _ strings: StringInterner, _ validity: Bitmap?
  ) -> Column {
    func buffer<Element>(_ element: (UInt64) -> Element) -> Buffer<Element> {
      let result = MutableBuffer<Element>(count: count)
      for group in 0..<count { result.pointer[group] = element(words[group * wordCount]) }
      return result.freeze()
    }
    switch type.kind {
    case .null: return Column(type: type, values: .null(count: count))
    case .bool:
      let bits = Bitmap((0..<count).map { words[$0 * wordCount] != 0 })
      return Column(type: type, values: .bool(bits), validity: validity)
    case .int32, .date:
      return Column(type: type, values: .int32(buffer { Int32(truncatingIfNeeded: $0) }), validity: validity)
    case .int64, .datetime:
      return Column(type: type, values: .int64(buffer { Int64(bitPattern: $0) }), validity: validity)
    case .float32:
      return Column(type: type, values: .float32(buffer { Float(Double(bitPattern: $0)) }), validity: validity)
    case .float64:
      return Column(type: type, values: .float64(buffer { Double(bitPattern: $0) }), validity: validity)
    case .string:
      var builder = StringBuilder(capacity: count)
      for group in 0..<count {
        let view = StringView(low: words[group * wordCount], high: words[group * wordCount + 1])
        if view.isInline {
          builder.append(view: view)
        } else {
          strings.withBytes(view.high) { builder.append($0) }
        }
      }
      return Column(type: type, values: .string(builder.freeze()), validity: validity)
    }
  }

  /// Translates the words of a group of another table: its numbers of long strings become this table's.
  func translate(
    _ words: UnsafePointer<UInt64>, from other: StringInterner, to strings: StringInterner,
    into target: UnsafeMutablePointer<UInt64>
  ) {
    target.update(from: words, count: wordCount)
    for (key, type) in types.enumerated() where type == .string {
      let view = StringView(low: words[offsets[key]], high: words[offsets[key] + 1])
      if !view.isInline {
        other.withBytes(view.high) { target[offsets[key] + 1] = strings.intern($0) }
      }
    }
  }

  /// Whether words can be taken over from another table as they are.
  func needsTranslation(_ strings: StringInterner) -> Bool {
    types.contains(.string) && strings.count > 0
  }
}
