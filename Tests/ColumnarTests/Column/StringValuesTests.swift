import TestSupport
import Testing

@testable import Columnar

@Suite("Strings in memory")
struct StringValuesTests {
  private static let texts = [
    "", "a", "abcd", "abcde", "twelve bytes", "thirteen byte", "é", "日本語の列", String(repeating: "x", count: 1000), "\0",
    String(repeating: "long", count: 300_000), "after the long one", "a,\"b\"\n",
  ]

  @Test("come back as they were appended")
  func roundTrip() {
    var builder = StringBuilder()
    for text in Self.texts { builder.append(text) }
    builder.appendEmpty()
    #expect(builder.count == Self.texts.count + 1)
    let strings = builder.freeze()
    #expect((0..<strings.count).map { strings[$0] } == Self.texts + [""])
    #expect((0..<strings.count - 1).allSatisfy { strings.withBytes(at: $0) { $0.count } == Self.texts[$0].utf8.count })
  }

  @Test("lie inside their view up to twelve bytes, padded with zeros, and outside it beyond")
  func inline() {
    for length in 0...20 {
      let text = String(repeating: "q", count: length)
      var builder = StringBuilder()
      builder.append(text)
      let view = builder.freeze().views[0]
      #expect(view.length == length)
      #expect(view.isInline == (length <= 12))
      if view.isInline {
        let bytes = withUnsafeBytes(of: view) { Array($0) }
        #expect(bytes == [UInt8(length), 0, 0, 0] + Array(text.utf8) + Array(repeating: 0, count: 12 - length))
      } else {
        #expect(view.low >> 32 == 0x7171_7171)
        #expect(view.bufferIndex == 0 && view.offset == 0)
      }
    }
  }

  @Test("come back from thousands of random lengths, over many blocks")
  func manyBlocks() {
    var generator = SplitMix64(seed: 11)
    let texts = (0..<3000).map { index in
      String(
        repeating: Character(UnicodeScalar(UInt8(97 + index % 26))), count: Int.random(in: 0...400, using: &generator))
    }
    var builder = StringBuilder(capacity: 10)
    for text in texts { builder.append(text) }
    let strings = builder.freeze()
    #expect(strings.blocks.count > 3)
    #expect((0..<texts.count).allSatisfy { strings[$0] == texts[$0] })
  }

  @Test(
    "are ordered by their bytes",
    arguments: [
      ("", "", 0), ("", "a", -1), ("a", "b", -1), ("a", "ab", -1), ("b", "ab", 1), ("z", "é", -1), ("é", "日", -1),
      ("same", "same", 0), ("\u{FFFD}", "\u{10000}", -1),
    ])
  func order(left: String, right: String, expected: Int) {
    var left = left
    var right = right
    left.withUTF8 { left in
      right.withUTF8 { right in
        let left = UnsafeRawBufferPointer(left)
        let right = UnsafeRawBufferPointer(right)
        #expect(StringValues.compare(left, right).signum() == expected)
        #expect(StringValues.compare(right, left).signum() == -expected)
      }
    }
  }
}
