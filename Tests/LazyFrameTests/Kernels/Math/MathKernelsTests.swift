import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Functions of numbers")
struct MathKernelsTests {
  private static func round(_ value: Double, _ digits: Int64?) throws -> Double {
    try MathKernels.round(Column([value]), digits: digits ?? 0).float64s[0]
  }

  @Test(
    "rounds the decimal that a number is printed as, halves away from zero",
    arguments: [
      (2.675, 2, 2.68), (1.005, 2, 1.01), (-2.675, 2, -2.68), (0.5, 0, 1), (-0.5, 0, -1), (1.5, 0, 2), (2.5, 0, 3),
      (0.49999999999999994, 0, 0), (2.674999999, 2, 2.67), (1e300, 2, 1e300), (0.1 + 0.2, 1, 0.3), (8.5, 3, 8.5),
      (123.456, 1, 123.5), (123.456, -1, 120), (125, -1, 130), (-125, -1, -130), (150, -2, 200), (49, -2, 0),
      (.leastNonzeroMagnitude, 2, 0), (.leastNonzeroMagnitude, 400, .leastNonzeroMagnitude), (1.25, 1, 1.3),
      (6.949999999999999, 1, 6.9), (6.95, 1, 7),
      (0.285, 2, 0.29), (1.1, 17, 1.1),
      (2251799813685248.5, 0, 2251799813685249),
      (1e22, -22, 1e22), (123, -309, 0), (123, Int64.min, 0), (0.0, 400, 0), (3.3, Int64.max, 3.3),
    ] as [(Double, Int64, Double)])
  func rounds(value: Double, digits: Int64, expected: Double) throws {
    #expect(try MathKernelsTests.round(value, digits) == expected)
  }

  @Test("rounds random decimals as their digits say")
  func roundsDecimals() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<20_000 {
      // whole.fraction, of which the last digit is dropped by hand.
      let kept = Int64.random(in: 0...3, using: &random)
      let scale = [1, 10, 100, 1000][Int(kept)]
      let whole = Int.random(in: 0...9_999_999, using: &random)
      let last = Int.random(in: 0...9, using: &random)
      let value = Double(whole * 10 + last) / Double(scale * 10)
      let expected = Double(last >= 5 ? whole + 1 : whole) / Double(scale)
      let sign: Double = Bool.random(using: &random) ? 1 : -1
      #expect(try MathKernelsTests.round(sign * value, kept) == sign * expected, "\(value) to \(kept)")
    }
  }

  @Test(
    "keeps NaN, infinities and signed zeros when it rounds", arguments: [-400, -300, -1, 0, 2, 22, 30, 400] as [Int64])
  func roundsSpecial(digits: Int64) throws {
    let column = Column([.nan, .infinity, -.infinity, 0, -0.0, nil] as [Double?])
    let rounded = try MathKernels.round(column, digits: digits)
    #expect(rounded.printed == ["nan", "inf", "-inf", "0.0", "-0.0", "null"])
  }

  @Test("rounds without digits to whole numbers, and with null digits to null")
  func roundsDefault() throws {
    #expect(try MathKernelsTests.round(2.5, nil) == 3)
    let round = ScalarFunction("round").definition
    let digits = Column(nullsOf: .int64, count: 2)
    #expect(try round.compute([Column([1.5, 2.5]), digits], .float64).printed == ["null", "null"])
    #expect(try round.compute([Column([Double]()), Column([Int64]())], .float64).count == 0)
  }

  @Test(
    "rounds integers to tens and hundreds, and they stay integers",
    arguments: [
      (15, 3, 15), (15, 0, 15), (14, -1, 10), (15, -1, 20), (-15, -1, -20), (-14, -1, -10), (Int64.max, 0, Int64.max),
      (4_999_999_999_999_999_999, -19, 0), (Int64.max, -20, 0), (Int64.min, -20, 0), (Int64.min, Int64.min, 0),
    ] as [(Int64, Int64, Int64)])
  func roundsIntegers(value: Int64, digits: Int64, expected: Int64) throws {
    #expect(try MathKernels.round(Column([value]), digits: digits).all == [.int(expected)])
  }

  @Test("an integer that does not fit when rounded is an error, but not of a null")
  func roundingOverflow() throws {
    for value in [Int64.max, .min, 5_000_000_000_000_000_000] {
      for digits: Int64 in [-19, value == 5_000_000_000_000_000_000 ? -19 : -1] {
        #expect(throws: LazyFrameError.self) {
          try MathKernels.round(Column([value]), digits: digits)
        }
        let null = Column([value]).masked(by: Bitmap([false]))
        #expect(try MathKernels.round(null, digits: digits).printed == ["null"])
      }
    }
  }

  @Test("the smallest integer has no absolute value, but a null slot may hold it")
  func absOverflow() throws {
    let error = #expect(throws: LazyFrameError.self) { try MathKernels.abs(Column([1, .min] as [Int64])) }
    #expect(error?.code == .overflow)
    #expect(error?.message == "abs(-9223372036854775808) does not fit 64 bits")
    let null = Column([-1, .min] as [Int64]).masked(by: Bitmap([true, false]))
    #expect(try MathKernels.abs(null).printed == ["1", "null"])
  }

  @Test(
    "functions of floats",
    arguments: [
      ("abs", -1.5, 1.5), ("sign", -3, -1), ("sign", 0.1, 1), ("sign", -0.0, 0), ("floor", -1.5, -2), ("ceil", 1.2, 2),
      ("sqrt", 9, 3), ("sqrt", -1, .nan), ("exp", 0, 1), ("ln", 1, 0), ("ln", 0, -.infinity), ("ln", -1, .nan),
      ("log10", 1000, 3), ("log10", -1, .nan), ("abs", -.infinity, .infinity), ("sign", -.infinity, -1),
      ("exp", 1000, .infinity), ("floor", 1e300, 1e300),
    ] as [(ScalarFunction, Double, Double)])
  func floats(function: ScalarFunction, argument: Double, expected: Double) throws {
    let result = try function.definition.compute([Column([argument, .nan, nil])], .float64)
    #expect(result.printed == [expected.description, "nan", "null"])
  }

  @Test(
    "functions that keep integers integers",
    arguments: [
      ("abs", -5, 5), ("sign", -5, -1), ("sign", 0, 0), ("sign", .max, 1), ("floor", -5, -5), ("ceil", .min, .min),
    ] as [(ScalarFunction, Int64, Int64)])
  func integers(function: ScalarFunction, argument: Int64, expected: Int64) throws {
    let result = try function.definition.compute([Column([argument, nil])], .int64)
    #expect(result.type == .int64)
    #expect(result.all == [.int(expected), .null])
  }

  @Test("powers")
  func powers() throws {
    let base = Column([2, 2, 0, -8, .nan, nil, 1] as [Double?])
    let exponent = Column([10, -1, 0, 1 / 3, 1, 1, nil] as [Double?])
    let powers = try ScalarFunction("pow").definition.compute([base, exponent], .float64)
    #expect(powers.all.prefix(3) == [.double(1024), .double(0.5), .double(1)])
    #expect(powers.float64s[3].isNaN && powers.float64s[4].isNaN)
    #expect(powers.all.suffix(2) == [.null, .null])
  }
}
