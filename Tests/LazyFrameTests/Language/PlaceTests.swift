import Testing

@testable import LazyFrame

@Suite("The place of an error in a text")
struct PlaceTests {
  static let cases: [(text: String, place: Range<Int>, width: Int, expected: String)] = [
    ("mean(x) + medain(y)", 10..<16, 78, "mean(x) + medain(y)\n          ^^^^^^"),
    ("a", 0..<1, 78, "a\n^"),
    // The end of the text, and a text that is empty.
    ("a +", 3..<3, 78, "a +\n   ^"),
    ("", 0..<0, 78, "\n^"),
    // Columns are characters, not bytes; combined ones are one.
    ("größe + ü", 10..<12, 78, "größe + ü\n        ^"),
    ("e\u{301} + x", 6..<7, 78, "e\u{301} + x\n    ^"),
    ("'\u{301}", 0..<3, 78, "'\u{301}\n^"),
    // What would break the line becomes a space.
    ("a\t+\r\n\u{0}b", 6..<7, 78, "a +  b\n     ^"),
    // Long texts are cut around the place.
    ("0123456789abcdefghijklmnopqrstuvwxyz", 0..<2, 12, "0123456789a…\n^^"),
    ("0123456789abcdefghijklmnopqrstuvwxyz", 20..<22, 12, "…hijklmnopq…\n    ^^"),
    ("0123456789abcdefghijklmnopqrstuvwxyz", 36..<36, 12, "…qrstuvwxyz\n           ^"),
    ("0123456789abcdefghijklmnopqrstuvwxyz", 20..<36, 12, "…hijklmnopq…\n    ^^^^^^^^"),
    // A place that belongs to another text is no reason to fail.
    ("ab", 7..<9, 78, "ab\n  ^"),
  ]

  @Test("is underlined", arguments: cases)
  func underlines(text: String, place: Range<Int>, width: Int, expected: String) {
    let error = LazyFrameError(.syntax, "no", span: SourceSpan(start: place.lowerBound, end: place.upperBound))
    #expect(error.placed(in: text, width: width) == expected)
  }

  @Test("is not shown when there is none")
  func none() {
    #expect(LazyFrameError(.syntax, "no").placed(in: "a") == nil)
  }
}
