import Columnar
import Testing

@testable import CSV

@Suite("Types of whole files")
struct WideningTests {
  /// Three megabytes, of which the samples see a sixth: 8 KB in every 47. The given values stand between the last two.
  private static func large(_ values: [String]) -> TemporaryFile {
    let row = "100000,12\n"
    return TemporaryFile(
      "id,x\n" + String(repeating: row, count: 300_000) + values.map { "1,\($0)\n" }.joined()
        + String(repeating: row, count: 2500))
  }

  @Test("widen when a value far behind the samples needs it, step by step, and the file is then read")
  func laterValues() throws {
    let file = Self.large(["0.5"])
    var options = CSVOptions()
    options.partitionSize = 900_000
    let scan = try CSVScan.open([file.path], options: options)
    #expect(scan.schema["x"]?.type == .int64)
    #expect(throws: ScanRevision.self) { try readColumns(scan) }
    do {
      try readColumns(scan)
    } catch ScanRevision.widen(let types) {
      #expect(types.mapValues(\.type) == [1: .float64])
      let revised = try #require(try scan.revised(after: ScanRevision.widen(types)))
      #expect(revised.schema["x"]?.type == .float64)
      #expect("\(revised.columns[1].evidence)".contains("widened"))
      try readColumns(revised)
    }
  }

  @Test(
    "end at the narrowest type that holds all values",
    arguments: [
      (["0.5"], .float64), (["NA"], .int64), (["0.5", "text"], .string), (["2020-01-01"], .string), (["007"], .string),
      (["99999999999999999999"], .string), (["-0"], .float64), (["\"5\""], .int64),
    ] as [([String], DType)])
  func ends(values: [String], expected: DType) throws {
    let file = Self.large(values)
    var scan = try CSVScan.open([file.path])
    #expect(scan.schema["x"]?.type == .int64)
    var revisions = 0
    while true {
      do {
        try readColumns(scan)
        break
      } catch {
        scan = try #require(try scan.revised(after: error))
        revisions += 1
        try #require(revisions < 4)
      }
    }
    #expect(scan.schema["x"]?.type == expected)
  }

  private func readColumns(_ scan: CSVScan) throws {
    for index in 0..<scan.partitionCount {
      let reader = try CSVPartitionReader(scan, partition: index)
      while try reader.nextBlock() { _ = try reader.column(1) }
    }
  }

  @Test("are sampled from many places: a kind of value that is found all over is seen at once")
  func manyPlaces() throws {
    var text = "a,b\n"
    for row in 0..<60_000 { text += row > 40_000 ? "0.5,2020-01-01 10:00\n" : "\(row),2020-01-01\n" }
    let file = TemporaryFile(text)
    let scan = try CSVScan.open([file.path])
    #expect(scan.schema.fields.map(\.type) == [.float64, .datetime])
    #expect("\(scan.columns[0].evidence)".contains("sampled"))
  }

  @Test("of small files are those of all values")
  func smallFiles() throws {
    let (type, values) = try Reading.column(["1", "", "2.5", " 3 ", "NA", "\"4\"", "-0"])
    #expect(type == .float64)
    #expect(values == [.double(1), .null, .double(2.5), .double(3), .null, .double(4), .double(-0.0)])
  }

  @Test("leave the null words alone in text, and tell a quoted empty string from null")
  func text() throws {
    let (type, values) = try Reading.column(["NA", "", "\"\"", "null", "MSFT", "\"NA\"", " ", "\"a \"\"b\"\"\""])
    #expect(type == .string)
    let expected: [Value] = [
      .string("NA"), .null, .string(""), .string("null"), .string("MSFT"), .string("NA"), .string(" "),
      .string("a \"b\""),
    ]
    #expect(values == expected)
  }

  @Test("take given null words for null in every column, also where they look like values")
  func givenNullWords() throws {
    var options = CSVOptions()
    options.nullValues = ["-999", "missing", "1900-01-01"]
    let numbers = try Reading.column(["1", "-999", "", "missing", "\"-999\"", " -999 ", "-998"], options: options)
    #expect(numbers.type == .int64)
    #expect(numbers.values == [.int(1), .null, .null, .null, .null, .null, .int(-998)])
    let decimals = try Reading.column(["0.5", "-999", "", "-999.0"], options: options)
    #expect(decimals.values == [.double(0.5), .null, .null, .double(-999)])
    let dates = try Reading.column(["2020-01-01", "1900-01-01"], options: options)
    #expect(dates.type == .date)
    #expect(dates.values == [.date(days: 18262), .null])
    let texts = try Reading.column(["a", "-999", "", "NA", "\"missing\"", "missing"], options: options)
    #expect(texts.values == [.string("a"), .null, .string(""), .string("NA"), .string("missing"), .null])
  }

  @Test(
    "read codes and huge integers as text, digit by digit",
    arguments: [["007", "123"], ["99999999999999999999", "1"], ["1", "-9223372036854775809"], ["00", "0.5"]])
  func codes(fields: [String]) throws {
    let (type, values) = try Reading.column(fields)
    #expect(type == .string)
    #expect(values == fields.map(Value.string))
  }

  @Test("read whole numbers among fractions as text where a double would change them, unless floats are asked for")
  func wholeNumbersAmongFractions() throws {
    let exact = try Reading.column(["0.5", "9007199254740992", "-9007199254740994", "9223372036854775808.0"])
    #expect(exact.type == .float64)
    #expect(exact.values[1...2] == [.double(9_007_199_254_740_992), .double(-9_007_199_254_740_994)])
    for number in ["9007199254740993", "-9007199254740993", "9223372036854775807"] {
      let inexact = try Reading.column(["0.5", number])
      #expect(inexact.type == .string)
      #expect(inexact.values == [.string("0.5"), .string(number)])
      var options = CSVOptions()
      options.types = ["x": .float64]
      #expect(try Reading.column(["0.5", number], options: options).values[1] == Double(number).map(Value.double))
    }
  }

  @Test("read every type")
  func everyType() throws {
    #expect(try Reading.column(["true", "", "FALSE"]).values == [.bool(true), .null, .bool(false)])
    #expect(try Reading.column(["9223372036854775807", "-1"]).values == [.int(.max), .int(-1)])
    #expect(try Reading.column(["1e3", "inf"]).values == [.double(1000), .double(.infinity)])
    #expect(try Reading.column(["1970-01-02", ""]).values == [.date(days: 1), .null])
    #expect(
      try Reading.column(["1970-01-02", "1970-01-01 00:00:01"]).values == [
        .datetime(microseconds: 86_400_000_000), .datetime(microseconds: 1_000_000),
      ])
    let nulls = try Reading.column(["", "NA", " "])
    #expect(nulls.type == .null)
    #expect(nulls.values == [.null, .null, .null])
  }

  @Test("that are given are taken, and narrower ones are kept")
  func givenTypes() throws {
    var options = CSVOptions()
    options.types = ["x": .int32]
    #expect(
      try Reading.column(["1", "", "-2147483648"], options: options).values == [.int(1), .null, .int(-2_147_483_648)])
    options.types = ["x": .float32]
    #expect(try Reading.column(["0.5", "NA", "3"], options: options).values == [.double(0.5), .null, .double(3)])
    options.types = ["x": .string]
    #expect(try Reading.column(["1", "", "NA"], options: options).values == [.string("1"), .null, .string("NA")])
    for (type, values) in [
      (.int8, [-128, 127]), (.int16, [-32_768, 32_767]), (.uint8, [0, 255]), (.uint16, [0, 65_535]),
      (.uint32, [0, 4_294_967_295]),
    ] as [(DType, [Int64])] {
      options.types = ["x": type]
      let column = try Reading.column(["\(values[0])", "", "\"\(values[1])\"", "NA"], options: options)
      #expect(column.type == type)
      #expect(column.values == [.int(values[0]), .null, .int(values[1]), .null])
    }
    options.types = ["x": .uint64]
    #expect(
      try Reading.column(["18446744073709551615", "+7", "0"], options: options).values == [
        .unsigned(.max), .int(7), .int(0),
      ])
    options.types = ["x": .duration]
    #expect(
      try Reading.column(["1d 00:00:01", "90m", "", "-1us"], options: options).values == [
        .duration(microseconds: 86_401_000_000), .duration(microseconds: 5_400_000_000), .null,
        .duration(microseconds: -1),
      ])
    options.types = ["x": .categorical]
    #expect(
      try Reading.column(["b", "", "a", "b", "\"\""], options: options).values == [
        .string("b"), .null, .string("a"), .string("b"), .string(""),
      ])
    options.types = ["x": .datetime]
    #expect(try Reading.column(["1970-01-01"], options: options).values == [.datetime(microseconds: 0)])
  }

  @Test(
    "that are given and do not fit name the value, its line and its column",
    arguments: [
      (.int64, "1.5"), (.int32, "2147483648"), (.bool, "yes"), (.date, "2020-02-30"), (.float64, "text"), (.null, "1"),
      (.datetime, "noon"), (.int8, "128"), (.int8, "-129"), (.int16, "32768"), (.uint8, "256"), (.uint8, "-1"),
      (.uint16, "65536"), (.uint32, "4294967296"), (.uint64, "18446744073709551616"), (.uint64, "-1"), (.uint8, "007"),
      (.int8, "1.0"), (.duration, "5"), (.duration, "1h -2m"), (.int64, "99999999999999999999"), (.float32, "é"),
    ] as [(DType, String)])
  func givenTypeErrors(type: DType, value: String) throws {
    let file = TemporaryFile("a,x\n1,\n\"2\n2\",NA\n3,\(value)\n")
    var options = CSVOptions()
    options.types = ["x": type]
    let scan = try CSVScan.open([file.path], options: options)
    let error = try #require(Reading.error { _ = try Reading.rows(scan) })
    #expect(error.code == .badValue)
    #expect(error.message == "'\(value)' is not of the given type \(type)")
    #expect(error.line == 5)
    #expect(error.column == "x")
    #expect(error.hint != nil)
    #expect(try scan.revised(after: error) == nil)
  }

  @Test("that are given are never lists, which a file does not have")
  func givenLists() throws {
    let file = TemporaryFile("a,x\n1,2\n")
    var options = CSVOptions()
    options.types = ["x": .list(.int64)]
    let error = try #require(Reading.error { _ = try CSVScan.open([file.path], options: options) })
    #expect(error.code == .badOption)
    #expect(error.message == "the type list(int64) is given for column 'x', and a CSV file has no lists")
  }

  @Test("that were not asked for are never chosen")
  func neverInferred() throws {
    for values in [["1", "2"], ["18446744073709551615"], ["1h 30m", "00:30:00"], ["a", "a", "a"]] {
      #expect([.int64, .string].contains(try Reading.column(values).type), "\(values)")
    }
  }
}
