import Columnar
import Testing

@testable import CSV

@Suite("Text columns")
struct ColumnParserStringsTests {
  @Test("hold texts of every length, inside and outside quotes, with and without quotes in them", arguments: 0...40)
  func lengths(length: Int) throws {
    let text = String((0..<length).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
    let fields = [
      text, "\"\(text)\"", "\"\(text)\"\"\"", "\"\"\"\(text)\"", "\"\(text)\"\(text)", text + "é", "\"\(text)é\"",
    ]
    let expected = [text.isEmpty ? nil : text, text, text + "\"", "\"" + text, text + text, text + "é", text + "é"]
    let file = TemporaryFile("row,x\n" + fields.enumerated().map { "\($0),\($1)" }.joined(separator: "\n"))
    let rows = try Reading.texts(Reading.openAsText(file.path))
    #expect(rows.map { $0[1] } == expected)
  }

  @Test("have views that are equal exactly for equal short texts")
  func canonicalViews() throws {
    let texts = (0...12).flatMap { length in
      (0..<3).map { String(repeating: "abc".map(String.init)[$0], count: length) }
    }
    let file = TemporaryFile("x,y\n" + texts.map { "\"\($0)\",\($0)z\n" }.joined())
    let reader = try CSVPartitionReader(Reading.openAsText(file.path), partition: 0)
    #expect(try reader.nextBlock())
    guard case .string(let strings) = try reader.column(0).values else {
      Issue.record("a text column holds no strings")
      return
    }
    for (row, text) in texts.enumerated() {
      var builder = StringBuilder()
      builder.append(text)
      let expected = builder.freeze().views[0]
      #expect(strings.views[row] == expected, "'\(text)'")
    }
  }
}
