import Testing

@testable import LazyFrame

@Suite("Tables for people")
struct TableFormatterTests {
  private func batch(_ columns: [(String, Column)]) -> RecordBatch {
    RecordBatch(
      schema: Schema(columns.map { Field($0.0, $0.1.type) }), columns: columns.map(\.1),
      rowCount: columns.first?.1.count ?? 0)
  }

  @Test("have names, types, aligned values and a last line that counts")
  func layout() throws {
    let date = try #require(Column(.date, [.date(days: 18_292), .null]))
    let frame = batch([
      ("symbol", Column(["AA", nil])), ("n", Column([7, 12_345] as [Int64?])), ("date", date),
      ("price", Column([1.25, 1000.5] as [Double?])), ("ok", Column([true, false])),
    ])
    #expect(
      TableFormatter().format(frame) == """
         symbol │     n │ date       │   price │ ok
         string │ int64 │ date       │ float64 │ bool
        ────────┼───────┼────────────┼─────────┼───────
         AA     │     7 │ 2020-01-31 │    1.25 │ true
         null   │ 12345 │ null       │ 1000.50 │ false
        2 rows × 5 columns

        """)
    #expect(DataFrame(frame).description + "\n" == TableFormatter().format(frame))
  }

  @Test("round floats to what a column needs, and leave alone what rounding would hide")
  func floats() {
    let values: [Double?] = [1, 2.5, 0.1 + 0.2, 1e-7, 1e15, .nan, -.infinity, 0, -0.25, nil]
    let lines = TableFormatter().format(batch([("x", Column(values))])).split(separator: "\n")
    #expect(
      lines.dropFirst(3).dropLast().map { String($0.drop { $0 == " " }) } == [
        "1.000000", "2.500000", "0.300000", "1e-07", "1000000000000000.0", "nan", "-inf", "0.000000", "-0.250000",
        "null",
      ])
  }

  @Test("show the first and the last rows of many")
  func manyRows() {
    var formatter = TableFormatter()
    formatter.maximumRows = 5
    let text = formatter.format(batch([("n", Column((1...1_234_567).map { Optional(Int64($0)) }))]))
    let lines = text.split(separator: "\n").map { $0.filter { $0 != " " } }
    #expect(lines == ["n", "int64", "─────────", "1", "2", "3", "…", "1234566", "1234567", "1,234,567rows×1column"])
    formatter.maximumRows = nil
    let all = formatter.format(batch([("n", Column((1...50).map { Optional(Int64($0)) }))]))
    #expect(all.split(separator: "\n").count == 54)
  }

  @Test("leave out columns in the middle when they are too wide", arguments: [20, 34, 60, 120])
  func manyColumns(width: Int) {
    let columns = (0..<20).map { ("column\($0)", Column(["value"])) }
    var formatter = TableFormatter()
    formatter.width = width
    let lines = formatter.format(batch(columns)).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines[0].hasPrefix(" column0 │"))
    #expect(lines[0].hasSuffix(width < 24 ? "│ …" : "│ column19"))
    #expect(lines[0].contains("…"))
    #expect(lines.last == "1 row × 20 columns")
    formatter.width = nil
    #expect(!formatter.format(batch(columns)).contains("…"))
  }

  @Test("cut long texts, and write control characters as escapes")
  func texts() {
    var formatter = TableFormatter()
    formatter.maximumTextLength = 10
    let values = ["0123456789", "0123456789a", "a\nb\t\u{1B}[1m", "你好你好你好"]
    let lines = formatter.format(batch([("t", Column(values))])).split(separator: "\n")
    #expect(lines.dropFirst(3).dropLast() == [" 0123456789", " 0123456789…", " a\\nb\\t…", " 你好你好你…"])
  }

  @Test("print frames without rows or columns")
  func empty() {
    let noRows = batch([("a", Column([] as [Int64?]))])
    #expect(TableFormatter().format(noRows) == "     a\n int64\n───────\n0 rows × 1 column\n")
    let noColumns = RecordBatch(schema: Schema([]), columns: [], rowCount: 3)
    #expect(TableFormatter().format(noColumns) == "3 rows × 0 columns\n")
  }

  @Test(
    "know how wide a text is",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("你好", 4), ("한글", 4), ("ﾊﾝ", 2), ("🙂", 2), ("❤️", 2), ("👩‍👩‍👧", 2),
    ])
  func widths(text: String, width: Int) {
    #expect(TextWidth.of(text) == width)
  }
}
