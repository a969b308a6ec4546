import Columnar
import Foundation
import Testing

@testable import LazyFrame

@Suite("Regular expressions") struct PatternKernelsTests {
  private static func call(_ function: ScalarFunction, _ texts: [String?], _ constants: [Value]) throws -> [String] {
    let columns = constants.map { value in
      if case .int = value { return Column(repeating: value, type: .int64, count: texts.count) }
      return Column(repeating: value, type: .string, count: texts.count)
    }
    return try function.definition.compute([Column(texts)] + columns, .string).printed
  }

  @Test(
    "match anywhere in a text",
    arguments: [
      ("abc", "b", true), ("abc", "^b", false), ("abc", "c$", true), ("", "", true), ("", "^$", true), ("", "a", false),
      ("a\nb", "a.b", false), ("a\nb", "(?s)a.b", true), ("ÉTÉ", "(?i)été", true), ("日本語", "^...$", true),
      ("🙂", "^.$", true), ("e\u{301}", "^.$", false), ("é", "\\w", true), ("٣", "\\d", true),
      ("été!", "\\bété\\b", true),
      ("a text that does not fit a view", "does (?!fit)", true), ("a\0b", "a\\x00b", true), ("aa", "(a)\\1", true),
    ])
  func matches(text: String, pattern: String, expected: Bool) throws {
    #expect(try Self.call("regexp_matches", [text, nil], [.string(pattern)]) == ["\(expected)", "null"])
  }

  @Test(
    "count matches without overlap, empty ones too",
    arguments: [
      ("aaa", "aa", 1), ("abc", "", 4), ("", "", 1), ("é日🙂", "", 4), ("abxd", "x*", 5), ("a1b22", "\\d+", 2),
      ("a", "|a", 3),
      ("aaaa", "(?=a)", 4), ("no", "x", 0),
    ])
  func counts(text: String, pattern: String, expected: Int) throws {
    #expect(try Self.call("regexp_count", [text, nil], [.string(pattern)]) == ["\(expected)", "null"])
  }

  @Test(
    "extract groups; null where nothing matches or the group takes no part",
    arguments: [
      ("a=1", "(\\w)=(\\d)", 0, "a=1"), ("a=1", "(\\w)=(\\d)", 2, "1"), ("b", "(z)?b", 1, nil), ("x", "y", 0, nil),
      ("", "", 0, ""), ("a text that does not fit a view", "that (.*) a", 1, "does not fit"),
      ("a text that does not fit a view", "a (.*)", 1, "text that does not fit a view"), ("日本語", "本(.)", 1, "語"),
      ("abc", "a\\Kb", 0, "b"),
    ] as [(String, String, Int64, String?)])
  func extracts(text: String, pattern: String, group: Int64, expected: String?) throws {
    #expect(
      try Self.call("regexp_extract", [text, nil], [.string(pattern), .int(group)]) == [expected ?? "null", "null"])
  }

  @Test("a group that took no part has nothing of the row before")
  func staleGroups() throws {
    #expect(try Self.call("regexp_extract", ["zb", "b"], [.string("(z)?b"), .int(1)]) == ["z", "null"])
    #expect(try Self.call("regexp_extract", ["bz", "b", "bz"], [.string("(b)(z)?"), .int(2)]) == ["z", "null", "z"])
    #expect(try Self.call("regexp_replace", ["bz", "b"], [.string("b(z)?"), .string("<$1>")]) == ["<z>", "<>"])
  }

  @Test(
    "replace all matches or the first",
    arguments: [
      ("banana", "an", "AN", "bANANa", "bANana"), ("banana", "(a)(n)", "$2$1", "bnanaa", "bnaana"),
      ("abc", "", "-", "-a-b-c-", "-abc"), ("abxd", "x*", "-", "-a-b--d-", "-abxd"), ("é日", "", "|", "|é|日|", "|é日"),
      ("a.b", "\\.", "$$", "a$b", "a$b"), ("ab", "(?<first>a)(b)?", "${2}${first}", "ba", "ba"),
      ("b", "(a)?b", "<$1>", "<>", "<>"), ("none", "x", "y", "none", "none"),
      ("x10", "(\\d)(\\d)", "${1}0$2", "x100", "x100"),
      (
        "a text that does not fit a view", " \\w+ (?=a)", "_", "a text that does not_a view",
        "a text that does not_a view"
      ),
      ("aXbX", "\\w\\KX", "-", "a-b-", "a-bX"), ("", "^", "x", "x", "x"),
    ])
  func replaces(text: String, pattern: String, replacement: String, all: String, first: String) throws {
    let constants: [Value] = [.string(pattern), .string(replacement)]
    #expect(try Self.call("regexp_replace", [text, nil], constants) == [all, "null"])
    #expect(try Self.call("regexp_replace_first", [text, nil], constants) == [first, "null"])
  }

  @Test("untouched long texts keep their blocks among replaced ones")
  func replacesSome() throws {
    let texts = (0..<100).map { $0 % 3 == 0 ? "a text that does not fit \($0)" : "another text without it \($0)" }
    let result = try Self.call("regexp_replace", texts, [.string("d\\w+s"), .string("did")])
    #expect(result == texts.map { $0.replacing("does", with: "did") })
  }

  @Test("a match that takes too long is an error that names the pattern")
  func tooLong() throws {
    let text = String(repeating: "a", count: 40) + "b"
    let error = try #require(throws: LazyFrameError.self) {
      try Self.call("regexp_matches", [text], [.string("^(a+)+$")])
    }
    #expect(
      error.message == "the regular expression ^(a+)+$ is given up on a text of 41 bytes: match limit exceeded")
    #expect(error.hint == "nested repetitions such as (a+)+ take ever longer: write them as one")
  }

  @Test("a text that needs more stack than machine code has is matched all the same")
  func deep() throws {
    let text = String(repeating: "ab", count: 100_000)
    #expect(try Self.call("regexp_count", [text], [.string("^(?:a|ab|abc)*?(?:(b)|c)+?$|(x(?1)?y)|b$")]) == ["1"])
    #expect(try Self.call("regexp_matches", [text], [.string("^(?:(a)|(b))*$")]) == ["true"])
  }

  @Test("a library that is not there is named with its package")
  func missingLibrary() throws {
    let error = try #require(throws: LazyFrameError.self) { try PCRE2(library: "libpcre2-missing.so.0") }
    #expect(error.code == .missingLibrary)
    #expect(
      error.message == "regular expressions need the library PCRE2, and libpcre2-missing.so.0 cannot be loaded")
    #expect(error.hint == "install the Debian package libpcre2-8-0")
    // A library that lacks the functions.
    #expect(throws: LazyFrameError.self) { try PCRE2(library: "libc.so.6") }
  }

  @Test("threads share ready patterns, and each finds its own matches")
  func threads() throws {
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 200) { iteration in
      // More patterns than are kept, so that they are made and dropped all the time.
      let texts = (0..<50).map { "x\(iteration % 130)y\($0)z" }
      let pattern = "x\(iteration % 130)y(\\d+)z"
      let found = try? Self.call("regexp_extract", texts, [.string(pattern), .int(1)])
      if found != (0..<50).map(String.init) { failures.add() }
    }
    #expect(failures.count == 0)
  }

  private final class Failures: @unchecked Sendable {
    // Sendable: the count is only touched under the lock.
    private let lock = NSLock()
    private var total = 0
    var count: Int { lock.withLock { total } }
    func add() { lock.withLock { total += 1 } }
  }

  @Test("a filter by a pattern gives the same rows in one partition and in many")
  func inFrame() throws {
    let rows = (0..<2000).map { "\($0),item-\($0 * 7919 % 1000)" }
    try Fixtures.withFile("n,t\n" + rows.joined(separator: "\n") + "\n") { path in
      let expected = (0..<2000).filter { String($0 * 7919 % 1000).hasPrefix("12") }
      for size in [64, 4096, 1 << 20] {
        var options = CSVOptions()
        options.partitionSize = size
        let frame = try LazyFrame.scanCSV(path, options: options).filter(col("t").str.matches("-12\\d?$"))
        #expect(try frame.compute().values("n", as: Int.self) == expected.map { $0 })
      }
    }
  }
}
