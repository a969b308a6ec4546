import Columnar

extension KeyEncoder {
  /// Writes the words and the hash of each row. O(rows · keys), and O(bytes) of long strings.
  func encode(_ columns: [Column], rowCount: Int, into rows: KeyRows, _ strings: StringInterner) {
    rows.reset(rowCount: rowCount)
    let words = rows.words
    if let nullOffset {
      for row in 0..<rowCount { words[row &* wordCount &+ nullOffset] = 0 }
    }
    var hasLongStrings = false
    for (key, column) in columns.enumerated() {
      if places[key].form != nil {
        pack(column, places[key], rowCount, into: words + places[key].offset)
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

  /// Writes the bits of a key whose form is known.
  private func pack(_ column: Column, _ place: Place, _ rowCount: Int, into target: UnsafeMutablePointer<UInt64>) {
    let (stride, shift) = (wordCount, place.shift)
    @inline(__always)
    func put(_ bits: (Int) -> UInt64) {
      if place.isShared {
        for row in 0..<rowCount { target[row &* stride] |= bits(row) &<< shift }
      } else {
        for row in 0..<rowCount { target[row &* stride] = bits(row) &<< shift }
      }
    }
    func putDifferences<Element: FixedWidthInteger & ColumnElement>(_ buffer: Buffer<Element>) {
      let (values, lowest, null) = (buffer.pointer, place.base, place.form?.null ?? 0)
      if column.nullCount == 0 {
        put { UInt64(truncatingIfNeeded: values[$0]) &- lowest }
      } else {
        put { column.isNull(at: $0) ? null : UInt64(truncatingIfNeeded: values[$0]) &- lowest }
      }
    }
    switch column.values {
    case .bool(let bits):
      let null = place.form?.null ?? 0
      put { column.isNull(at: $0) ? null : bits[$0] ? 1 : 0 }
    case .int8(let buffer): putDifferences(buffer)
    case .int16(let buffer): putDifferences(buffer)
    case .int32(let buffer): putDifferences(buffer)
    case .int64(let buffer): putDifferences(buffer)
    case .uint8(let buffer): putDifferences(buffer)
    case .uint16(let buffer): putDifferences(buffer)
    case .uint32(let buffer): putDifferences(buffer)
    case .uint64(let buffer): putDifferences(buffer)
    case .categorical(let categories): putDifferences(categories.codes)
    case .string(let values):
      guard case .text(let form) = place.form else { preconditionFailure("a string has no range") }
      let (views, null) = (values.views.pointer, form.null)
      switch (form.digits, column.nullCount == 0) {
      case (nil, true): put { form.bytes(of: views[$0]) }
      case (nil, false): put { column.isNull(at: $0) ? null : form.bytes(of: views[$0]) }
      case (let digits?, true): put { form.number(of: views[$0], digits) }
      case (let digits?, false): put { column.isNull(at: $0) ? null : form.number(of: views[$0], digits) }
      }
    default: preconditionFailure("\(column.type) has no form")
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
    if strings.count == 0 { return KeyHash.hash(words, count: wordCount) }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { copy in
      guard let copy = copy.baseAddress else { return KeyHash.seed }
      copy.update(from: words, count: wordCount)
      for key in stringOffsets where KeyEncoder.isLong(words[key]) { copy[key + 1] = strings.hash(of: words[key + 1]) }
      return KeyHash.hash(copy, count: wordCount)
    }
  }

  /// Whether the first word of a string's key says that the second is a number.
  static func isLong(_ word: UInt64) -> Bool {
    let length = word & 0xFFFF_FFFF
    return length > StringView.inlineLimit && length != 0xFFFF_FFFF
  }
}
