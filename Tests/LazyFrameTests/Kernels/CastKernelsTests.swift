import Columnar
import Testing

@testable import LazyFrame

@Suite("Casts")
struct CastKernelsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let from: DType
    let to: DType
    let values: [(Value, Value)]

    init(_ from: DType, _ to: DType, _ values: [(Value, Value)]) {
      (self.from, self.to, self.values) = (from, to, values)
    }

    var testDescription: String { "\(from) to \(to)" }
  }

  static let cases: [Case] = [
    Case(
      .int64, .int32,
      [
        (.int(7), .int(7)), (.int(2_147_483_647), .int(2_147_483_647)), (.int(2_147_483_648), .null),
        (.int(-2_147_483_648), .int(-2_147_483_648)), (.int(-2_147_483_649), .null), (.int(.min), .null),
      ]),
    Case(.int32, .int64, [(.int(-1), .int(-1)), (.int(2_147_483_647), .int(2_147_483_647))]),
    Case(
      .int64, .float64,
      [
        (.int(9_007_199_254_740_993), .double(9_007_199_254_740_992)), (.int(.max), .double(0x1p63)),
      ]),
    Case(.int64, .float32, [(.int(16_777_217), .double(16_777_216))]),
    Case(.int32, .float64, [(.int(-3), .double(-3))]),
    Case(
      .float64, .int64,
      [
        (.double(1.9), .int(1)), (.double(-1.9), .int(-1)), (.double(.nan), .null), (.double(.infinity), .null),
        (.double(0x1p63), .null), (.double(-0x1p63), .int(.min)),
        (.double(0x1.fffffffffffffp62), .int(9_223_372_036_854_774_784)),
        (.double(1e19), .null), (.double(-0.5), .int(0)),
      ]),
    Case(
      .float64, .int32,
      [
        (.double(2_147_483_647.9), .int(2_147_483_647)), (.double(2_147_483_648), .null),
        (.double(-2_147_483_648.9), .int(-2_147_483_648)), (.double(-2_147_483_649), .null), (.double(.nan), .null),
      ]),
    Case(
      .float64, .float32,
      [
        (.double(0.5), .double(0.5)), (.double(1e300), .null), (.double(.infinity), .double(.infinity)),
        (.double(0.1), .double(Double(Float(0.1)))),
      ]),
    Case(.float32, .float64, [(.double(0.25), .double(0.25))]),
    Case(.bool, .int64, [(.bool(true), .int(1)), (.bool(false), .int(0))]),
    Case(.bool, .int32, [(.bool(true), .int(1))]),
    Case(.bool, .float64, [(.bool(true), .double(1)), (.bool(false), .double(0))]),
    Case(.bool, .float32, [(.bool(true), .double(1))]),
    Case(.bool, .string, [(.bool(true), .string("true")), (.bool(false), .string("false"))]),
    Case(.int64, .bool, [(.int(0), .bool(false)), (.int(1), .bool(true)), (.int(-2), .bool(true))]),
    Case(.int32, .bool, [(.int(0), .bool(false)), (.int(5), .bool(true))]),
    Case(
      .float64, .bool,
      [(.double(0), .bool(false)), (.double(-0.0), .bool(false)), (.double(0.5), .bool(true)), (.double(.nan), .null)]),
    Case(
      .date, .datetime,
      [
        (.date(days: 1), .datetime(microseconds: 86_400_000_000)), (.date(days: .max), .null),
        (.date(days: .min), .null),
        (.date(days: 106_751_991), .datetime(microseconds: 9_223_372_022_400_000_000)),
      ]),
    Case(
      .datetime, .date,
      [
        (.datetime(microseconds: -1), .date(days: -1)), (.datetime(microseconds: 86_399_999_999), .date(days: 0)),
        (.datetime(microseconds: .min), .date(days: -106_751_992)),
      ]),
    Case(.date, .int64, [(.date(days: -5), .int(-5))]),
    Case(.date, .int32, [(.date(days: 5), .int(5))]),
    Case(.int32, .date, [(.int(5), .date(days: 5))]),
    Case(.int64, .date, [(.int(5), .date(days: 5)), (.int(3_000_000_000), .null)]),
    Case(.datetime, .int64, [(.datetime(microseconds: -7), .int(-7))]),
    Case(.int64, .datetime, [(.int(-7), .datetime(microseconds: -7))]),
    Case(
      .date, .string,
      [
        (.date(days: 0), .string("1970-01-01")), (.date(days: -719_162), .string("0001-01-01")),
        (.date(days: -719_529), .string("-0001-12-31")), (.date(days: 2_932_897), .string("10000-01-01")),
        (.date(days: 2_932_896), .string("9999-12-31")),
      ]),
    Case(
      .datetime, .string,
      [
        (.datetime(microseconds: 0), .string("1970-01-01 00:00:00")),
        (.datetime(microseconds: -1), .string("1969-12-31 23:59:59.999999")),
      ]),
    Case(.int64, .string, [(.int(.min), .string("-9223372036854775808")), (.int(0), .string("0"))]),
    Case(.int32, .string, [(.int(-12), .string("-12"))]),
    Case(
      .float64, .string,
      [
        (.double(0.1), .string("0.1")), (.double(.nan), .string("nan")), (.double(-.infinity), .string("-inf")),
        (.double(.leastNonzeroMagnitude), .string("5e-324")),
        (.double(1.7976931348623157e308), .string("1.7976931348623157e+308")),
      ]),
    Case(.float32, .string, [(.double(Double(Float(0.1))), .string("0.1"))]),
    Case(
      .string, .int64,
      [
        (.string("12"), .int(12)), (.string(" \t-3\n"), .int(-3)), (.string("1.5"), .null), (.string(""), .null),
        (.string("9223372036854775807"), .int(.max)), (.string("9223372036854775808"), .null), (.string("x"), .null),
        (.string("  "), .null), (.string("1 2"), .null), (.string("a long text that is no number"), .null),
        (.string("                    42"), .int(42)),
      ]),
    Case(.string, .int32, [(.string("2147483648"), .null), (.string("-2147483648"), .int(-2_147_483_648))]),
    Case(
      .string, .float64,
      [
        (.string("0.5"), .double(0.5)), (.string(" 1e3 "), .double(1000)), (.string("inf"), .double(.infinity)),
        (.string("nope"), .null), (.string("3.141592653589793115997963"), .double(3.141592653589793)),
      ]),
    Case(.string, .float32, [(.string("0.25"), .double(0.25)), (.string("1e50"), .null)]),
    Case(
      .string, .bool,
      [
        (.string("true"), .bool(true)), (.string(" FALSE "), .bool(false)), (.string("1"), .null),
        (.string("tRUE"), .null),
      ]),
    Case(
      .string, .date,
      [
        (.string("2020-02-29"), .date(days: 18_321)), (.string(" 1970-01-02 "), .date(days: 1)),
        (.string("2019-02-29"), .null), (.string("2020-01-01 10:00"), .null), (.string("01/02/2020"), .null),
      ]),
    Case(
      .string, .datetime,
      [
        (.string("1970-01-01 00:00:01"), .datetime(microseconds: 1_000_000)),
        (.string("1970-01-02"), .datetime(microseconds: 86_400_000_000)), (.string("1970-01-02T24:00"), .null),
      ]),
  ]

  @Test("keeps nulls and gives null where there is no equal value", arguments: cases)
  func casts(test: Case) {
    #expect(TypeRules.canCast(test.from, to: test.to))
    let column = Column.known(test.from, test.values.map(\.0) + [.null])
    let result = CastKernels.cast(column, to: test.to)
    #expect(result.type == test.to)
    #expect(result.all == test.values.map(\.1) + [.null])
    #expect(result.isWellFormed)
  }

  /// Every pair of types between which a cast exists.
  static let pairs = KernelSamples.types.flatMap { from in KernelSamples.types.map { (from, $0) } }.filter {
    TypeRules.canCast($0.0, to: $0.1)
  }

  @Test("is defined for every pair of types the resolver allows, at each length", arguments: pairs)
  func everyPair(from: DType, to: DType) {
    for count in KernelSamples.counts {
      for nulls in KernelSamples.Nulls.allCases {
        let column = KernelSamples.column(from, count: count, nulls)
        let result = CastKernels.cast(column, to: to)
        #expect(result.type == to)
        #expect(result.count == count)
        #expect(result.isWellFormed)
        #expect((0..<count).allSatisfy { !column.isNull(at: $0) || result.isNull(at: $0) })
        // What a row becomes does not depend on its neighbours.
        for row in [0, 62, 63, 64] where row < count {
          #expect(result[row] == CastKernels.cast(RowKernels.slice(column, row..<row + 1), to: to)[0])
        }
      }
    }
  }

  @Test("what is printed reads back as the same value", arguments: DType.all.filter { $0 != .null && $0 != .string })
  func roundTrip(type: DType) {
    let column = KernelSamples.column(type, count: 300, .some)
    #expect(CastKernels.cast(CastKernels.cast(column, to: .string), to: type).all == column.all)
  }

  @Test("the slot of a null may hold anything")
  func nullSlots() {
    let floats = Column([1, .nan, 1e300] as [Double]).masked(by: Bitmap([true, false, false]))
    #expect(CastKernels.cast(floats, to: .int64).printed == ["1", "null", "null"])
    #expect(CastKernels.cast(floats, to: .string).printed == ["1.0", "null", "null"])
    let texts = Column(["1", "x"]).masked(by: Bitmap([true, false]))
    #expect(CastKernels.cast(texts, to: .int64).printed == ["1", "null"])
  }
}
