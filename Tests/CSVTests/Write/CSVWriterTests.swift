import Columnar
import Testing

@testable import CSV

@Suite("Writing CSV")
struct CSVWriterTests {
  private func text(_ batch: RecordBatch, _ writer: CSVWriter = CSVWriter()) -> String {
    var bytes: [UInt8] = []
    writer.write(batch) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func batch(_ columns: [(String, Column)]) -> RecordBatch {
    RecordBatch(
      schema: Schema(columns.map { Field($0.0, $0.1.type) }), columns: columns.map(\.1),
      rowCount: columns.first?.1.count ?? 0)
  }

  @Test("writes each type so that it reads back as the same")
  func types() throws {
    let date = try #require(Column(.date, [.date(days: 18_292), .null]))
    let datetime = try #require(Column(.datetime, [.datetime(microseconds: 1_580_463_000_000_001), .null]))
    let float = try #require(Column(.float32, [.double(0.5), .null]))
    let integer = try #require(Column(.int32, [.int(-7), .null]))
    let frame = batch([
      ("int", Column([Int64.min, nil])), ("float", Column([12.0, nil] as [Double?])), ("bool", Column([true, nil])),
      ("text", Column(["", nil])), ("date", date), ("datetime", datetime), ("small", float), ("short", integer),
      ("nothing", Column(type: .null, values: .null(count: 2))),
    ])
    #expect(
      text(frame) == """
        int,float,bool,text,date,datetime,small,short,nothing
        -9223372036854775808,12.0,true,"",2020-01-31,2020-01-31 09:30:00.000001,0.5,-7,
        ,,,,,,,,

        """)
  }

  @Test(
    "quotes where it has to and nowhere else",
    arguments: [
      ("plain", "plain"), ("two words", "two words"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
      ("\"", "\"\"\"\""), ("line\nend", "\"line\nend\""), ("line\rend", "\"line\rend\""), (" a", "\" a\""),
      ("a ", "\"a \""), ("\ta", "\"\ta\""), ("", "\"\""), ("a;b", "a;b"), ("ünïcode, 你好", "\"ünïcode, 你好\""),
      ("longer than twelve bytes, with a comma", "\"longer than twelve bytes, with a comma\""),
    ])
  func quoting(value: String, field: String) {
    #expect(text(batch([("a", Column([value]))])) == "a\n\(field)\n")
    #expect(text(batch([(value.isEmpty ? "a" : value, Column(["x"]))])) == (value.isEmpty ? "a" : field) + "\nx\n")
  }

  @Test("takes another delimiter, and leaves the header out")
  func options() {
    var writer = CSVWriter()
    writer.delimiter = UInt8(ascii: "\t")
    writer.hasHeader = false
    let frame = batch([("a", Column(["x,y", "x\ty"])), ("b", Column([1, 2] as [Int64?]))])
    #expect(text(frame, writer) == "x,y\t1\n\"x\ty\"\t2\n")
  }

  @Test("writes numbers that are none, and frames without rows")
  func edges() {
    let numbers = Column([.nan, .infinity, -.infinity, -0.0] as [Double?])
    #expect(text(batch([("a", numbers)])) == "a\nnan\ninf\n-inf\n-0.0\n")
    #expect(text(batch([("a", Column([] as [Double?])), ("b", Column([] as [String?]))])) == "a,b\n")
  }

  @Test("hands on pieces of bounded size that are the whole together")
  func pieces() {
    let values = (0..<200_000).map { Optional(Int64($0)) }
    var sizes: [Int] = []
    var bytes: [UInt8] = []
    CSVWriter().write(batch([("n", Column(values))])) {
      sizes.append($0.count)
      bytes += $0
    }
    #expect(sizes.count > 3)
    #expect(sizes.allSatisfy { $0 < 300_000 })
    #expect(String(decoding: bytes, as: UTF8.self) == "n\n" + (0..<200_000).map { "\($0)\n" }.joined())
  }

  @Test("stops when nobody takes the text")
  func stops() {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try CSVWriter().write(batch([("n", Column([1] as [Int64?]))])) { _ in throw Full() }
    }
  }
}
