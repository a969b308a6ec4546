// Digits written to memory that the caller has made room for: 20 bytes for an integer, 32 for a double.

extension TextBuffer {
  private static let digitPairs: StaticString = """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """

  private static let zero = UInt8(ascii: "0")

  /// Writes a number and returns how many digits it has.
  static func write(_ number: UInt64, at start: UnsafeMutablePointer<UInt8>) -> Int {
    let length = digitCount(number)
    let pairs = digitPairs.utf8Start
    var place = start + length
    var rest = number
    while rest >= 100_000_000 {
      let (quotient, chunk) = rest.quotientAndRemainder(dividingBy: 100_000_000)
      place -= 8
      writeEight(UInt32(truncatingIfNeeded: chunk), at: place, pairs)
      rest = quotient
    }
    var small = UInt32(truncatingIfNeeded: rest)
    while small >= 100 {
      let (quotient, pair) = small.quotientAndRemainder(dividingBy: 100)
      place -= 2
      place.update(from: pairs + 2 * Int(pair), count: 2)
      small = quotient
    }
    if small >= 10 {
      start.update(from: pairs + 2 * Int(small), count: 2)
    } else {
      start.pointee = zero + UInt8(truncatingIfNeeded: small)
    }
    return length
  }

  /// Writes the eight digits of a number below 10^8: halves first, so that the divisions do not wait for each other.
  private static func writeEight(_ number: UInt32, at start: UnsafeMutablePointer<UInt8>, _ pairs: UnsafePointer<UInt8>)
  {
    let (high, low) = number.quotientAndRemainder(dividingBy: 10_000)
    start.update(from: pairs + 2 * Int(high / 100), count: 2)
    (start + 2).update(from: pairs + 2 * Int(high % 100), count: 2)
    (start + 4).update(from: pairs + 2 * Int(low / 100), count: 2)
    (start + 6).update(from: pairs + 2 * Int(low % 100), count: 2)
  }

  /// Writes a decimal as Swift's `description` writes a double, and returns where it ends.
  static func write(
    _ decimal: ShortestDecimal, at start: UnsafeMutablePointer<UInt8>, isExponential isLarge: Bool
  ) -> UnsafeMutablePointer<UInt8> {
    // One byte ahead, where the digits behind the point will stay.
    let length = write(decimal.digits, at: start + 1)
    let wholeLength = length + decimal.exponent
    if isLarge || wholeLength < -3 {
      start.pointee = start[1]
      start[1] = UInt8(ascii: ".")
      return write(exponent: wholeLength - 1, at: start + (length > 1 ? length + 1 : 1))
    }
    if wholeLength <= 0 {
      let zeros = 2 - wholeLength
      (start + zeros).update(from: start + 1, count: length)
      start.update(repeating: zero, count: zeros)
      start[1] = UInt8(ascii: ".")
      return start + zeros + length
    }
    if wholeLength >= length {
      start.update(from: start + 1, count: length)
      (start + length).update(repeating: zero, count: wholeLength - length)
      return writePointZero(start + wholeLength)
    }
    start.update(from: start + 1, count: wholeLength)
    start[wholeLength] = UInt8(ascii: ".")
    return start + length + 1
  }

  /// Writes `.0` and returns where it ends.
  static func writePointZero(_ start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    start[0] = UInt8(ascii: ".")
    start[1] = zero
    return start + 2
  }

  /// Writes `e+16`, with at least two digits, and returns where it ends.
  private static func write(exponent: Int, at start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    start[0] = UInt8(ascii: "e")
    start[1] = exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
    start[2] = zero
    let isShort = exponent.magnitude < 10
    let digits = start + (isShort ? 3 : 2)
    return digits + write(UInt64(exponent.magnitude), at: digits)
  }

  static func digitCount(_ number: UInt64) -> Int {
    // 1233 / 4096 is a little more than log10(2).
    let guess = ((64 - (number | 1).leadingZeroBitCount) * 1233) >> 12
    return guess + (guess == 0 || number >= powerOfTen(guess) ? 1 : 0)
  }

  /// Ten to the power of 0...19.
  static func powerOfTen(_ exponent: Int) -> UInt64 {
    powersOfTen[exponent]
  }

  // Written out, so that the compiler lays it down as data and no access has to ask whether it is there yet.
  private static let powersOfTen: [UInt64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]
}
