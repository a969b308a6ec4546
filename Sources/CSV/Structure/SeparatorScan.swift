import CSVSIMD

/// Finds the delimiters and newlines outside quotes: the one place that decides what a record is.
struct SeparatorScan {
  private(set) var state = csv_scan_state()
  private let comment: UInt8?
  private let escape: UInt8?
  /// Whether the last byte was an escape, inside quotes.
  private var isEscaped = false

  /// - Parameter isInsideQuotes: whether the first byte lies inside a quoted field.
  init(_ dialect: Dialect, isInsideQuotes: Bool = false, startsRecord: Bool = true) {
    state.delimiter = dialect.delimiter
    state.quote = dialect.quote ?? 0
    state.in_quote = isInsideQuotes ? 1 : 0
    state.may_open = startsRecord ? 1 : 0
    comment = dialect.comment
    escape = dialect.escape
  }

  var isInsideQuotes: Bool { state.in_quote != 0 }
  var sawQuote: Bool { state.has_quote != 0 }
  var sawNonASCII: Bool { state.has_non_ascii != 0 }
  var sawNUL: Bool { state.has_nul != 0 }
  /// How many of the separators found are newlines.
  var newlineCount: Int { Int(state.newlines) }

  /// Writes the offsets of the separators in `data[0..<length]`, ascending, and returns how many. O(length).
  ///
  /// `offsets` needs room for `length + 64` entries, and 64 readable bytes must lie around the data.
  mutating func find(_ data: UnsafePointer<UInt8>, _ length: Int, _ offsets: UnsafeMutablePointer<UInt32>) -> Int {
    if let comment { return findWithComments(data, length, offsets, comment) }
    return findWithoutComments(data, length, offsets)
  }

  private mutating func findWithoutComments(
    _ data: UnsafePointer<UInt8>, _ length: Int, _ offsets: UnsafeMutablePointer<UInt32>
  ) -> Int {
    if let escape { return findWithEscapes(data, length, offsets, escape) }
    return csv_find_separators(data, length, &state, offsets)
  }

  /// The same byte by byte: the vector kernels know doubled quotes only.
  private mutating func findWithEscapes(
    _ data: UnsafePointer<UInt8>, _ length: Int, _ offsets: UnsafeMutablePointer<UInt32>, _ escape: UInt8
  ) -> Int {
    let newline = UInt8(ascii: "\n")
    var count = 0
    var next = state
    var isEscaped = isEscaped
    for at in 0..<length {
      let byte = data[at]
      if byte == 0 { next.has_nul = 1 }
      next.has_non_ascii |= byte >> 7
      if next.in_quote != 0 {
        if isEscaped {
          isEscaped = false
        } else if byte == escape {
          isEscaped = true
        } else if byte == next.quote {
          (next.in_quote, next.may_open) = (0, 1)
        }
      } else if byte == next.quote, next.may_open != 0 {
        (next.in_quote, next.has_quote) = (1, 1)
      } else if byte == next.delimiter || byte == newline {
        offsets[count] = UInt32(truncatingIfNeeded: at)
        count += 1
        if byte == newline { next.newlines += 1 }
        next.may_open = 1
      } else {
        next.may_open = 0
      }
    }
    state = next
    self.isEscaped = isEscaped
    return count
  }

  /// The same, one line at a time: a line that begins with the comment byte gives only its newline.
  private mutating func findWithComments(
    _ data: UnsafePointer<UInt8>, _ length: Int, _ offsets: UnsafeMutablePointer<UInt32>, _ comment: UInt8
  ) -> Int {
    let newline = UInt8(ascii: "\n")
    var count = 0
    var at = 0
    var startsRecord = state.may_open != 0 && state.in_quote == 0
    while at < length {
      var end = at
      while end < length, data[end] != newline { end += 1 }
      let hasNewline = end < length
      if startsRecord, data[at] == comment {
        if hasNewline {
          offsets[count] = UInt32(end)
          count += 1
          state.newlines += 1
          state.may_open = 1
        }
      } else {
        let lineEnd = hasNewline ? end + 1 : end
        let found = findWithoutComments(data + at, lineEnd - at, offsets + count)
        for index in count..<count + found { offsets[index] += UInt32(at) }
        count += found
      }
      startsRecord = hasNewline && state.in_quote == 0
      at = end + 1
    }
    return count
  }
}
