import Foundation
import LazyFrame
import TestSupport
import Testing

@Suite("What JSON values become")
struct JSONTypesTests {
  static let forms: [(text: String, frame: String)] = [
    (#"{"a":1}"#, "a int64 | 1"), (#"{"a":-0}"#, "a float64 | -0.0"), (#"{"a":1.5}"#, "a float64 | 1.5"),
    (#"{"a":1e3}"#, "a float64 | 1000.0"), (#"{"a":-2E-1}"#, "a float64 | -0.2"), (#"{"a":true}"#, "a bool | true"),
    (#"{"a":"x"}"#, "a string | x"), (#"{"a":null}"#, "a null | null"), (#"{"a":""}"#, "a string | "),
    (#"{"a":"2024-02-29"}"#, "a date | 2024-02-29"),
    (#"{"a":"2024-02-29 01:02:03"}"#, "a datetime | 2024-02-29 01:02:03"),
    (#"{"a":"2024-02-29T01:02:03"}"#, "a datetime | 2024-02-29 01:02:03"),
    // What stands in quotes is no number and no condition, whatever it says.
    (#"{"a":"1"}"#, "a string | 1"), (#"{"a":"true"}"#, "a string | true"), (#"{"a":"null"}"#, "a string | null"),
    (#"{"a":9223372036854775807}"#, "a int64 | 9223372036854775807"),
    (#"{"a":9223372036854775808}"#, "a string | 9223372036854775808"),
    (#"{"a":[1,2]}"#, "a list(int64) | [1, 2]"), (#"{"a":[]}"#, "a list(null) | []"),
    (#"{"a":[1,null,2.5]}"#, "a list(float64) | [1.0, null, 2.5]"),
    (#"{"a":["x","1"]}"#, "a list(string) | [\"x\", \"1\"]"),
    (#"{"a":[[1],[2,3],null]}"#, "a list(list(int64)) | [[1], [2, 3], null]"),
    (#"{"a":["2024-01-01",null]}"#, "a list(date) | [2024-01-01, null]"),
    (#"{"a":[1,"x"]}"#, "a list(string) | [\"1\", \"x\"]"), (#"{"a":[true,false]}"#, "a list(bool) | [true, false]"),
    (#"{"a":[{"b":1}, 2]}"#, #"a string | [{"b":1}, 2]"#), (#"{"a":[1,[2]]}"#, "a list(string) | [\"1\", \"[2]\"]"),
    (#"{"a":{"b":1,"c":{"d":"x"}}}"#, "a.b int64, a.c.d string | 1, x"), (#"{"a":{}}"#, "a null | null"),
    (#"{"a":{"b":{}},"c":1}"#, "a.b null, c int64 | null, 1"),
    (#"{"a.b":1,"a":{"b":2}}"#, "a.b int64, a.b_2 int64 | 1, 2"), (#"{"":1}"#, " int64 | 1"),
    (#"{"x\"\\y":1,"\u00e9":2}"#, #"x"\y int64, é int64 | 1, 2"#),
    ("  { \"a\" : 1 ,\t\"b\" : [ 1 , 2 ] }  \r", "a int64, b list(int64) | 1, [1, 2]"),
    (#"{"a":"\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00"}"#, "a string | \"\\/\u{8}\u{c}\n\r\tAé😀"),
    (#"{"a":"é😀, a text of more than twelve bytes"}"#, "a string | é😀, a text of more than twelve bytes"),
    (#"{"a":"one that is long and has an escape: \u00fc"}"#, "a string | one that is long and has an escape: ü"),
  ]

  @Test("a value has the narrowest type that holds it", arguments: forms)
  func value(text: String, frame: String) throws {
    #expect(JSONReading.text(try JSONReading.lines(text)) == frame)
    #expect(JSONReading.text(try JSONReading.lines(text + "\n")) == frame)
    #expect(JSONReading.text(try JSONReading.document("[" + text + "]")) == frame)
  }

  static let columns: [(values: [String], frame: String)] = [
    (["1", "2.5", "null"], "float64 | 1.0 | 2.5 | null"), (["1", "\"x\""], "string | 1 | x"),
    (["true", "0"], "string | true | 0"),
    (
      ["\"2024-01-01\"", "\"2024-01-01 12:00:00\""],
      "datetime | 2024-01-01 00:00:00 | 2024-01-01 12:00:00"
    ),
    (["\"2024-01-01\"", "\"\""], "string | 2024-01-01 | "),
    (["\"2024-01-01\"", "20240101"], "string | 2024-01-01 | 20240101"),
    (["[1]", "[2.5]", "null", "[]"], "list(float64) | [1.0] | [2.5] | null | []"), (["[1]", "2"], "string | [1] | 2"),
    (["9007199254740993", "0.5"], "string | 9007199254740993 | 0.5"),
    (["9007199254740992", "0.5"], "float64 | 9007199254740992.0 | 0.5"),
    (["[9007199254740993]", "[0.5]"], "list(string) | [\"9007199254740993\"] | [\"0.5\"]"),
    (["null", "null"], "null | null | null"), (["[]", "[[]]"], "list(list(null)) | [] | [[]]"),
    (["[\"a\\u0062\"]", "[1]", "null"], "list(string) | [\"ab\"] | [\"1\"] | null"),
  ]

  @Test("a column has the type that holds all values, whichever is seen last", arguments: columns)
  func column(values: [String], frame: String) throws {
    let rows = frame.components(separatedBy: " | ")
    for isReversed in [false, true] {
      let read = try JSONReading.lines((isReversed ? values.reversed() : values).map { "{\"a\":\($0)}\n" }.joined())
      let wanted = isReversed ? rows.dropFirst().reversed() : Array(rows.dropFirst())
      #expect(JSONReading.text(read) == "a " + ([rows[0]] + wanted).joined(separator: " | "))
    }
  }

  @Test("keys may be missing, come in any order, and hold objects in some records only")
  func keys() throws {
    let text = """
      {"a":1,"b":2}
      {"b":3}

      {"c":"x","a":4}
      {}
      {"b":{"d":5},"a":{}}
      {"b":null,"a":6}
      """
    #expect(
      JSONReading.text(try JSONReading.lines(text))
        == "a int64, b int64, c string, b.d int64 | 1, 2, null, null | null, 3, null, null | 4, null, x, null"
        + " | null, null, null, null | null, null, null, 5 | 6, null, null, null")
  }

  @Test("given types are kept, and a value that does not fit one is an error with its place")
  func given() throws {
    let text = "{\"a\":1,\"b\":\"2\"}\n{\"a\":2.5}\n"
    #expect(
      JSONReading.text(try JSONReading.lines(text, types: ["a": .float32, "c": .date]))
        == "a float32, b string, c date | 1.0, 2, null | 2.5, null, null")
    #expect(
      JSONReading.text(try JSONReading.lines("{\"a\":\"1d\",\"b\":[1]}", types: ["a": .duration, "b": .list(.int8)]))
        == "a duration, b list(int8) | 1d 00:00:00, [1]")
    #expect(
      JSONReading.text(try JSONReading.lines("{\"a\":\"x\"}", types: ["a": .categorical])) == "a categorical | x")
    #expect(
      JSONReading.message { try JSONReading.lines(text, types: ["a": .int64]) }
        == "in.ndjson, line 2, byte 6, column a: '2.5' is not of the given type int64\n"
        + "give a wider type, or leave the type out to have it inferred")
  }

  @Test("an array, columns, or one object is a frame, on one line or many")
  func documents() throws {
    #expect(
      JSONReading.text(try JSONReading.document("\n[\n {\"a\":\n1},\n\n{\"a\":2, \"b\": []}\n]\n"))
        == "a int64, b list(null) | 1, null | 2, []")
    #expect(
      JSONReading.text(try JSONReading.document("{\"a\": [1, 2.5, null],\n\"b\": [\"x\",\n\"y\", {\"z\": 1}]}"))
        == "a float64, b string | 1.0, x | 2.5, y | null, {\"z\": 1}")
    #expect(JSONReading.text(try JSONReading.document("{\"a\": [1], \"b\": 2}")) == "a list(int64), b int64 | [1], 2")
    #expect(JSONReading.text(try JSONReading.document("{\"a\": [], \"b\": []}")) == "a null, b null")
    let many = "[" + (0..<60_000).map { "{\"i\":\($0),\"s\":\"text number \($0)\"}" }.joined(separator: ",\n") + "]"
    let frame = try JSONReading.document(many)
    #expect(frame.rowCount == 60_000)
    #expect(frame.rows.last?.last == .string("text number 59999"))
  }

  @Test("are text where a number is too large for a float, since JSON has no infinity")
  func tooLarge() throws {
    let frame = try JSONReading.lines("{\"a\":1}\n{\"a\":1e400}\n")
    #expect(frame.schema["a"]?.type == .string)
    #expect(frame.rows.map(\.description) == ["[1]", "[1e400]"])
  }

  @Test("of a key inside an object can be given before any is seen")
  func givenNested() throws {
    let folder = TemporaryFolder()
    folder.write("{\"k\":1}\n", to: "in.ndjson")
    var options = JSONOptions()
    options.types = ["a.b": .int64]
    let scan = try JSONScan.open([folder.path("in.ndjson")], options: options)
    folder.write("{\"k\":1,\"a\":{\"b\":7}}\n", to: "other.ndjson")
    #expect(scan.columns.map(\.name) == ["k", "a.b"])
    let both = try LazyFrame.scanNDJSON(folder.path("other.ndjson"), options: options).compute()
    #expect(both["a.b"]?[0] == .int(7))
  }
}
