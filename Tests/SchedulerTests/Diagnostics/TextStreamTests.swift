import Foundation
import Testing

@testable import Scheduler

@Suite("Streamed text")
struct TextStreamTests {
  private func text(_ write: (inout TextStream) throws -> Void) rethrows -> String {
    var bytes: [UInt8] = []
    var stream = TextStream { bytes.append(contentsOf: $0) }
    try write(&stream)
    try? stream.finish()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("writes whole numbers", arguments: [0, 7, -7, 10, 1_234_567, Int.max, Int.min])
  func numbers(number: Int) throws {
    #expect(try text { try $0.write(number) } == String(number))
  }

  @Test(
    "writes nanoseconds as microseconds",
    arguments: [(0, "0.000"), (7, "0.007"), (1000, "1.000"), (1_234_567, "1234.567"), (90_050, "90.050")])
  func microseconds(nanoseconds: Int, expected: String) throws {
    #expect(try text { try $0.write(microsecondsOf: nanoseconds) } == expected)
  }

  @Test("hands on pieces, and all of the text")
  func pieces() throws {
    var pieces: [Int] = []
    var sum = 0
    var stream = TextStream { piece in
      pieces.append(piece.count)
      sum += piece.reduce(0) { $0 + Int($1) }
    }
    for _ in 0..<100_000 { try stream.write("ab") }
    try stream.write(Array("c".utf8))
    try stream.finish()
    #expect(pieces.count > 2)
    #expect(pieces.reduce(0, +) == 200_001)
    #expect(sum == 100_000 * (97 + 98) + 99)
  }

  @Test("stops when the sink fails")
  func failure() {
    struct Full: Error {}
    var stream = TextStream { _ in throw Full() }
    #expect(throws: Full.self) { for _ in 0..<100_000 { try stream.write("ab") } }
  }

  @Test(
    "quotes text for JSON inside a page",
    arguments: [
      ("plain", #""plain""#), ("\"\\\n\t", #""\"\\\n\t""#), ("</script>", #""\u003c/script\u003e""#),
      ("<!--&", #""\u003c!--\u0026""#), ("\u{0}\u{1F}", #""\u0000\u001f""#), ("\u{2028}ü→😀", #""\u2028ü→😀""#),
    ])
  func quoting(text: String, expected: String) throws {
    #expect(quotedForJSON(text) == expected)
    let read = try JSONSerialization.jsonObject(with: Data(expected.utf8), options: .fragmentsAllowed) as? String
    #expect(read == text)
  }
}
