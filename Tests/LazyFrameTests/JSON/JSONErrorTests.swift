import LazyFrame
import TestSupport
import Testing

@Suite("What is no JSON")
struct JSONErrorTests {
  static let hint = "\na file that is one array or object is read by readJSON"

  /// The second line of three, and what is said about it.
  static let mistakes: [(line: String, message: String)] = [
    ("[1]", "byte 1: '[' stands where an object should stand"),
    ("x", "byte 1: 'x' stands where an object should stand"),
    ("{\"a\":1", "byte 7: the line ends where ',' or '}' should stand"),
    ("{\"a\":1} {", "byte 9: '{' stands where the end of the line should stand"),
    ("{\"a\":1,}", "byte 8: '}' stands where a key in quotes should stand"),
    ("{a:1}", "byte 2: 'a' stands where a key in quotes should stand"),
    ("{\"a\" 1}", "byte 6: '1' stands where ':' should stand"),
    ("{\"a\":}", "byte 6: '}' stands where a value should stand"),
    ("{\"a\":01}", "byte 6: a number begins with a zero that means nothing"),
    ("{\"a\":1.}", "byte 8: '}' stands where a digit should stand"),
    ("{\"a\":-}", "byte 7: '}' stands where a digit should stand"),
    ("{\"a\":1e}", "byte 8: '}' stands where a digit should stand"),
    ("{\"a\":+1}", "byte 6: '+' stands where a value should stand"),
    ("{\"a\":NaN}", "byte 6: 'N' stands where a value should stand"),
    ("{\"a\":nul}", "byte 6: 'n' stands where a value should stand"),
    ("{\"a\":\"x}", "byte 9: the line ends where '\"' should stand"),
    ("{\"a\":\"\\x\"}", "byte 8: 'x' stands where one of \"\\/bfnrtu should stand"),
    ("{\"a\":\"\\u12g4\"}", "byte 11: 'g' stands where a hexadecimal digit should stand"),
    ("{\"a\":\"\t\"}", "byte 7: a control character stands in a string, where it is written \\u00…"),
    ("{\"a\":[1,]}", "byte 9: ']' stands where a value should stand"),
    ("{\"a\":[1 2]}", "byte 9: '2' stands where ',' or ']' should stand"),
    ("{\"a\":[{\"b\":1]}", "byte 13: ']' stands where ',' or '}' should stand"),
    ("{\"a\":[{]}", "byte 8: ']' stands where a key in quotes should stand"),
    ("{\"a\":[1}", "byte 8: '}' stands where ',' or ']' should stand"),
    ("{\"a\":1,\"a\":2}", "byte 12: the key of this value stands twice in the object"),
    ("{\"a\":{\"b\":1,\"b\":2}}", "byte 17: the key of this value stands twice in the object"),
    ("{\"a\":{\"b\":1},\"a\":{\"c\":2}}", "byte 18: the key of this value stands twice in the object"),
    (
      "{\"a\":\"\\ud800x\"}", "byte 6, column a: half of a surrogate pair, \\ud800 to \\udfff, stands alone in a string"
    ),
    ("{\"\\udc00\":1}", "byte 2: half of a surrogate pair stands alone in a key"),
    ("{\"a\":é}", "byte 6: '\\u{00E9}' stands where a value should stand"),
  ]

  @Test("is said with its line and byte", arguments: mistakes)
  func mistake(line: String, message: String) throws {
    for size in [16, 1 << 20] {
      let text = "{\"a\":\"x\"}\n\(line)\n{\"a\":\"y\"}\n"
      #expect(
        JSONReading.message { try JSONReading.lines(text, partitionSize: size) } == "in.ndjson, line 2, \(message)")
    }
  }

  @Test("is told from text that is no UTF-8")
  func notText() throws {
    let folder = TemporaryFolder()
    folder.write(Array("{\"a\":\"ü\"}\n{\"a\":\"x".utf8) + [0xFC] + Array("\"}\n".utf8), to: "in.ndjson")
    #expect(
      JSONReading.message { try LazyFrame.scanNDJSON(folder.path("in.ndjson")).compute() }
        == "in.ndjson, line 2, byte 8: the text is not valid UTF-8\nsay which encoding the file has, as in: --encoding latin-1"
    )
  }

  static let documents: [(text: String, message: String)] = [
    ("[{\"a\":1},\n{\"a\":2]", "line 2, byte 7: ']' stands where ',' or '}' should stand"),
    ("[{\"a\":1}", "line 1, byte 9: the file ends where ',' or ']' should stand"),
    ("[{\"a\":1},]", "line 1, byte 10: ']' stands where a value should stand"),
    ("[{\"a\":1}] 2", "line 1, byte 11: '2' stands where the end of the file should stand"),
    ("[1]", "line 1, byte 2: '1' stands where an object should stand"),
    ("7", "line 1, byte 1: '7' stands where an array of objects or an object should stand"),
    ("{\"a\":[1],\n\"b\":[1,2]}", "line 2, byte 5: this column has 2 values, and the first one has 1"),
    ("{\"a\":[1],\"a\":[2]}", "line 1, byte 10: this key stands twice"),
    (
      "[{\"a\":\"x\ny\"}]", "line 1, byte 9: a control character stands in a string, where it is written \\u00…"
    ),
  ]

  @Test("of one value is said with its line and byte", arguments: documents)
  func document(text: String, message: String) throws {
    #expect(JSONReading.message { try JSONReading.document(text) } == "in.json, \(message)")
  }

  @Test("is a file without records")
  func empty() throws {
    let message = "in.ndjson: there is no record with a key, so there are no columns"
    for text in ["", "\n\n", "{}\n", "\u{FEFF}"] {
      #expect(JSONReading.message { try JSONReading.lines(text) } == message, "\(text)")
    }
    #expect(JSONReading.message { try JSONReading.document("[]\n") }.contains("there is no record with a key"))
    #expect(
      JSONReading.message { try JSONReading.lines("[\n{\"a\":1}]\n") }
        == "in.ndjson, line 1, byte 1: '[' stands where an object should stand" + JSONErrorTests.hint)
  }

  @Test("never is an array of 100,000 arrays inside each other, which is text")
  func deep() throws {
    let open = String(repeating: "[", count: 100_000)
    let close = String(repeating: "]", count: 100_000)
    // Lists that lie in more than eight others are texts.
    let lists = try JSONReading.lines("{\"a\":\(open)\(close)}")
    var (type, value) = (lists.schema["a"]?.type, lists.rows.first?.first)
    var depth = 0
    while let element = type?.element, case .list(let elements) = value {
      (type, value) = (element, elements.first)
      depth += 1
    }
    #expect(depth == 8 && type == .string)
    #expect(value == .string(String(open.dropLast(8) + close.dropLast(8))))
    let objects = String(repeating: "{\"a\":", count: 100_000)
    let frame = try JSONReading.lines(objects + "1" + String(repeating: "}", count: 100_000))
    #expect(frame.schema.names == [Array(repeating: "a", count: 16).joined(separator: ".")])
    #expect(
      JSONReading.message { try JSONReading.lines("{\"a\":1}\n{\"a\":\(open)}") }
        == "in.ndjson, line 2, byte 100006: '}' stands where a value should stand")
  }

  @Test("never is a long record, and one longer than the limit is an error")
  func long() throws {
    let long = String(repeating: "é", count: 1 << 19)
    let text = "{\"a\":1}\n{\"a\":2,\"b\":\"\(long)\"}\n{\"a\":3}\n"
    for size in [1 << 17, 300_000, 1 << 24] {
      let frame = try JSONReading.lines(text, partitionSize: size)
      #expect(try frame.values("a", as: Int.self) == [1, 2, 3])
      #expect(try frame.values("b", as: String.self) == [nil, long, nil])
    }
    let folder = TemporaryFolder()
    folder.write(text, to: "in.ndjson")
    var options = JSONOptions()
    options.maximumRecordSize = 1 << 18
    #expect(
      JSONReading.message { try LazyFrame.scanNDJSON(folder.path("in.ndjson"), options: options).compute() }
        == "in.ndjson, line 2: a line is longer than 262144 bytes\nthe file may be one JSON value, and not one a line")
  }
}
