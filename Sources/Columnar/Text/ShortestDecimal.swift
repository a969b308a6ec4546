// The shortest decimal that reads back as the same double
//
// The method is Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles", 2020).
//
// A finite double v = c * 2^q stands for all reals that round to it: the interval from half way to its lower neighbour to
// half way to its upper one, both ends included when c is even.
//
//        v-              v               v+
//     ---+-------|-------+-------|-------+---
//              lower           upper              every decimal in between reads back as v
//
// Take the largest k for which the decimals d * 10^k lie closer together than the interval is wide. Then at least one of
// them is inside, so the shortest is among the nearest neighbours of v of this spacing and of ten times it. That makes
// four candidates:
//
//        10 s'                    s    v  s+1                        10 s' + 10      (times 10^k)
//     ---|------------------------|----+---|-------------------------------|---
//
// where s = floor(v / 10^k) and s' = floor(s / 10). A multiple of ten is one digit shorter, so it wins if it is inside.
// Of two that are inside, the nearer one wins, and of two equally near ones the even one.
//
// To compare them, lower, v and upper are needed as multiples of 10^k / 4, rounded "to odd": an inexact result has its
// lowest bit set. Such a number compares with whole numbers as the exact one does. 126 significant bits of 10^-k are
// enough for that, as the paper proves; we take 128 of them, rounded up.

/// A finite number as decimal digits times a power of ten.
package struct ShortestDecimal: Equatable, Sendable {
  /// The digits as an integer, without zeros at the end; 0 only for zero.
  package let digits: UInt64
  package let exponent: Int

  /// The shortest decimal that reads back as the magnitude of `value`, and of those the nearest. O(1).
  ///
  /// - Parameter value: a finite number; its sign is ignored.
  package init(_ value: Double, _ powers: inout PowersOfTen) {
    let fraction = value.significandBitPattern
    let biased = Int(value.exponentBitPattern)
    if biased == 0 && fraction == 0 {
      digits = 0
      exponent = 0
      return
    }
    let c = biased == 0 ? fraction : fraction | 1 << 52
    let q = max(biased, 1) - 1075
    let isOdd: UInt64 = c & 1
    // Below a power of two the neighbour is only half as far away.
    let isCloserBelow = fraction == 0 && biased > 1

    let k = (q &* 1_262_611 &- (isCloserBelow ? 524_031 : 0)) >> 22  // floor(log10 of the interval's width)
    let power = powers[-k]
    let shift = UInt64(q &+ ((-k &* 1_741_647) >> 19) &+ 1)  // floor(log2(10^-k)): 1 to 4
    let lower = ShortestDecimal.product(power, (4 * c - (isCloserBelow ? 1 : 2)) << shift) &+ isOdd
    let middle = ShortestDecimal.product(power, (4 * c) << shift)
    let upper = ShortestDecimal.product(power, (4 * c + 2) << shift) &- isOdd

    let s = middle / 4
    if s >= 10 {
      let tens = s / 10
      let isBelowInside = lower <= 40 * tens
      let isAboveInside = 40 * tens + 40 <= upper
      if isBelowInside != isAboveInside {
        (digits, exponent) = ShortestDecimal.trimmed(tens + (isAboveInside ? 1 : 0), k + 1)
        return
      }
    }
    let isBelowInside = lower <= 4 * s
    let isAboveInside = 4 * s + 4 <= upper
    let half = 4 * s + 2
    let isUp = isBelowInside != isAboveInside ? isAboveInside : middle > half || (middle == half && s & 1 == 1)
    (digits, exponent) = ShortestDecimal.trimmed(s + (isUp ? 1 : 0), k)
  }

  /// The top 64 bits of a product of 192, rounded to odd.
  private static func product(_ power: UInt128, _ factor: UInt64) -> UInt64 {
    let low = UInt64(truncatingIfNeeded: power).multipliedFullWidth(by: factor).high
    let high = UInt64(truncatingIfNeeded: power >> 64).multipliedFullWidth(by: factor)
    let (middle, carry) = high.low.addingReportingOverflow(low)
    return (high.high &+ (carry ? 1 : 0)) | (middle > 1 ? 1 : 0)
  }

  private static func trimmed(_ digits: UInt64, _ exponent: Int) -> (UInt64, Int) {
    var (digits, exponent) = (digits, exponent)
    while digits % 10_000 == 0 {
      digits /= 10_000
      exponent += 4
    }
    while digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    return (digits, exponent)
  }
}
