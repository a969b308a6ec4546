/// The first 128 significant bits of powers of ten, rounded up, each computed when it is first asked for.
///
/// A frame needs a handful of the 617 powers that there are for doubles, so a table of all would cost more to load than
/// it saves.
package struct PowersOfTen: Sendable {
  private static let lowest = -292
  private static let highest = 324

  /// Zero where not computed yet.
  private var values = [UInt128](repeating: 0, count: highest - lowest + 1)

  package init() {}

  /// The bits of 10^`exponent`, which must be in -292...324. The top bit is set. O(1), but O(exponent²) the first time.
  package subscript(exponent: Int) -> UInt128 {
    mutating get {
      let index = exponent - PowersOfTen.lowest
      if values[index] == 0 { values[index] = PowersOfTen.compute(exponent) }
      return values[index]
    }
  }

  /// Ten and five to the same power differ in their exponent of two alone, so this is done with fives, exactly.
  private static func compute(_ exponent: Int) -> UInt128 {
    exponent >= 0 ? leadingBits(ofFives: exponent) : leadingBits(ofFifths: -exponent)
  }

  private static func leadingBits(ofFives count: Int) -> UInt128 {
    // Lowest word first, and two zeros below, so that there are always 128 bits.
    var words: [UInt64] = [0, 0, 1]
    for _ in 0..<count {
      var carry: UInt64 = 0
      for index in words.indices {
        let product = words[index].multipliedFullWidth(by: 5)
        let (sum, overflow) = product.low.addingReportingOverflow(carry)
        words[index] = sum
        carry = product.high + (overflow ? 1 : 0)
      }
      if carry > 0 { words.append(carry) }
    }
    return leadingBits(words)
  }

  private static func leadingBits(ofFifths count: Int) -> UInt128 {
    // 2^n / 5^count, with n so large that the quotient has more than 128 bits. Dividing by five again and again gives
    // the same whole quotient as dividing once.
    var words = [UInt64](repeating: 0, count: 3 + (count * 7 + 191) / 192)
    words[words.count - 1] = 1
    for _ in 0..<count {
      var remainder: UInt64 = 0
      for index in words.indices.reversed() {
        (words[index], remainder) = UInt64(5).dividingFullWidth((remainder, words[index]))
      }
    }
    // The quotient is never exact, which a bit behind the last one says.
    return leadingBits([1] + words)
  }

  /// The top 128 bits of a number of at least three words, rounded up.
  private static func leadingBits(_ words: [UInt64]) -> UInt128 {
    var top = words.count - 1
    while words[top] == 0 { top -= 1 }
    let shift = UInt64(words[top].leadingZeroBitCount)
    let high = UInt128(words[top]) << 64 | UInt128(words[top - 1])
    let bits = shift == 0 ? high : high << UInt128(shift) | UInt128(words[top - 2] >> (64 - shift))
    let isExact = words[top - 2] << shift == 0 && words[..<(top - 2)].allSatisfy { $0 == 0 }
    return isExact ? bits : bits + 1
  }
}
