import Columnar
import Synchronization

/// A pattern in Perl's syntax, as PCRE2 reads it (pcre2pattern(3)), made ready to match UTF-8. `\w`, `\d`, `\b` and
/// classes such as `[:alpha:]` go by Unicode.
///
/// Compiling takes far longer than a match, so ready patterns are kept and shared by all threads:
///
///     pattern ── prepared ──▶ RegularExpression  (one for all threads, never changed)
///                                    │
///                              withMatches ──▶ RegularExpressionMatches  (one for each batch: where the last match was)
final class RegularExpression: @unchecked Sendable {
  // Sendable: nothing changes after init, and PCRE2 only reads a compiled pattern when it matches.
  let pattern: String
  /// How many groups in parentheses there are; the whole match, group 0, is not counted.
  let groupCount: Int
  fileprivate let library: PCRE2
  fileprivate let code: PCRE2.Code
  fileprivate let isMachineCode: Bool

  private static let ready = Mutex<[String: RegularExpression]>([:])

  /// The pattern, ready to match.
  ///
  /// - Throws: `LazyFrameError` when the pattern cannot be read, or PCRE2 is not installed.
  static func prepared(_ pattern: String) throws -> RegularExpression {
    if let known = ready.withLock({ $0[pattern] }) { return known }
    let made = try RegularExpression(pattern, PCRE2.installed.get())
    ready.withLock { ready in
      // A program that makes new patterns all the time must not fill the memory with them.
      if ready.count >= 100 { ready.removeAll() }
      ready[pattern] = made
    }
    return made
  }

  private init(_ pattern: String, _ library: PCRE2) throws {
    var (error, offset): (Int32, Int) = (0, 0)
    var text = pattern
    let code = text.withUTF8 { text in
      let options = PCRE2.utf | PCRE2.unicodeClasses | PCRE2.neverSingleUnit
      return library.compile(text.baseAddress, text.count, options, &error, &offset, nil)
    }
    guard let code else {
      let place = LazyFrameError(.pattern, "", span: SourceSpan(start: offset, end: offset + 1))
      throw LazyFrameError(
        .pattern, "the regular expression cannot be read: \(library.text(of: error))", hint: place.placed(in: pattern))
    }
    self.pattern = pattern
    self.library = library
    self.code = code
    // Where there is no compiler for this processor, PCRE2 interprets.
    isMachineCode = library.compileToMachineCode(code, PCRE2.completeMatch) == 0
    var count: UInt32 = 0
    _ = library.information(code, PCRE2.captureCount, &count)
    groupCount = Int(count)
  }

  deinit {
    library.freeCode(code)
  }

  /// The number of a named group, or nil.
  func group(named name: String) -> Int? {
    let number = Array(name.utf8 + [0]).withUnsafeBufferPointer { name in
      name.baseAddress.map { library.groupNumber(code, $0) } ?? -1
    }
    return number > 0 ? Int(number) : nil
  }

  /// Calls `body` with what finds matches, which is valid only inside.
  func withMatches<Result>(_ body: (RegularExpressionMatches) throws -> Result) throws -> Result {
    guard let data = library.makeMatchData(code, nil) else {
      throw LazyFrameError(.pattern, "there is no memory to match the regular expression \(pattern)")
    }
    defer { library.freeMatchData(data) }
    return try withExtendedLifetime(self) {
      try body(RegularExpressionMatches(expression: self, data: data, offsets: library.offsets(data)))
    }
  }
}

/// Finds matches of one pattern, one after the other, in one thread.
struct RegularExpressionMatches {
  fileprivate let expression: RegularExpression
  fileprivate let data: PCRE2.MatchData
  /// The start and the end of the last match, then those of each group; -1 where it took no part.
  fileprivate let offsets: UnsafeMutablePointer<Int>

  /// Whether a match begins at `start` or later. An empty one at `start` itself may be left out.
  ///
  /// - Throws: when it takes too many steps to find out.
  @inline(__always)
  func find(in text: UnsafeRawBufferPointer, from start: Int = 0, notEmptyAtStart: Bool = false) throws -> Bool {
    // An empty text may lie nowhere, but PCRE2 wants an address.
    let bytes = (text.baseAddress ?? UnsafeRawPointer(offsets)).assumingMemoryBound(to: UInt8.self)
    let library = expression.library
    let options = notEmptyAtStart ? PCRE2.notEmptyAtStart : 0
    var result: Int32 = PCRE2.machineStackLimit
    if expression.isMachineCode {
      result = library.matchByMachineCode(
        expression.code, bytes, text.count, start, options, data, library.limits)
    }
    if result == PCRE2.machineStackLimit {
      // Machine code has a small stack; the interpreter takes memory from the heap.
      let interpreted = options | PCRE2.noUTFCheck | PCRE2.noMachineCode
      result = library.match(expression.code, bytes, text.count, start, interpreted, data, library.limits)
    }
    if result == PCRE2.noMatch { return false }
    guard result >= 0 else {
      throw LazyFrameError(
        .pattern,
        "the regular expression \(expression.pattern) is given up on a text of \(text.count) bytes: "
          + library.text(of: result),
        hint: "nested repetitions such as (a+)+ take ever longer: write them as one")
    }
    return true
  }

  /// The bytes of the last match (0), or of one of its groups, or nil.
  func range(_ group: Int = 0) -> Range<Int>? {
    let (start, end) = (offsets[2 * group], offsets[2 * group + 1])
    // \K can put the start of a match behind its end.
    return start >= 0 ? min(start, end)..<end : nil
  }

  /// Calls `body` after each match in a text, from left to right.
  func forEach(in text: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) throws {
    var (start, wasEmpty) = (0, false)
    while try find(in: text, from: start, notEmptyAtStart: wasEmpty), let match = range() {
      body(match)
      (start, wasEmpty) = (match.upperBound, match.isEmpty)
    }
  }
}
