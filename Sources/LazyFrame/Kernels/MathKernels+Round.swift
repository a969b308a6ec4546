import Columnar

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
  /// The numbers rounded to so many decimals, halves away from zero; of digits below zero to tens, hundreds …
  /// Null where the digits are.
  ///
  /// - Throws: when an integer rounded up does not fit 64 bits.
  static func round(_ column: Column, digits: Column?) throws -> Column {
    guard column.count > 0 else { return column }
    if let digits, digits.isNull(at: 0) { return Column(nullsOf: column.type, count: column.count) }
    let digits = digits?.int64s[0] ?? 0
    if case .int64(let values) = column.values { return try round(column, values, digits: digits) }
    if digits >= 0 {
      let power = powerOfTen(digits)
      return map(column) { rounded($0, $0.magnitude * power) { $0 / power } }
    }
    if digits < -308 { return map(column) { $0.isFinite ? $0 * 0 : $0 } }
    let power = powerOfTen(-digits)
    return map(column) { rounded($0, $0.magnitude / power) { $0 * power } }
  }

  /// - Parameters:
  ///   - scaled: the number's magnitude in units of the last digit kept.
  ///   - unscale: so many of those units as a number.
  @inline(__always)
  private static func rounded(_ value: Double, _ scaled: Double, _ unscale: (Double) -> Double) -> Double {
    // Adding 2^52 leaves no room for a fraction: a rounding to whole numbers that is two plain additions.
    let whole = scaled + 0x1p52 - 0x1p52
    let below = whole > scaled ? whole - 1 : whole
    let units = value.magnitude >= unscale(below + 0.5) ? below + 1 : below
    // False for NaN too.
    return scaled < 0x1p52 ? Double(signOf: value, magnitudeOf: unscale(units)) : value
  }

  /// Infinite beyond 308, where no double has decimals left.
  private static func powerOfTen(_ exponent: Int64) -> Double {
    exponent > 308 ? .infinity : Double("1e\(exponent)") ?? .infinity
  }

  private static func round(_ column: Column, _ values: Buffer<Int64>, digits: Int64) throws -> Column {
    if digits >= 0 { return column }
    // Half of 10^20 is larger than every integer.
    if digits < -19 { return Column(repeating: .int(0), type: .int64, count: column.count).masked(by: column.validity) }
    let power = (0 ..< -digits).reduce(UInt64(1)) { power, _ in power * 10 }
    return try map(column, values) { value in
      let (below, rest) = value.magnitude.quotientAndRemainder(dividingBy: power)
      let (magnitude, overflow) = (below + (rest >= power - rest ? 1 : 0)).multipliedReportingOverflow(by: power)
      if overflow { return nil }
      return value < 0 ? Int64(exactly: magnitude).map { -$0 } : Int64(exactly: magnitude)
    } refusing: {
      LazyFrameError(
        .overflow, "round(\($0), \(digits)) does not fit 64 bits", hint: "compute with floats: cast(… as float64)")
    }
  }
}

extension Column {
  /// The same values with other nulls.
  func masked(by validity: Bitmap?) -> Column {
    Column(type: type, values: values, validity: validity)
  }
}
