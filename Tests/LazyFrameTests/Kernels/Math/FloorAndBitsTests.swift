import Columnar
import Testing

@testable import LazyFrame

@Suite("Whole quotients, bits and significant digits") struct FloorAndBitsTests {
  private static func call(_ function: ScalarFunction, _ columns: Column..., type: DType = .int64) throws -> [String] {
    try function.definition.compute(columns, type).printed
  }

  @Test(
    "floor_div and floor_mod of integers",
    arguments: [
      (7, 2, "3", "1"), (-7, 2, "-4", "1"), (7, -2, "-4", "-1"), (-7, -2, "3", "-1"), (6, 3, "2", "0"),
      (-6, 3, "-2", "0"),
      (0, 5, "0", "0"), (5, 0, "null", "null"), (.min, 1, "\(Int64.min)", "0"), (.min, .max, "-2", "\(Int64.max - 1)"),
      (.max, .min, "-1", "-1"), (.min, 2, "\(Int64.min / 2)", "0"), (5, -1, "-5", "0"),
    ] as [(Int64, Int64, String, String)])
  func floors(dividend: Int64, divisor: Int64, quotient: String, remainder: String) throws {
    #expect(try Self.call("floor_div", Column([dividend]), Column([divisor])) == [quotient])
    #expect(try Self.call("floor_mod", Column([dividend]), Column([divisor])) == [remainder])
  }

  @Test("the one quotient that does not fit is an error, but not of a null")
  func floorOverflow() throws {
    let error = try #require(throws: LazyFrameError.self) {
      try Self.call("floor_div", Column([Int64.min]), Column([-1 as Int64]))
    }
    #expect(error.message == "floor_div(-9223372036854775808, -1) does not fit 64 bits")
    let null = Column([Int64.min]).masked(by: Bitmap([false]))
    #expect(try Self.call("floor_div", null, Column([-1 as Int64])) == ["null"])
    #expect(try Self.call("floor_mod", Column([Int64.min]), Column([-1 as Int64])) == ["0"])
  }

  @Test(
    "floor_div and floor_mod of floats are Python's",
    arguments: [
      (1.0, 0.1, 9, 0.09999999999999995), (-1, 0.1, -10, 5.551115123125783e-17), (7.5, -2, -4, -0.5),
      (0.0, -2, -0.0, -0.0),
      (-0.0, 3, -0.0, 0.0), (1, .infinity, 0, 1), (-1, .infinity, -1, .infinity), (.infinity, 2, .nan, .nan),
      (1, 0, .infinity, .nan),
      (.nan, 1, .nan, .nan), (1e300, 7, 1.4285714285714286e+299, 1.0),
    ] as [(Double, Double, Double, Double)])
  func floorsFloats(dividend: Double, divisor: Double, quotient: Double, remainder: Double) throws {
    #expect(
      try Self.call("floor_div", Column([dividend, nil]), Column([divisor, 1]), type: .float64)
        == [quotient.description, "null"])
    #expect(
      try Self.call("floor_mod", Column([dividend, nil]), Column([divisor, 1]), type: .float64)
        == [remainder.description, "null"])
  }

  @Test(
    "shifts of any number of bits",
    arguments: [
      (1, 0, 1, 1), (1, 62, 1 << 62, 0), (1, 63, .min, 0), (1, 64, 0, 0), (-1, 64, 0, -1), (-8, 1, -16, -4),
      (-8, -1, -4, -16),
      (5, .max, 0, 0), (-5, .max, 0, -1), (5, .min, 0, 0), (-5, .min, -1, 0),
    ] as [(Int64, Int64, Int64, Int64)])
  func shifts(value: Int64, count: Int64, left: Int64, right: Int64) throws {
    #expect(try Self.call("bitwise_left_shift", Column([value]), Column([count])) == ["\(left)"])
    #expect(try Self.call("bitwise_right_shift", Column([value]), Column([count])) == ["\(right)"])
  }

  @Test("significant digits of integers and of numbers near the ends")
  func significant() throws {
    func round(_ value: Double, _ digits: Int64) throws -> Double {
      try MathKernels.round(Column([value]), significantDigits: digits).float64s[0]
    }
    #expect(try round(1e300, 3) == 1e300)
    #expect(try round(1.2345e-300, 3) == 1.23e-300)
    #expect(try round(1.235e-300, 3) == 1.24e-300)
    #expect(try round(.leastNonzeroMagnitude, 1) == .leastNonzeroMagnitude)
    #expect(try round(9.995, 3) == 10)
    #expect(try round(-99.96, 3) == -100)
    #expect(try round(123.456, 400) == 123.456)
    #expect(try round(.greatestFiniteMagnitude, 2) == .infinity)
    let integers = Column([0, 15, 149, -151, 99_950, Int64.max, nil] as [Int64?])
    #expect(
      try MathKernels.round(integers, significantDigits: 1).printed.prefix(5) == ["0", "20", "100", "-200", "100000"])
    #expect(throws: LazyFrameError.self) {
      try MathKernels.round(
        Column([0, Int64.max] as [Int64]), significantDigits: 5)
    }
  }

  @Test("cube roots of cubes are whole")
  func cubeRoots() throws {
    for root in stride(from: -200.0, through: 200, by: 1) { #expect(MathKernels.cubeRoot(root * root * root) == root) }
    for value in [.infinity, -.infinity, 0, -0.0, .nan] as [Double] {
      #expect(MathKernels.cubeRoot(value).description == value.description)
    }
    #expect(MathKernels.cubeRoot(.greatestFiniteMagnitude) == 5.643803094122362e102)
    #expect(MathKernels.cubeRoot(1e-300) == 1e-100)
  }

  @Test("halves go to even digits")
  func halves() throws {
    let column = Column([0.5, 1.5, 2.5, -2.5, 2.675, 2.665, 0.125, .nan, .infinity, nil] as [Double?])
    #expect(
      try MathKernels.round(column, digits: 0, ties: .toEven).printed
        == ["0.0", "2.0", "2.0", "-2.0", "3.0", "3.0", "0.0", "nan", "inf", "null"])
    #expect(try MathKernels.round(column, digits: 2, ties: .toEven).printed[4...6] == ["2.68", "2.66", "0.12"])
    #expect(
      try MathKernels.round(Column([25, 35, -25, 26] as [Int64]), digits: -1, ties: .toEven).printed
        == ["20", "40", "-20", "30"])
  }
}
