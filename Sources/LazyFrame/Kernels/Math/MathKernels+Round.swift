import Columnar
import Glibc

// Rounding to decimals.
//
// 2.675 is stored as 2.67499999999999982, and still everybody expects 2.68 of it, because 2.675 is what was written and
// what is printed. So a number is rounded as the decimal it stands for: it goes up when it is not below the double that
// is nearest to the half-way point.
//
//            2.67            2.675             2.68
//     ────────┼────────────────┼────────────────┼────▶
//             n / p       (n + ½) / p      (n + 1) / p          p = 10^digits,  n = ⌊x · p⌋
//
// Up to 22 digits p is exact, and n + ½ is up to 2^52. Then (n + ½) / p, one correctly rounded division, is the double
// nearest to the half-way point, and the result the double nearest to the rounded decimal. The product x · p may be off by
// a rounding and n by one with it, but only next to a whole number, where both values of n lead to the same result.
// Where n is larger than 2^52 the digits lie beyond a double's precision, and the number stays as it is.

extension MathKernels {
  /// Where a number goes that lies half-way between two.
  enum Ties {
    case awayFromZero, toEven
  }

  /// The numbers rounded to so many decimals; of digits below zero to tens, hundreds …
  ///
  /// - Throws: when an integer rounded up does not fit 64 bits.
  static func round(_ column: Column, digits: Int64, ties: Ties = .awayFromZero) throws -> Column {
    if case .int64(let values) = column.values {
      if digits >= 0 { return column }
      return try roundIntegers(column, values, ties) { _ in
        -max(digits, -20)
      } call: {
        "round(\($0), \(digits))"
      }
    }
    if digits >= 0 {
      let power = power(digits)
      return map(column) { rounded($0, $0.magnitude * power, ties) { $0 / power } }
    }
    if digits < -308 { return map(column) { $0.isFinite ? $0 * 0 : $0 } }
    let power = power(-digits)
    return map(column) { rounded($0, $0.magnitude / power, ties) { $0 * power } }
  }

  /// The numbers rounded to so many digits, whatever their magnitude, halves away from zero.
  static func round(_ column: Column, significantDigits: Int64) throws -> Column {
    if case .int64(let values) = column.values {
      return try roundIntegers(column, values, .awayFromZero) { value in
        digitCount(value.magnitude) - significantDigits
      } call: {
        "round_sig_figs(\($0), \(significantDigits))"
      }
    }
    var powers = PowersOfTen()
    return map(column) { value in
      guard value.isFinite, value != 0 else { return value }
      // Next to a power of ten the logarithm may be off by one, but there both numbers of digits give the same.
      let digits = significantDigits - 1 - Int64(Glibc.log10(value.magnitude).rounded(.down))
      if digits > 22 || digits < -22 {
        return rounded(value, ShortestDecimal(value, &powers), to: significantDigits)
      }
      let power = power(digits < 0 ? -digits : digits)
      return digits < 0
        ? rounded(value, value.magnitude / power, .awayFromZero) { $0 * power }
        : rounded(value, value.magnitude * power, .awayFromZero) { $0 / power }
    }
  }

  /// Where no double is the power of ten exactly, the digits themselves are rounded.
  private static func rounded(_ value: Double, _ decimal: ShortestDecimal, to significantDigits: Int64) -> Double {
    let dropped = digitCount(decimal.digits) - significantDigits
    if dropped <= 0 { return value }
    let (below, rest) = decimal.digits.quotientAndRemainder(dividingBy: integerPowers[Int(dropped)])
    let isUp = rest >= integerPowers[Int(dropped)] - rest
    let magnitude = Double("\(below + (isUp ? 1 : 0))e\(Int64(decimal.exponent) + dropped)") ?? value.magnitude
    return Double(signOf: value, magnitudeOf: magnitude)
  }

  /// - Parameters:
  ///   - scaled: the number's magnitude in units of the last digit kept.
  ///   - unscale: so many of those units as a number.
  @inline(__always)
  private static func rounded(
    _ value: Double, _ scaled: Double, _ ties: Ties, _ unscale: (Double) -> Double
  ) -> Double {
    // Adding 2^52 leaves no room for a fraction: a rounding to whole numbers that is two plain additions.
    let whole = scaled + 0x1p52 - 0x1p52
    let below = whole > scaled ? whole - 1 : whole
    let half = unscale(below + 0.5)
    let isUp = value.magnitude > half || (value.magnitude == half && (ties == .awayFromZero || isOdd(below)))
    // False for NaN too.
    return scaled < 0x1p52 ? Double(signOf: value, magnitudeOf: unscale(isUp ? below + 1 : below)) : value
  }

  /// Whether a whole number below 2^52 is odd.
  @inline(__always)
  private static func isOdd(_ whole: Double) -> Bool { (whole * 0.5 + 0x1p52 - 0x1p52) * 2 != whole }

  /// Ten to a power that is not negative; infinite beyond 308, where no double has decimals left.
  private static func power(_ exponent: Int64) -> Double {
    exponent > 308 ? .infinity : powers[Int(exponent)]
  }

  private static let powers: [Double] = (0...308).map { Double("1e\($0)") ?? .infinity }

  private static let integerPowers: [UInt64] = (0...19).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  private static func digitCount(_ number: UInt64) -> Int64 {
    Int64(integerPowers.firstIndex { $0 > number } ?? 20)
  }

  /// - Parameters:
  ///   - dropped: how many digits of a value are rounded away.
  ///   - call: how the call that fails for a value is written.
  private static func roundIntegers(
    _ column: Column, _ values: Buffer<Int64>, _ ties: Ties, _ dropped: (Int64) -> Int64, call: (Value) -> String
  ) throws -> Column {
    try map(column, values) { value in
      let dropped = dropped(value)
      if dropped <= 0 { return value }
      // Half of 10^20 is larger than every integer.
      if dropped > 19 { return 0 }
      let power = integerPowers[Int(dropped)]
      let (below, rest) = value.magnitude.quotientAndRemainder(dividingBy: power)
      let other = power - rest
      let isUp = rest > other || (rest == other && (ties == .awayFromZero || below & 1 == 1))
      let (magnitude, overflow) = (below + (isUp ? 1 : 0)).multipliedReportingOverflow(by: power)
      if overflow { return nil }
      return value < 0 ? Int64(exactly: magnitude).map { -$0 } : Int64(exactly: magnitude)
    } refusing: {
      LazyFrameError(.overflow, "\(call($0)) does not fit 64 bits", hint: "compute with floats: cast(… as float64)")
    }
  }
}

extension Column {
  /// The same values with other nulls.
  func masked(by validity: Bitmap?) -> Column {
    Column(type: type, values: values, validity: validity)
  }
}
