import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Functions of text")
struct TextKernelsTests {
  private static let long = "a text that does not fit a view"

  @Test(
    "lower and upper case, in ASCII and beyond",
    arguments: [
      ("", "", ""), ("aZ", "az", "AZ"), ("@[`{AZaz09", "@[`{azaz09", "@[`{AZAZ09"),
      ("exactlytwlve", "exactlytwlve", "EXACTLYTWLVE"), ("Straße", "straße", "STRASSE"), ("ÄÖ", "äö", "ÄÖ"),
      ("A Text That Does Not Fit", "a text that does not fit", "A TEXT THAT DOES NOT FIT"),
      ("ÉCOLE supérieure de Paris", "école supérieure de paris", "ÉCOLE SUPÉRIEURE DE PARIS"), ("ΣΑΣ", "σας", "ΣΑΣ"),
      ("日本", "日本", "日本"), ("ﬀ", "ﬀ", "FF"),
    ])
  func letterCase(text: String, lower: String, upper: String) {
    let column = Column([text, nil])
    // The Greek final sigma depends on the standard library's rules, not on ours.
    #expect(TextKernels.lower(column)[0] == .string(text == "ΣΑΣ" ? text.lowercased() : lower))
    #expect(TextKernels.upper(column).all == [.string(upper), .null])
  }

  @Test("every ASCII character changes case as the standard library says", arguments: [1, 12, 13, 40])
  func everyASCII(length: Int) {
    let texts = (0..<128).map { String(repeating: String(Unicode.Scalar(UInt8($0))), count: length) }
    #expect(TextKernels.lower(Column(texts)).all == texts.map { .string($0.lowercased()) })
    #expect(TextKernels.upper(Column(texts)).all == texts.map { .string($0.uppercased()) })
  }

  @Test(
    "trims white space as Unicode has it",
    arguments: [
      ("", ""), ("  ", ""), (" a ", "a"), ("\t\n\u{B}\u{C}\r x y \u{85}", "x y"), ("\u{A0}é\u{3000}", "é"),
      ("\u{200B}a", "\u{200B}a"), ("a", "a"), ("\u{2003}a text that does not fit a view\u{2028}", long),
      ("   short  in  a  long  one   ", "short  in  a  long  one"), ("                    tiny", "tiny"),
      ("\u{FEFF}", "\u{FEFF}"),
    ])
  func trims(text: String, expected: String) {
    #expect(TextKernels.trim(Column([text, nil])).all == [.string(expected), .null])
  }

  @Test(
    "counts code points",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 2), ("日本", 2), ("👩‍👩‍👧", 5), (long, 31), ("\0", 1),
    ] as [(String, Int64)])
  func counts(text: String, expected: Int64) {
    #expect(TextKernels.length(Column([text, nil])).all == [.int(expected), .null])
  }

  @Test(
    "substr counts from 1, and from the end below 0",
    arguments: [
      ("hello", 1, nil, "hello"), ("hello", 2, 3, "ell"), ("hello", 2, nil, "ello"), ("hello", 5, 9, "o"),
      ("hello", 6, nil, ""), ("hello", 99, 2, ""), ("hello", 2, 0, ""), ("hello", 2, -1, ""),
      ("hello", 0, nil, "hello"),
      ("hello", 0, 2, "h"), ("hello", -1, nil, "o"), ("hello", -3, 2, "ll"), ("hello", -9, 2, "he"),
      ("hello", .min, .max, "hello"), ("hello", .max, .max, ""), ("hello", 1, .max, "hello"), ("", 1, 1, ""),
      ("", -1, 1, ""),
      ("日本語x", 2, 2, "本語"), ("日本語x", -2, nil, "語x"), ("日本語x", 4, 5, "x"), ("日本語x", 5, 5, ""), ("é", 2, nil, ""),
      (long, 3, 20, "text that does not f"), (long, 3, 4, "text"), (long, -4, nil, "view"), (long, 1, 31, long),
      ("überlänge: ein langer Text", 2, 20, "berlänge: ein langer"),
    ] as [(String, Int64, Int64?, String)])
  func slices(text: String, start: Int64, length: Int64?, expected: String) throws {
    let arguments = [Column([text]), Column([start])] + (length.map { [Column([$0])] } ?? [])
    #expect(try ScalarFunction("substr").definition.compute(arguments, .string).all == [.string(expected)])
  }

  @Test("substr and trim share the blocks of their column")
  func sharedBlocks() {
    let column = Column([TextKernelsTests.long])
    let part = TextKernels.slice(column, Column([3 as Int64]), nil)
    #expect(part.strings.blocks.map(ObjectIdentifier.init) == column.strings.blocks.map(ObjectIdentifier.init))
  }

  @Test(
    "replaces each occurrence from left to right",
    arguments: [
      ("banana", "an", "AN", "bANANa"), ("aaa", "aa", "b", "ba"), ("abc", "", "x", "abc"), ("abc", "x", "y", "abc"),
      ("abc", "abc", "", ""), ("aaaa", "a", "", ""), ("", "a", "b", ""), ("a", "ab", "x", "a"),
      ("aé日é", "é", "e", "ae日e"),
      (long, "t", "TT", "a TTexTT TThaTT does noTT fiTT a view"), (long, "zz", "", long),
      (long, " a view", "", "a text that does not fit"),
      ("x", "x", long, long), ("xx", "x", long, long + long), ("aab", "ab", "c", "ac"),
    ])
  func replaces(text: String, search: String, replacement: String, expected: String) {
    let columns = [text, search, replacement].map { Column([$0, nil, $0]) }
    #expect(
      TextKernels.replace(columns[0], columns[1], columns[2]).all == [.string(expected), .null, .string(expected)])
  }

  @Test("replaced and untouched long strings lie in their own blocks")
  func replacesSome() {
    let texts = (0..<100).map { $0 % 3 == 0 ? TextKernelsTests.long + "\($0)" : "another text without it \($0)" }
    let search = Column(repeating: .string("does"), type: .string, count: 100)
    let other = Column(repeating: .string("did"), type: .string, count: 100)
    let result = TextKernels.replace(Column(texts), search, other)
    for (row, text) in texts.enumerated() {
      #expect(result[row] == .string(row % 3 == 0 ? "a text that did not fit a view\(row)" : text))
    }
  }

  @Test(
    "puts texts together, null if either is",
    arguments: [
      ("a", "b"), ("", ""), ("six by", "te six"), ("six by", "te seven"), (long, ""), ("", long), (long, long),
      ("é", "日"),
    ])
  func concatenates(left: String, right: String) {
    let joined = TextKernels.concatenate(Column([left, left, nil, nil]), Column([right, nil, right, nil]))
    #expect(joined.all == [.string(left + right), .null, .null, .null])
  }

  @Test(
    "contains, begins with and ends with",
    arguments: [
      ("hello", "ell", true, false, false), ("hello", "he", true, true, false), ("hello", "lo", true, false, true),
      ("hello", "", true, true, true), ("", "", true, true, true), ("", "a", false, false, false),
      ("hello", "hello", true, true, true), ("hello", "hello!", false, false, false), ("a%b", "%", true, false, false),
      ("a_b", "_b", true, false, true), ("aab", "ab", true, false, true), (long, "not fit a", true, false, false),
      (long, "a text that does", true, true, false), (long, " fit a view", true, false, true),
      ("日本", "本", true, false, true),
      ("ababac", "abac", true, false, true), ("Hello", "hello", false, false, false),
    ])
  func finds(text: String, part: String, contains: Bool, starts: Bool, ends: Bool) throws {
    let arguments = [Column([text, nil, text]), Column([part, part, nil])]
    for (function, expected) in [
      ("contains" as ScalarFunction, contains), ("starts_with", starts), ("ends_with", ends),
    ] {
      #expect(
        try function.definition.compute(arguments, .bool).all == [.bool(expected), .null, .null], "\(function)")
    }
  }

  @Test(
    "like",
    arguments: [
      ("", "", true), ("", "%", true), ("", "_", false), ("a", "", false), ("abc", "abc", true), ("abc", "ab", false),
      ("abc", "a_c", true), ("abc", "___", true), ("abc", "__", false), ("abc", "%c", true), ("abc", "a%", true),
      ("abc", "%b%", true), ("abc", "%%", true), ("abc", "a%b%c", true), ("ab", "a%b%c", false),
      ("aba", "aba%aba", false),
      ("abaaba", "aba%aba", true), ("日本語", "_本_", true), ("日本語", "__", false), ("日本語", "%語", true), ("日本語", "%_", true),
      ("é", "_", true), ("é", "__", false), ("xéy", "x%_y", true), ("mississippi", "m%iss%ip%i", true),
      ("mississippi", "%iss%iss%iss%", false), ("aaa", "%a_", true), ("aXbXc", "%_b_%", true), ("a%c", "a%c", true),
      ("A", "a", false), ("ab", "%a_b", false), ("aacb", "%a_b", true), (long, "a%does%view", true),
      (long, "%that _oes%", true),
      ("日x", "%_x", true), ("x", "%_x", false),
    ])
  func like(text: String, pattern: String, expected: Bool) {
    #expect(TextKernels.match(Column([text]), Column([pattern]), TextPattern.init(like:)).all == [.bool(expected)])
  }

  /// The definition, which tries every place for each `%`.
  private static func matches(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let head = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if head == "%" { return (0...text.count).contains { matches(text.dropFirst($0), rest) } }
    guard let first = text.first, head == "_" || head == first else { return false }
    return matches(text.dropFirst(), rest)
  }

  @Test("like agrees with its definition on random texts and patterns")
  func likeByDefinition() {
    var random = SplitMix64(seed: 11)
    func text(_ letters: [Unicode.Scalar], _ longest: Int) -> [Unicode.Scalar] {
      (0..<Int.random(in: 0...longest, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      }
    }
    var found = 0
    for _ in 0..<5000 {
      let subject = text(["a", "b", "é", "日"], 20)
      let pattern = text(["a", "b", "é", "_", "%", "%"], 7)
      let columns = [subject, pattern].map { Column([String(String.UnicodeScalarView($0))]) }
      let expected = TextKernelsTests.matches(subject[...], pattern[...])
      let actual = TextKernels.match(columns[0], columns[1], TextPattern.init(like:))[0]
      #expect(actual == .bool(expected), "\(columns[0][0]) like \(columns[1][0])")
      if expected { found += 1 }
    }
    #expect(found > 300 && found < 4700)
  }

  @Test("patterns may differ from row to row")
  func patterns() {
    let texts = Column(["abc", "abc", "abc", nil, "x"])
    let patterns = Column(["a%", "a%", "b%", "a%", "a%"])
    #expect(
      TextKernels.match(texts, patterns, TextPattern.init(like:)).printed == ["true", "true", "false", "null", "false"])
  }

  @Test("a null's slot may hold a long string")
  func nullSlots() {
    let column = Column([TextKernelsTests.long, "b"]).masked(by: Bitmap([false, true]))
    #expect(TextKernels.upper(column).printed == ["null", "B"])
    #expect(TextKernels.trim(column).printed == ["null", "b"])
    #expect([0, 1].withUnsafeBufferPointer { RowKernels.take(column, $0) }.printed == ["null", "b"])
  }
}
