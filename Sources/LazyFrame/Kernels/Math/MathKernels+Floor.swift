import Columnar
import Glibc

// Division that rounds down, and the remainder that belongs to it: x = floorDivide(x, y) · y + floorModulo(x, y), and the
// remainder has the divisor's sign. Of floats both are Python's: the remainder is exact, and the quotient is what is
// left, which may be one less than ⌊x / y⌋ where the division rounds up to a whole number.

extension MathKernels {
  /// The quotients rounded down. Of integers null where the divisor is 0; of floats then an infinity or NaN.
  ///
  /// - Throws: for the smallest integer divided by -1.
  static func floorDivide(_ left: Column, _ right: Column) throws -> Column {
    guard case .int64(let dividends) = left.values else { return map(left, right, floorDivide) }
    let divisors = right.int64s
    let validity = Bitmap.both(Bitmap.both(left.validity, right.validity), nonZero(divisors))
    let result = MutableBuffer<Int64>(count: dividends.count)
    for index in 0..<dividends.count {
      let (dividend, divisor) = (dividends.pointer[index], divisors.pointer[index])
      if divisor == -1 {
        if dividend == .min, validity?[index] ?? true {
          throw LazyFrameError(
            .overflow, "floor_div(\(dividend), -1) does not fit 64 bits",
            hint: "compute with floats: cast(… as float64)")
        }
        result.pointer[index] = 0 &- dividend
      } else {
        result.pointer[index] = divisor == 0 ? 0 : parts(dividend, divisor).quotient
      }
    }
    return Column(type: .int64, values: .int64(result.freeze()), validity: validity)
  }

  /// The remainders with the sign of the divisor. Of integers null where the divisor is 0; of floats then NaN.
  static func floorModulo(_ left: Column, _ right: Column) -> Column {
    guard case .int64 = left.values else { return map(left, right, floorModulo) }
    let result = integers(left, right) { $1 == 0 || $1 == -1 ? 0 : parts($0, $1).remainder }
    return result.masked(by: Bitmap.both(result.validity, nonZero(right.int64s)))
  }

  private static func parts(_ dividend: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let isBelow = remainder != 0 && (remainder < 0) != (divisor < 0)
    return isBelow ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func nonZero(_ values: Buffer<Int64>) -> Bitmap? {
    Bitmap.filled(values.count) { values.pointer[$0] != 0 }.unlessAllSet
  }

  private static func floorModulo(_ dividend: Double, _ divisor: Double) -> Double {
    let remainder = fmod(dividend, divisor)
    if remainder == 0 { return Double(signOf: divisor, magnitudeOf: 0) }
    return (remainder < 0) != (divisor < 0) ? remainder + divisor : remainder
  }

  private static func floorDivide(_ dividend: Double, _ divisor: Double) -> Double {
    if divisor == 0 { return dividend / divisor }
    let remainder = fmod(dividend, divisor)
    var quotient = (dividend - remainder) / divisor
    if remainder != 0, (remainder < 0) != (divisor < 0) { quotient -= 1 }
    if quotient == 0 { return Double(signOf: dividend / divisor, magnitudeOf: 0) }
    // Whole but for a rounding.
    let whole = quotient.rounded(.down)
    return quotient - whole > 0.5 ? whole + 1 : whole
  }
}
