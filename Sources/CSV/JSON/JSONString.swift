/// What stands between the quotes of a JSON string.
enum JSONString {
  /// Half of a surrogate pair alone stands for nothing.
  struct LoneSurrogate: Error {}

  /// The text of a string with escapes, whose form was checked. O(bytes).
  ///
  /// - Throws: `LoneSurrogate`.
  static func unescaped(_ text: UnsafeRawBufferPointer) throws -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      if text[at] != UInt8(ascii: "\\") {
        result.append(text[at])
        at += 1
        continue
      }
      at += 2
      switch text[at - 1] {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"): result += String(Character(try scalar(text, &at))).utf8
      case let plain: result.append(plain)
      }
    }
    return result
  }

  /// The scalar whose first four digits begin at `at`, which moves behind its last.
  private static func scalar(_ text: UnsafeRawBufferPointer, _ at: inout Int) throws -> Unicode.Scalar {
    let high = unit(text, at)
    at += 4
    if let scalar = Unicode.Scalar(high) { return scalar }
    // A scalar beyond 16 bits is written as two surrogates.
    guard UTF16.isLeadSurrogate(high), at + 6 <= text.count, text[at] == UInt8(ascii: "\\"),
      text[at + 1] == UInt8(ascii: "u")
    else { throw LoneSurrogate() }
    let low = unit(text, at + 2)
    at += 6
    guard UTF16.isTrailSurrogate(low) else { throw LoneSurrogate() }
    return UTF16.decode(UTF16.EncodedScalar([high, low]))
  }

  private static func unit(_ text: UnsafeRawBufferPointer, _ at: Int) -> UInt16 {
    (0..<4).reduce(0) { $0 << 4 | UInt16(hexDigit(text[at + $1]) ?? 0) }
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
