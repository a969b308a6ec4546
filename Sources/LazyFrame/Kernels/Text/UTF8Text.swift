import Glibc

// UTF-8 as it lies in a column: well formed, so a code point is a byte and the continuation bytes behind it.

extension UnsafeRawBufferPointer {
  /// How many code points there are.
  var scalarCount: Int {
    var continuations = 0
    for byte in self { continuations += byte & 0xC0 == 0x80 ? 1 : 0 }
    return count - continuations
  }

  var isASCII: Bool {
    var all: UInt8 = 0
    for byte in self { all |= byte }
    return all < 0x80
  }

  /// The byte at which the code point begins that is `scalars` further than the one at `start`; at most the end.
  func offset(ofScalar scalars: Int, from start: Int) -> Int {
    var (at, rest) = (start, scalars)
    while rest > 0, at < count {
      at = self.scalarEnd(at)
      rest -= 1
    }
    return at
  }

  /// The end of the code point that begins at a byte.
  func scalarEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// The start of the code point that ends before a byte, which is not the first.
  func scalarStart(before end: Int) -> Int {
    var start = end - 1
    while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// The first code point and its length in bytes.
  var firstScalar: (Unicode.Scalar, length: Int)? {
    guard let first else { return nil }
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = scalarEnd(0)
    return String(decoding: self[..<length], as: UTF8.self).unicodeScalars.first.map { ($0, length) }
  }

  /// The last code point and its length in bytes.
  var lastScalar: (Unicode.Scalar, length: Int)? {
    guard let last else { return nil }
    if last < 0x80 { return (Unicode.Scalar(last), 1) }
    let start = scalarStart(before: count)
    return String(decoding: self[start...], as: UTF8.self).unicodeScalars.first.map { ($0, count - start) }
  }

  /// Where a text that is not empty first occurs from a byte on, or nil.
  func firstIndex(of text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = baseAddress, let textBase = text.baseAddress else { return nil }
    // The first byte's places are found by vector code, and few of them are more than that.
    let (head, last) = (Int32(textBase.load(as: UInt8.self)), count - text.count)
    var at = start
    while at <= last, let found = memchr(base + at, head, last - at + 1) {
      at = UnsafeRawPointer(found) - base
      if memcmp(base + at, textBase, text.count) == 0 { return at }
      at += 1
    }
    return nil
  }

  /// Whether the bytes from `start` on begin with `text`.
  func hasBytes(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    guard start >= 0, text.count <= count - start else { return false }
    guard let base = baseAddress, let textBase = text.baseAddress else { return text.isEmpty }
    return memcmp(base + start, textBase, text.count) == 0
  }
}
