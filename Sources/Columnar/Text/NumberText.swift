/// Numbers written in text, one at a time: the forms that vector kernels leave out.
///
/// A number is `[+-]digits[.digits][e[+-]digits]`, with a digit before or behind the dot; besides there are `nan`,
/// `inf` and `infinity` in any case. Digits with a leading zero and nothing else, as in `007`, are no number: they are most
/// likely a code, and would lose their zeros.
package enum NumberText {
  /// The integer, or nil when the text is none or does not fit 64 bits. `-0` is none: as an integer it loses its sign.
  package static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
    var at = 0
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { at = 1 }
    guard at < text.count, text.count - at <= 19 else { return nil }
    if text[at] == UInt8(ascii: "0"), text.count - at > 1 || isNegative { return nil }
    var magnitude: UInt64 = 0
    while at < text.count {
      let digit = text[at] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      magnitude = magnitude * 10 + UInt64(digit)
      at += 1
    }
    if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int64(exactly: magnitude)
  }

  /// The integer without a sign, or nil when the text is none or does not fit 64 bits. A plus sign may stand before it.
  package static func unsigned(_ text: UnsafeRawBufferPointer) -> UInt64? {
    let digits = UnsafeRawBufferPointer(rebasing: text.dropFirst(text.first == UInt8(ascii: "+") ? 1 : 0))
    guard let first = digits.first, digits.count <= 20, first != UInt8(ascii: "0") || digits.count == 1 else {
      return nil
    }
    var number: UInt64 = 0
    for byte in digits {
      let digit = byte &- UInt8(ascii: "0")
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      guard digit <= 9, !overflow, !carry else { return nil }
      number = sum
    }
    return number
  }

  /// Whether the text is digits with an optional sign, of whatever length: an integer, or a code of digits.
  package static func isDigits(_ text: UnsafeRawBufferPointer) -> Bool {
    let hasSign = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
    let digits = text.dropFirst(hasSign ? 1 : 0)
    return !digits.isEmpty && digits.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
  }

  /// The double nearest to the number, ties to even, or nil when the text is no number.
  ///
  /// Up to 19 digits with small powers of ten are done exactly in integers; the rest, which is rare, by the
  /// standard library, which is exact too.
  package static func double(_ text: UnsafeRawBufferPointer) -> Double? {
    var scanner = DecimalScanner(text)
    guard scanner.scan() else { return special(text) }
    let magnitude = nearest(scanner) ?? byLibrary(text)
    return scanner.isNegative ? -magnitude : magnitude
  }

  private static func nearest(_ decimal: DecimalScanner) -> Double? {
    guard !decimal.isTruncated else { return nil }
    let digits = decimal.digits
    let exponent = decimal.exponent
    if digits == 0 { return 0 }
    if digits <= 1 << 53, abs(exponent) <= 22 {
      // Both operands are exact, so the one rounding is the right one (Clinger 1990).
      return exponent < 0 ? Double(digits) / powersOfTen[-exponent] : Double(digits) * powersOfTen[exponent]
    }
    if exponent <= 0, exponent >= -19 { return quotient(digits, integerPowersOfTen[-exponent]) }
    return nil
  }

  /// The double nearest to `dividend / divisor`.
  ///
  /// The dividend is shifted so that the quotient has 64 significant bits. That is eleven more than a double holds, so
  /// the remainder only matters as one sticky bit, and converting 64 bits to a double rounds once, to even.
  private static func quotient(_ dividend: UInt64, _ divisor: UInt64) -> Double {
    // dividend' has its top bit set and divisor' too, dividend' < divisor' * 2, so the quotient fits 64 bits when the
    // dividend is first halved.
    let dividendShift = dividend.leadingZeroBitCount
    let divisorShift = divisor.leadingZeroBitCount
    let high = (dividend << UInt64(dividendShift)) >> 1
    let low = (dividend << UInt64(dividendShift)) << 63
    let (bits, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth((high, low))
    let sticky: UInt64 = remainder == 0 ? 0 : 1
    // bits has 63 or 64 significant bits: bits * 2^(divisorShift - dividendShift - 63).
    return Double(sign: .plus, exponent: divisorShift - dividendShift - 63, significand: Double(bits | sticky))
  }

  /// The standard library's conversion, which rounds to nearest and knows no locale. The text is a number.
  private static func byLibrary(_ text: UnsafeRawBufferPointer) -> Double {
    Double(String(decoding: text, as: UTF8.self)).map(abs) ?? .nan
  }

  private static func special(_ text: UnsafeRawBufferPointer) -> Double? {
    guard text.count >= 3, text.count <= 9 else { return nil }
    switch String(decoding: text, as: UTF8.self).lowercased() {
    case "nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  private static let integerPowersOfTen: [UInt64] = (0...19).map { power in
    (0..<power).reduce(1) { value, _ in value * 10 }
  }
}

/// Splits a decimal number into an integer of up to 19 digits and a power of ten.
private struct DecimalScanner {
  private let text: UnsafeRawBufferPointer
  private(set) var isNegative = false
  private(set) var digits: UInt64 = 0
  private(set) var exponent = 0
  /// Whether digits were left out because they do not fit.
  private(set) var isTruncated = false

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// False when the text is no decimal number.
  mutating func scan() -> Bool {
    var at = 0
    isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { at = 1 }
    let wholeStart = at
    at = scanDigits(from: at, isFraction: false)
    let wholeCount = at - wholeStart
    var fractionCount = 0
    if at < text.count, text[at] == UInt8(ascii: ".") {
      let fractionStart = at + 1
      at = scanDigits(from: fractionStart, isFraction: true)
      fractionCount = at - fractionStart
    }
    guard wholeCount + fractionCount > 0 else { return false }
    if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      let hasSign = at < text.count && (text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+"))
      let isNegativeExponent = hasSign && text[at] == UInt8(ascii: "-")
      if hasSign { at += 1 }
      let start = at
      var power = 0
      while at < text.count, text[at] &- UInt8(ascii: "0") <= 9 {
        power = min(power * 10 + Int(text[at] &- UInt8(ascii: "0")), 100_000)
        at += 1
      }
      if at == start { return false }
      exponent += isNegativeExponent ? -power : power
    }
    let isCode = wholeStart + wholeCount == text.count && wholeCount > 1 && text[wholeStart] == UInt8(ascii: "0")
    return at == text.count && !isCode
  }

  private mutating func scanDigits(from start: Int, isFraction: Bool) -> Int {
    var at = start
    while at < text.count, text[at] &- UInt8(ascii: "0") <= 9 {
      let digit = UInt64(text[at] &- UInt8(ascii: "0"))
      if digits < 1_000_000_000_000_000_000 {
        digits = digits * 10 + digit
        if isFraction { exponent -= 1 }
      } else {
        isTruncated = true
      }
      at += 1
    }
    return at
  }
}
