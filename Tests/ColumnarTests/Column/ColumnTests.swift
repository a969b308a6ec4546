import Testing

@testable import Columnar

@Suite("Columns")
struct ColumnTests {
  @Test("give back values and nulls of every type")
  func values() throws {
    let cases: [(DType, [Value])] = [
      (.null, [.null, .null]),
      (.bool, [.bool(true), .null, .bool(false)]),
      (.int8, [.int(-128), .null, .int(127)]),
      (.int16, [.int(-32_768), .null, .int(32_767)]),
      (.int32, [.int(Int64(Int32.min)), .null, .int(7)]),
      (.int64, [.int(.min), .int(.max), .null]),
      (.uint8, [.int(0), .null, .int(255)]),
      (.uint16, [.int(0), .null, .int(65_535)]),
      (.uint32, [.int(0), .null, .int(4_294_967_295)]),
      (.uint64, [.int(.max), .null, .unsigned(.max), .unsigned(1 << 63)]),
      (.float32, [.double(0.5), .null, .double(-0.25)]),
      (.float64, [.double(.infinity), .null, .double(0.1)]),
      (.string, [.string(""), .null, .string("a string beyond its view")]),
      (.categorical, [.string("b"), .null, .string("a category beyond its view"), .string("b")]),
      (.date, [.date(days: -1), .null, .date(days: 20000)]),
      (.datetime, [.datetime(microseconds: -1), .null, .datetime(microseconds: .max)]),
      (.duration, [.duration(microseconds: .min), .null, .duration(microseconds: .max)]),
    ]
    let lists: [(DType, [Value])] = [
      (.list(.int64), [.list([.int(1), .null]), .null, .list([])]), (.list(.null), [.list([.null]), .null]),
      (.list(.list(.string)), [.list([.list([.string("a")]), .null, .list([])]), .null]),
      (.list(.categorical), [.list([.string("a"), .null, .string("a")])]), (.list(.uint64), []),
    ]
    #expect(cases.map(\.0) == DType.all)
    for (type, values) in cases + lists {
      let column = try #require(Column(type, values), "\(type)")
      #expect(column.type == type)
      #expect(column.count == values.count)
      #expect((0..<column.count).map { column[$0] } == values, "\(type)")
      #expect((0..<column.count).map { column.isNull(at: $0) } == values.map(\.isNull))
      #expect(column.nullCount == values.count { $0.isNull })
    }
  }

  @Test("have no validity bitmap when nothing is null")
  func noValidity() {
    #expect(Column([1, 2] as [Int64?]).validity == nil)
    #expect(Column([1, nil] as [Int64?]).validity != nil)
    #expect(Column([Double?]()).nullCount == 0)
    #expect(Column(["a", nil])[1] == .null)
    #expect(Column([true, nil])[0] == .bool(true))
  }

  @Test("know NaN as a number")
  func nan() {
    let column = Column([Double.nan, nil])
    #expect(column.nullCount == 1)
    #expect(column[0].number?.isNaN == true)
  }

  @Test(
    "are not made from values of another type",
    arguments: [
      (.int64, .double(1)), (.int32, .int(1 << 40)), (.string, .int(1)), (.date, .int(1)), (.bool, .int(1)),
      (.null, .int(1)), (.datetime, .date(days: 1)), (.float64, .string("1")),
    ] as [(DType, Value)])
  func otherTypes(type: DType, value: Value) {
    #expect(Column(type, [value]) == nil)
  }

  @Test(
    "print their values",
    arguments: [
      (.null, "null"), (.bool(true), "true"), (.int(-5), "-5"), (.double(0.5), "0.5"), (.string("a"), "a"),
      (.date(days: 0), "1970-01-01"), (.datetime(microseconds: 1_500_000), "1970-01-01 00:00:01.500000"),
    ] as [(Value, String)])
  func description(value: Value, expected: String) {
    #expect(value.description == expected)
  }

  @Test("have numbers for integers and doubles only")
  func numbers() {
    #expect(Value.int(3).number == 3)
    #expect(Value.double(0.5).number == 0.5)
    #expect(Value.string("3").number == nil)
    #expect(Value.date(days: 3).number == nil)
  }
}
