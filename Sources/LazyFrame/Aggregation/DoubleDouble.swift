/// A float of about twice the precision: the sum of two, of which the second is what the first lost by rounding.
///
/// Sums, differences and products of two floats are exact; what is computed with more has an error of some 2^-104 of the result
/// (Dekker 1971, Knuth's TwoSum). So a result that is rounded once at the end hardly ever depends on the order of the
/// operations, and so not on how rows are divided into partitions.
struct DoubleDouble: BitwiseCopyable {
  var high: Double
  var low: Double

  init(_ value: Double) { (high, low) = (value, 0) }

  private init(_ high: Double, _ low: Double) { (self.high, self.low) = (high, low) }

  /// Both as one float. Infinities and NaN leave no `low` that means anything.
  var rounded: Double { low.isFinite && low != 0 ? high + low : high }

  /// The sum of two floats, exactly.
  @inline(__always)
  static func sum(_ left: Double, _ right: Double) -> DoubleDouble {
    let sum = left + right
    let part = sum - left
    return DoubleDouble(sum, (left - (sum - part)) + (right - part))
  }

  /// The sum of two floats of which the first is not smaller than the second, exactly.
  @inline(__always)
  private static func normalized(_ large: Double, _ small: Double) -> DoubleDouble {
    let sum = large + small
    return DoubleDouble(sum, small - (sum - large))
  }

  /// The product of two floats, exactly, unless what is lost is too small for a float.
  static func product(_ left: Double, _ right: Double) -> DoubleDouble {
    let product = left * right
    let lost = (-product).addingProduct(left, right)
    return DoubleDouble(product, lost.isFinite ? lost : 0)
  }

  /// The same for loops: the processor's instruction is not everywhere, and else a call. Each factor is cut into halves of 26
  /// bits, whose products are exact (Veltkamp 1968). Of factors beyond 1e300 the lost part is NaN.
  @inline(__always)
  static func splitProduct(_ left: Double, _ right: Double) -> DoubleDouble {
    let (leftHigh, leftLow) = halves(left)
    let (rightHigh, rightLow) = halves(right)
    let product = left * right
    let lost = ((leftHigh * rightHigh - product) + leftHigh * rightLow + leftLow * rightHigh) + leftLow * rightLow
    return DoubleDouble(product, lost)
  }

  @inline(__always)
  private static func halves(_ value: Double) -> (high: Double, low: Double) {
    let scaled = value * 134_217_729  // 2^27 + 1
    let high = scaled - (scaled - value)
    return (high, value - high)
  }

  @inline(__always)
  static func + (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let (high, low) = (sum(left.high, right.high), sum(left.low, right.low))
    let joined = normalized(high.high, high.low + low.high)
    return normalized(joined.high, joined.low + low.low)
  }

  @inline(__always)
  static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    left + DoubleDouble(-right.high, -right.low)
  }

  @inline(__always)
  static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let high = product(left.high, right.high)
    return normalized(high.high, high.low + (left.high * right.low + left.low * right.high))
  }

  @inline(__always)
  static func * (left: DoubleDouble, right: Double) -> DoubleDouble {
    let high = product(left.high, right)
    return normalized(high.high, high.low + left.low * right)
  }

  static func / (left: DoubleDouble, right: Double) -> DoubleDouble {
    let quotient = left.high / right
    let rest = left - product(quotient, right)
    return normalized(quotient, rest.high / right)
  }
}

/// A sum of floats that remembers what rounding lost (Neumaier's form of Kahan's summation).
///
///     high' = high + x        lost' = lost + what that addition lost
///
/// The result is as if computed in about twice the precision and rounded once. Infinities and NaN make the lost part NaN; then
/// the plain sum is the answer.
struct CompensatedSum: BitwiseCopyable {
  var high = 0.0
  var lost = 0.0

  /// - Parameter error: what the value itself lost before.
  @inline(__always)
  mutating func add(_ value: Double, error: Double = 0) {
    let total = DoubleDouble.sum(high, value)
    lost += total.low + error
    high = total.high
  }

  @inline(__always)
  mutating func add(_ value: DoubleDouble) { add(value.high, error: value.low) }

  @inline(__always)
  mutating func add(_ other: CompensatedSum) { add(other.high, error: other.lost) }

  /// The sum, rounded once.
  var total: Double {
    let total = high + lost
    return lost.isFinite ? total : high
  }

  var exact: DoubleDouble { DoubleDouble.sum(high, lost.isFinite ? lost : 0) }
}
