import Columnar
import Testing

@testable import LazyFrame

@Suite("Lengths of time")
struct DurationKernelsTests {
  static let columns: [(String, Column)] = [
    ("d", Column.known(.date, [.date(days: 0), .date(days: -1), .null])),
    ("t", Column.known(.datetime, [.datetime(microseconds: 1_500_000), .datetime(microseconds: -1), .null])),
    ("x", Column([.seconds(90), .seconds(-1), nil] as [Duration?])),
    ("n", Column([2, -3, nil] as [Int64?])), ("f", Column([0.5, .nan, nil] as [Double?])),
    ("u8", Column([2, 3, nil] as [UInt8?])),
    ("big", Column.known(.duration, [.duration(microseconds: .max), .duration(microseconds: .min), .null])),
  ]

  @Test(
    "are what moments differ by, are added to them, and are scaled by numbers",
    arguments: [
      ("t - t", "duration", ["00:00:00", "00:00:00", "null"]),
      ("t - d", "duration", ["00:00:01.500000", "23:59:59.999999", "null"]),
      ("d - t", "duration", ["-00:00:01.500000", "-23:59:59.999999", "null"]), ("d - d", "int64", ["0", "0", "null"]),
      ("t + x", "datetime", ["1970-01-01 00:01:31.500000", "1969-12-31 23:59:58.999999", "null"]),
      ("x + t", "datetime", ["1970-01-01 00:01:31.500000", "1969-12-31 23:59:58.999999", "null"]),
      ("t - x", "datetime", ["1969-12-31 23:58:31.500000", "1970-01-01 00:00:00.999999", "null"]),
      ("d + x", "datetime", ["1970-01-01 00:01:30", "1969-12-30 23:59:59", "null"]),
      ("x + d", "datetime", ["1970-01-01 00:01:30", "1969-12-30 23:59:59", "null"]),
      ("d - duration '1d'", "datetime", ["1969-12-31 00:00:00", "1969-12-30 00:00:00", "null"]),
      ("x + x", "duration", ["00:03:00", "-00:00:02", "null"]),
      ("x - x * 2", "duration", ["-00:01:30", "00:00:01", "null"]),
      ("x * n", "duration", ["00:03:00", "00:00:03", "null"]), ("n * x", "duration", ["00:03:00", "00:00:03", "null"]),
      ("u8 * x", "duration", ["00:03:00", "-00:00:03", "null"]), ("x * f", "duration", ["00:00:45", "null", "null"]),
      ("f * x", "duration", ["00:00:45", "null", "null"]),
      ("x / n", "duration", ["00:00:45", "00:00:00.333333", "null"]),
      ("x / 0", "duration", ["null", "null", "null"]), ("x / 0.0", "duration", ["null", "null", "null"]),
      ("x / 3", "duration", ["00:00:30", "-00:00:00.333333", "null"]),
      ("x / -0.5", "duration", ["-00:03:00", "00:00:02", "null"]), ("x / x", "float64", ["1.0", "1.0", "null"]),
      ("x / duration '1m'", "float64", ["1.5", "-0.016666666666666666", "null"]),
      ("duration '3us' / 2", "duration", ["00:00:00.000002", "00:00:00.000002", "00:00:00.000002"]),
      ("duration '3us' / -2", "duration", ["-00:00:00.000002", "-00:00:00.000002", "-00:00:00.000002"]),
      ("duration '1us' * 2.5", "duration", ["00:00:00.000003", "00:00:00.000003", "00:00:00.000003"]),
      ("-x", "duration", ["-00:01:30", "00:00:01", "null"]), ("abs(x)", "duration", ["00:01:30", "00:00:01", "null"]),
      ("x + null", "duration", ["null", "null", "null"]), ("x * null", "duration", ["null", "null", "null"]),
      ("x > duration '1m'", "bool", ["true", "false", "null"]), ("x > '1m'", "bool", ["true", "false", "null"]),
      ("x in ('90s', interval '-1s')", "bool", ["true", "true", "null"]),
      ("x = big", "bool", ["false", "false", "null"]),
      ("coalesce(x, '1d')", "duration", ["00:01:30", "-00:00:01", "1d 00:00:00"]),
      ("cast(x as int64)", "int64", ["90000000", "-1000000", "null"]),
      ("cast(x as string)", "string", ["00:01:30", "-00:00:01", "null"]),
      ("cast(1.5 as duration)", "duration", ["00:00:00.000002", "00:00:00.000002", "00:00:00.000002"]),
      ("cast('1h 30m' as duration)", "duration", ["01:30:00", "01:30:00", "01:30:00"]),
      ("cast(' 1d ' as interval)", "duration", ["1d 00:00:00", "1d 00:00:00", "1d 00:00:00"]),
      ("cast('soon' as duration)", "duration", ["null", "null", "null"]),
    ])
  func computes(text: String, type: String, values: [String]) throws {
    let result = try computed(text, Self.columns)
    #expect(result.type.description == type, "\(text)")
    #expect(result.printed == values, "\(text)")
  }

  @Test(
    "never wrap",
    arguments: [
      ("big + x", "106751991d 04:00:54.775807 + 00:01:30 does not fit 64 bits"),
      ("-big", "00:00:00 - -106751991d 04:00:54.775808 does not fit 64 bits"),
      ("abs(big)", "abs(-106751991d 04:00:54.775808) does not fit 64 bits"),
      ("big * 2", "106751991d 04:00:54.775807 * 2 does not fit 64 bits of microseconds"),
      ("big * 1.5", "106751991d 04:00:54.775807 * 1.5 does not fit 64 bits of microseconds"),
      ("big / -1", "-106751991d 04:00:54.775808 / -1 does not fit 64 bits of microseconds"),
      ("big / -1.0", "-106751991d 04:00:54.775808 / -1.0 does not fit 64 bits of microseconds"),
      ("big / 0.1", "106751991d 04:00:54.775807 / 0.1 does not fit 64 bits of microseconds"),
      ("t + big", "1970-01-01 00:00:01.500000 + 106751991d 04:00:54.775807 does not fit 64 bits"),
      ("t * x", "'*' does not apply to datetime and duration"),
      ("t + t", "'+' does not apply to datetime and datetime"),
      ("1 / x", "'/' does not apply to int64 and duration"), ("x * x", "'*' does not apply to duration and duration"),
      ("x + 1", "'+' does not apply to duration and int64"), ("x % x", "'%' does not apply to duration and duration"),
      ("x > 'soon'", "'soon' is no duration"), ("x > 5", "'>' does not apply to duration and int64"),
      ("cast(x as date)", "duration cannot be cast to date"), ("round(x)", "round needs a number, and 'x' is duration"),
    ])
  func refuses(text: String, message: String) {
    #expect(failure(text, Self.columns) == message, "\(text)")
  }

  @Test("null slots never overflow")
  func nullSlots() throws {
    let big = Column.known(.duration, [.duration(microseconds: .max)]).masked(by: Bitmap([false]))
    for text in ["big + big", "big * 2", "big * 2.0", "big / 0.1", "-big", "abs(big)"] {
      #expect(try computed(text, [("big", big)]).printed == ["null"], "\(text)")
    }
  }

  @Test("are summed, averaged, ordered and grouped")
  func aggregates() throws {
    let rows = "k,x\na,1h\na,2h\na,4h\nb,-1us\nb,0s\nc,\n"
    var options = CSVOptions()
    options.types = ["x": .duration]
    let frame = try Fixtures.withFile(rows) { path in
      try LazyFrame.scanCSV(path, options: options).groupBy(col("k")).aggregate(
        try LazyFrame.Expression.parseList(
          """
          sum(x), mean(x), median(x), std(x), min(x), max(x), first(x), last(x), count_distinct(x),
          std(x) * 2 as twice, quantile(x, 0.25) + mean(x) as both
          """)
      ).compute()
    }
    #expect(frame.schema.fields.dropFirst().map(\.type.description).filter { $0 != "duration" } == ["int64"])
    #expect(
      frame.row(0).map(\.description) == [
        "a", "07:00:00", "02:20:00", "02:00:00", "01:31:39.090834", "01:00:00", "04:00:00", "01:00:00", "04:00:00", "3",
        "03:03:18.181668", "03:50:00",
      ])
    #expect(frame.row(1)[1...3].map(\.description) == ["-00:00:00.000001", "-00:00:00.000001", "-00:00:00.000001"])
    #expect(frame.row(2)[1...4].allSatisfy { $0.isNull })
    let counted = try Fixtures.withFile("x\n1h\n60m\n2h\n") { path in
      try LazyFrame.scanCSV(path, options: options).groupBy(col("x")).aggregate(count().as("n"))
        .sort(by: col("x"), descending: true).compute()
    }
    #expect(try counted.values("x", as: Duration.self) == [.seconds(7200), .seconds(3600)])
    #expect(try counted.values("n", as: Int.self) == [1, 2])
    #expect(throws: LazyFrameError.self) {
      try AggregateSignature.resolve(.variance, [.duration])
    }
  }

  @Test("go into expressions and rows as Swift's durations")
  func swift() throws {
    #expect(lit(.seconds(90)).description == "duration '00:01:30'")
    struct Row: Decodable, Equatable {
      let x: Duration?
      let t: CivilDatetime?
    }
    let schema = Schema(Self.columns.map { Field($0.0, $0.1.type) })
    let frame = DataFrame(RecordBatch(schema: schema, columns: Self.columns.map(\.1), rowCount: 3))
    #expect(try frame.decode(as: Row.self).map(\.x) == [.seconds(90), .seconds(-1), nil])
  }
}
