import Testing

@testable import LazyFrame

@Suite("Writing JSON")
struct JSONWriterTests {
  private func text(_ batch: RecordBatch, _ layout: JSONWriter.Layout) -> String {
    var bytes: [UInt8] = []
    JSONWriter(layout: layout).write(batch) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func batch(_ columns: [(String, Column)]) -> RecordBatch {
    RecordBatch(
      schema: Schema(columns.map { Field($0.0, $0.1.type) }), columns: columns.map(\.1),
      rowCount: columns.first?.1.count ?? 0)
  }

  @Test("writes each type as JSON has it")
  func types() throws {
    let date = try #require(Column(.date, [.date(days: 0)]))
    let datetime = try #require(Column(.datetime, [.datetime(microseconds: 0)]))
    let frame = batch([
      ("int", Column([Int64.max])), ("float", Column([0.1] as [Double?])), ("bool", Column([false])),
      ("text", Column(["x"])), ("null", Column([nil] as [String?])), ("date", date), ("datetime", datetime),
    ])
    let object =
      #"{"int":9223372036854775807,"float":0.1,"bool":false,"text":"x","null":null,"date":"1970-01-01","#
      + #""datetime":"1970-01-01 00:00:00"}"#
    #expect(text(frame, .lines) == object + "\n")
    #expect(text(frame, .array) == "[\n" + object + "\n]\n")
  }

  @Test("separates objects with commas in an array, and has no rows as an empty one")
  func layouts() {
    let frame = batch([("a", Column([1, 2] as [Int64?]))])
    #expect(text(frame, .array) == "[\n{\"a\":1},\n{\"a\":2}\n]\n")
    #expect(text(frame, .lines) == "{\"a\":1}\n{\"a\":2}\n")
    let empty = batch([("a", Column([] as [Int64?]))])
    #expect(text(empty, .array) == "[]\n")
    #expect(text(empty, .lines) == "")
  }

  @Test(
    "escapes what a string must not hold",
    arguments: [
      ("a\"b", #"a\"b"#), ("a\\b", #"a\\b"#), ("\n\r\t", #"\n\r\t"#), ("\u{0}\u{1F}\u{7}", #"\u0000\u001f\u0007"#),
      ("ünï/你好\u{7F}", "ünï/你好\u{7F}"), ("", ""),
    ])
  func escapes(value: String, literal: String) {
    #expect(text(batch([("k", Column([value]))]), .lines) == "{\"k\":\"\(literal)\"}\n")
    #expect(text(batch([(value, Column([true]))]), .lines) == "{\"\(literal)\":true}\n")
  }

  @Test("writes numbers that are none as null")
  func notFinite() {
    let frame = batch([("a", Column([.nan, .infinity, -.infinity, -0.0] as [Double?]))])
    #expect(text(frame, .lines) == "{\"a\":null}\n{\"a\":null}\n{\"a\":null}\n{\"a\":-0.0}\n")
  }
}
