import Columnar
import Testing

@testable import LazyFrame

@Suite("Lists")
struct ListKernelsTests {
  static let lists = Column([[1, 2, nil], nil, [], [3]] as [[Int64?]?])
  static let columns: [(String, Column)] = [
    ("a", lists), ("b", Column([[1, 2, nil], [1], [], [4]] as [[Int64?]?])),
    ("s", Column([["x, y", nil], ["a\"b"], nil, []] as [[String?]?])),
    (
      "u",
      Column.known(.list(.uint64), [.list([.int(1), .int(2), .null]), .null, .list([]), .list([.unsigned(.max)])])
    ),
    (
      "n", Column.known(.list(.list(.int8)), [.list([.list([.int(1)]), .null]), .null, .list([]), .list([.list([])])])
    ),
    ("f", Column([[1.5, .nan], nil, [], [3]] as [[Double?]?])),
    ("c", Column.known(.list(.categorical), [.list([.string("x, y"), .null]), .null, .null, .list([])])),
  ]

  @Test(
    "are compared as wholes, cast by their elements, and moved",
    arguments: [
      ("a = a", "bool", ["true", "null", "true", "true"]), ("a = b", "bool", ["true", "null", "true", "false"]),
      ("a <> b", "bool", ["false", "null", "false", "true"]), ("f = f", "bool", ["true", "null", "true", "true"]),
      ("n = n", "bool", ["true", "null", "true", "true"]), ("s = c", "bool", ["true", "null", "null", "true"]),
      ("c = c", "bool", ["true", "null", "null", "true"]), ("a = f", "bool", ["false", "null", "true", "true"]),
      ("a in (b, a)", "bool", ["true", "null", "true", "true"]),
      ("coalesce(a, b)", "list(int64)", ["[1, 2, null]", "[1]", "[]", "[3]"]),
      ("coalesce(a, f)", "list(float64)", ["[1.0, 2.0, null]", "null", "[]", "[3.0]"]),
      ("nullif(a, b)", "list(int64)", ["null", "null", "null", "[3]"]),
      ("case when a = b then b else a end", "list(int64)", ["[1, 2, null]", "null", "[]", "[3]"]),
      ("cast(a as list(tinyint))", "list(int8)", ["[1, 2, null]", "null", "[]", "[3]"]),
      ("cast(u as list(int64))", "list(int64)", ["[1, 2, null]", "null", "[]", "[null]"]),
      ("cast(f as list(int64))", "list(int64)", ["[1, null]", "null", "[]", "[3]"]),
      ("cast(a as string)", "string", ["[1, 2, null]", "null", "[]", "[3]"]),
      ("cast(s as string)", "string", ["[\"x, y\", null]", "[\"a\\\"b\"]", "null", "[]"]),
      ("cast(s as list(category))", "list(categorical)", ["[\"x, y\", null]", "[\"a\\\"b\"]", "null", "[]"]),
      ("cast(n as list(list(string)))", "list(list(string))", ["[[\"1\"], null]", "null", "[]", "[[]]"]),
      ("cast(null as list(date))", "list(date)", ["null", "null", "null", "null"]),
      ("a is null", "bool", ["false", "true", "false", "false"]),
      ("a || '!'", "string", ["[1, 2, null]!", "null", "[]!", "[3]!"]),
      ("strict_cast(a as list(int8))", "list(int8)", ["[1, 2, null]", "null", "[]", "[3]"]),
    ])
  func computes(text: String, type: String, values: [String]) throws {
    let result = try computed(text, Self.columns)
    #expect(result.type.description == type, "\(text)")
    #expect(result.printed == values, "\(text)")
    #expect(result.isWellFormed)
  }

  @Test(
    "are refused where they have no order and no number",
    arguments: [
      ("a < b", "'<' does not apply to list(int64) and list(int64)"),
      ("a + 1", "'+' does not apply to list(int64) and int64"),
      ("cast('[1]' as list(int64))", "string cannot be cast to list(int64)"),
      ("cast(a as int64)", "list(int64) cannot be cast to int64"),
      ("a = s", "'=' does not apply to list(int64) and list(string)"),
      ("length(a)", "length needs text, and 'a' is list(int64)"),
      ("strict_cast(u as list(int64))", "18446744073709551615 does not fit int64"),
      ("a = u", "18446744073709551615 does not fit int64"),
      ("cast(a as list(lst))", "there is no type 'lst'"),
      ("cast(a as list(int8)", "')' is missing for the '(' at column 5"),
    ])
  func refuses(text: String, message: String) {
    #expect(failure(text, Self.columns) == message, "\(text)")
  }

  @Test("as keys of groups, to sort by and in aggregates are refused with a way out")
  func plans() throws {
    func error(_ query: (LazyFrame, LazyFrame.Expression) throws -> LazyFrame) throws -> LazyFrameError? {
      try Fixtures.withFile("a\n1\n") { path in
        #expect(throws: LazyFrameError.self) {
          _ = try query(LazyFrame.scanCSV(path), lit(.list([.int(1)]))).compute()
        }
      }
    }
    let key = try error { $0.groupBy($1.as("l")).aggregate(count()) }
    #expect(key?.message == "rows cannot be grouped by lists, and 'l' is list(int64)")
    #expect(key?.code == .unsupported && key?.hint != nil)
    #expect(try error { $0.sort(by: $1) }?.message == "rows cannot be sorted by lists, and '[1]' is list(int64)")
    for aggregate in ["max", "mode", "sum", "count_distinct"] {
      let function = try #require(AggregateFunction(languageName: aggregate))
      #expect(throws: LazyFrameError.self) { try AggregateSignature.resolve(function, [.list(.int64)]) }
    }
    #expect(try AggregateSignature.resolve(.count, [.list(.int64)]).result == .int64)
    #expect(
      try error { frame, _ in frame.select(lit(.list([.int(1), .string("a")]))) }?.message
        == "the elements of the list [1, \"a\"] are of different types")
    #expect(lit(.list([.int(1), .double(0.5), .null])).description == "[1, 0.5, null]")
  }

  @Test("are kept in a frame's rows and read as Swift arrays")
  func frames() throws {
    let schema = Schema(Self.columns.map { Field($0.0, $0.1.type) })
    let frame = DataFrame(RecordBatch(schema: schema, columns: Self.columns.map(\.1), rowCount: 4))
    #expect(try frame.values("a", as: [Int?].self) == [[1, 2, nil], nil, [], [3]])
    #expect(try frame.values("n", as: [[Int8]?].self) == [[[1], nil], nil, [], [[]]])
    #expect(throws: LazyFrameError.self) { try frame.values("a", as: [Int].self) }
    struct Row: Decodable, Equatable {
      let b: [Int?]
      let s: [String?]?
    }
    #expect(try frame.decode(as: Row.self)[0] == Row(b: [1, 2, nil], s: ["x, y", nil]))
    #expect(frame[0, "a"] == .list([.int(1), .int(2), .null]))
  }

  @Test("are written as text, as arrays of JSON, and printed")
  func written() {
    let shown = Self.columns.filter { ["a", "s", "f"].contains($0.0) }
    let schema = Schema(shown.map { Field($0.0, $0.1.type) })
    let batch = RecordBatch(schema: schema, columns: shown.map(\.1), rowCount: 4)
    #expect(
      text { CSVWriter().write(batch, to: $0) } == """
        a,s,f
        "[1, 2, null]","[""x, y"", null]","[1.5, nan]"
        ,"[""a\\""b""]",
        [],,[]
        [3],[],[3.0]

        """)
    #expect(
      text { JSONWriter(layout: .lines).write(batch, to: $0) } == """
        {"a":[1,2,null],"s":["x, y",null],"f":[1.5,null]}
        {"a":null,"s":["a\\"b"],"f":null}
        {"a":[],"s":null,"f":[]}
        {"a":[3],"s":[],"f":[3.0]}

        """)
    #expect(text { MarkdownWriter().write(batch, to: $0) }.contains("| \\[1, 2, null] | \\[\"x, y\", null] |"))
    let table = DataFrame(batch).description
    #expect(table.contains("list(int64)") && table.contains("[1, 2, null]") && table.contains("[\"x, y\", null]"))
  }

  private func text(_ write: ((UnsafeRawBufferPointer) -> Void) -> Void) -> String {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
