import Columnar
import Testing

@testable import LazyFrame

@Suite("Integers of every width")
struct IntegerTypesTests {
  static let columns: [(String, Column)] = [
    ("i8", Column([-128, 127, nil] as [Int8?])), ("i16", Column([-32_768, 32_767, nil] as [Int16?])),
    ("i32", Column([.min, .max, nil] as [Int32?])), ("i64", Column([.min, .max, nil] as [Int64?])),
    ("u8", Column([0, 255, nil] as [UInt8?])), ("u16", Column([0, 65_535, nil] as [UInt16?])),
    ("u32", Column([0, .max, nil] as [UInt32?])), ("u64", Column([0, .max, nil] as [UInt64?])),
    ("f", Column([0.5, -1, nil] as [Double?])),
  ]

  @Test(
    "are computed in 64 bits, without wrapping at their own width",
    arguments: [
      ("i8 + i8", "int64", ["-256", "254", "null"]), ("i16 * i16", "int64", ["1073741824", "1073676289", "null"]),
      ("u8 - 1", "int64", ["-1", "254", "null"]), ("-u32", "int64", ["0", "-4294967295", "null"]),
      ("-i8", "int64", ["128", "-127", "null"]), ("abs(i8)", "int64", ["128", "127", "null"]),
      ("u16 + f", "float64", ["0.5", "65534.0", "null"]), ("i8 / 2", "float64", ["-64.0", "63.5", "null"]),
      ("u64 + u64 * 0", "", ["18446744073709551615 does not fit int64"]),
      ("u64 % cast(2 as uint64)", "uint64", ["0", "1", "null"]),
      ("abs(u64)", "uint64", ["0", "18446744073709551615", "null"]),
      ("floor(u64)", "uint64", ["0", "18446744073709551615", "null"]),
      ("u64 / 1", "float64", ["0.0", "1.8446744073709552e+19", "null"]),
      ("u64 + 1", "", ["18446744073709551615 does not fit int64"]),
      ("-u64", "", ["18446744073709551615 does not fit int64"]),
      ("sign(u64)", "", ["18446744073709551615 does not fit int64"]),
      ("u64 + u64", "", ["18446744073709551615 + 18446744073709551615 does not fit uint64"]),
      ("cast(0 as uint64) - u64", "", ["0 - 18446744073709551615 does not fit uint64"]),
      ("u64 * u64", "", ["18446744073709551615 * 18446744073709551615 does not fit uint64"]),
      ("i64 + i8", "", ["-9223372036854775808 + -128 does not fit 64 bits"]),
      ("coalesce(u64, 0)", "uint64", ["0", "18446744073709551615", "0"]),
      ("coalesce(u64, -1)", "", ["18446744073709551615 does not fit int64"]),
      ("coalesce(i8, 300)", "int64", ["-128", "127", "300"]),
      ("coalesce(u8, u16)", "int64", ["0", "255", "null"]),
    ])
  func arithmetic(text: String, type: String, values: [String]) throws {
    if type.isEmpty {
      #expect(failure(text, Self.columns) == values[0], "\(text)")
    } else {
      let result = try computed(text, Self.columns)
      #expect(result.type.description == type, "\(text)")
      #expect(result.printed == values, "\(text)")
    }
  }

  @Test("say how to go on when they overflow")
  func hint() throws {
    let error = #expect(throws: LazyFrameError.self) { try computed("u64 + 1", Self.columns) }
    #expect(error?.hint?.contains("as float64") == true)
    #expect(error?.code == .overflow)
  }

  /// Values at which comparisons go wrong when one side is converted to the other's type.
  static let signed: [Int64] = [.min, -1, 0, 1, (1 << 53) + 1, .max - 1, .max]
  static let unsigned: [UInt64] = [0, 1, (1 << 53) + 1, 1 << 63 - 1, 1 << 63, 1 << 63 + 1, .max]

  @Test("with and without a sign are compared exactly", arguments: ["=", "<>", "<", "<=", ">", ">="])
  func comparison(operation: String) throws {
    let pairs = Self.signed.flatMap { left in Self.unsigned.map { (left, $0) } }
    let columns = [("i", Column(pairs.map(\.0))), ("u", Column(pairs.map(\.1)))]
    let forward = try computed("i \(operation) u", columns)
    let backward = try computed("u \(operation) i", columns)
    for (row, (left, right)) in pairs.enumerated() {
      let (holds, holdsBack) =
        switch operation {
        case "=": (left == right, right == left)
        case "<>": (left != right, right != left)
        case "<": (left < right, right < left)
        case "<=": (left <= right, right <= left)
        case ">": (left > right, right > left)
        default: (left >= right, right >= left)
        }
      #expect(forward[row] == .bool(holds), "\(left) \(operation) \(right)")
      #expect(backward[row] == .bool(holdsBack), "\(right) \(operation) \(left)")
    }
  }

  @Test(
    "are found in lists of either kind",
    arguments: [
      ("u64 in (18446744073709551615, 3)", ["false", "true", "null"]), ("u64 in (-1, 0)", ["true", "false", "null"]),
      ("i64 in (u64, -9223372036854775808)", ["true", "false", "null"]),
      ("u8 in (255, 256)", ["false", "true", "null"]),
      ("u64 > -1", ["true", "true", "null"]), ("u64 = 0.0", ["true", "false", "null"]),
      ("nullif(u64, 0)", ["null", "18446744073709551615", "null"]),
      ("nullif(u64, -1)", ["0", "18446744073709551615", "null"]),
      ("u64 = u8", ["true", "false", "null"]), ("i8 < u64", ["true", "true", "null"]),
    ])
  func membership(text: String, values: [String]) throws {
    #expect(try computed(text, Self.columns).printed == values, "\(text)")
  }

  static let narrow: [DType] = [.int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64]

  @Test("hold exactly the numbers of their range", arguments: narrow)
  func range(type: DType) throws {
    let bits = Int(type.description.drop { !$0.isNumber }) ?? 0
    let isSigned = type.description.hasPrefix("i")
    let most = isSigned ? Int128(1) << (bits - 1) - 1 : Int128(1) << bits - 1
    let least = isSigned ? -(Int128(1) << (bits - 1)) : 0
    for (number, fits) in [(most, true), (most + 1, false), (least, true), (least - 1, false)] {
      let texts = Column(["\(number)"])
      let result = CastKernels.cast(texts, to: type)
      #expect(result.printed == [fits ? "\(number)" : "null"])
      let floats = Column([Double(number)] as [Double?])
      // A float next to the end of 64 bits is the end itself.
      if bits < 64 { #expect(CastKernels.cast(floats, to: type).printed == [fits ? "\(number)" : "null"]) }
      let value: Value? = Int64(exactly: number).map { .int($0) } ?? UInt64(exactly: number).map { .unsigned($0) }
      if let value { #expect((Column(type, [value]) != nil) == fits, "\(number) as \(type)") }
    }
    let large = Column([0x1p64, 0x1p63, -0x1p63, 0x1p64.nextDown] as [Double?])
    let expected: [String: [String]] = [
      "int64": ["null", "null", "-9223372036854775808", "null"],
      "uint64": ["null", "9223372036854775808", "null", "18446744073709549568"],
    ]
    if let expected = expected[type.description] { #expect(CastKernels.cast(large, to: type).printed == expected) }
  }

  @Test("are read as Swift values of any width that holds them")
  func swiftValues() throws {
    let columns = Self.columns
    let schema = Schema(columns.map { Field($0.0, $0.1.type) })
    let frame = DataFrame(RecordBatch(schema: schema, columns: columns.map(\.1), rowCount: 3))
    #expect(try frame.values("u64", as: UInt64.self) == [0, .max, nil])
    #expect(try frame.values("u8", as: Int16.self) == [0, 255, nil])
    #expect(try frame.values("i8", as: Int8.self) == [-128, 127, nil])
    #expect(throws: LazyFrameError.self) { try frame.values("u8", as: Int8.self) }
    #expect(throws: LazyFrameError.self) { try frame.values("u64", as: Int64.self) }
    struct Row: Decodable, Equatable {
      let u64: UInt64?
      let i8: Int8?
      let u16: UInt?
    }
    #expect(try frame.decode(as: Row.self)[1] == Row(u64: .max, i8: 127, u16: 65_535))
  }

  @Test("are aggregated exactly")
  func sums() throws {
    let rows = "k,b,u\n1,255,18446744073709551615\n1,255,0\n2,7,18446744073709551614\n2,,1\n"
    var options = CSVOptions()
    options.types = ["b": .uint8, "u": .uint64]
    let frame = try Fixtures.withFile(rows) { path in
      try LazyFrame.scanCSV(path, options: options).groupBy(col("k")).aggregate(
        try LazyFrame.Expression.parseList("sum(b), sum(u), mean(b), min(u), max(u), count_distinct(u), first(b)")
      ).compute()
    }
    #expect(
      frame.schema.fields.map(\.type) == [.int64, .int64, .uint64, .float64, .uint64, .uint64, .int64, .uint8])
    #expect(
      frame.row(0).map(\.description) == [
        "1", "510", "18446744073709551615", "255.0", "0", "18446744073709551615", "2", "255",
      ])
    #expect(
      frame.row(1).map(\.description) == [
        "2", "7", "18446744073709551615", "7.0", "1", "18446744073709551614", "2", "7",
      ])
    let error = #expect(throws: LazyFrameError.self) {
      try Fixtures.withFile(rows) { path in
        _ = try LazyFrame.scanCSV(path, options: options).groupBy([]).aggregate(col("u").sum()).compute()
      }
    }
    #expect(error?.message == "a sum, 36893488147419103230, does not fit uint64")
  }
}

@Suite("Strict casts")
struct StrictCastTests {
  @Test(
    "fail with the value and the type",
    arguments: [
      ("strict_cast(a as int8)", "300 does not fit int8"), ("strict_cast(t as int64)", "'x' is no int64"),
      ("strict_cast(t as date)", "'1' is no date"),
      ("Strict_Cast(a as uint8) + 1", "300 does not fit uint8"),
    ])
  func refused(text: String, message: String) {
    let columns = [("a", Column([7, nil, 300] as [Int64?])), ("t", Column(["1", nil, "x"]))]
    #expect(failure(text, columns) == message)
    #expect(failure(text, columns.map { ($0.0, RowKernels.slice($0.1, 0..<2)) }) == nil || text.contains("date"))
  }

  @Test("give what lenient ones give where every value has an equal, and keep nulls")
  func accepted() throws {
    let columns = [("a", Column([7, nil] as [Int64?]))]
    #expect(try computed("strict_cast(a as int8)", columns).printed == ["7", "null"])
    #expect(try computed("strict_cast(a as int64)", columns).printed == ["7", "null"])
    #expect(col("a").cast(to: .int8, strict: true).description == "strict_cast(a as int8)")
    #expect(
      try LazyFrame.Expression.parse("strict_cast(a as tinyint)").unlocated == col("a").cast(to: .int8, strict: true))
  }

  @Test("are only words where they are called, so that columns can have the name")
  func name() throws {
    #expect(try computed("strict_cast + 1", [("strict_cast", Column([1] as [Int64?]))]).printed == ["2"])
  }
}
