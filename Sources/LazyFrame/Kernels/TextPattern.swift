/// A pattern that texts are held against, in SQL's form: `%` is any text, `_` any one code point, anything else itself.
///
/// The pattern is cut at its `%` into runs that each stand for a known number of code points. The first run must lie at
/// the beginning and the last at the end. Those between are looked for from left to right, each as early as possible:
/// if a match exists, there is one with the earliest places, so nothing is ever tried twice.
///
///     'a%b_c%d'      a │ … b_c … │ d
///                    at the start   at the end
struct TextPattern {
  /// A piece between two `%`.
  private struct Run {
    /// The bytes of UTF-8; a code point that may be any is `anyScalar`.
    let elements: [UInt16]
    /// The same as plain bytes where no code point is open.
    let literal: [UInt8]?

    static let anyScalar: UInt16 = 256

    init(_ elements: [UInt16]) {
      self.elements = elements
      literal = elements.contains(Run.anyScalar) ? nil : elements.map { UInt8(truncatingIfNeeded: $0) }
    }
  }

  /// At least one; a pattern without `%` has exactly one, which is the whole text.
  private let runs: [Run]

  /// The SQL pattern.
  init(like pattern: UnsafeRawBufferPointer) {
    runs = pattern.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).map { run in
      Run(run.map { $0 == UInt8(ascii: "_") ? Run.anyScalar : UInt16($0) })
    }
  }

  /// Texts in which a text occurs.
  init(containing text: UnsafeRawBufferPointer) { runs = [Run([]), Run(text.map(UInt16.init)), Run([])] }

  /// Texts that begin with a text.
  init(startingWith text: UnsafeRawBufferPointer) { runs = [Run(text.map(UInt16.init)), Run([])] }

  /// Texts that end with a text.
  init(endingWith text: UnsafeRawBufferPointer) { runs = [Run([]), Run(text.map(UInt16.init))] }

  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    guard var at = TextPattern.end(of: runs[0], in: text, at: 0) else { return false }
    if runs.count == 1 { return at == text.count }
    guard let tail = TextPattern.start(of: runs[runs.count - 1], in: text), tail >= at else { return false }
    let middle = UnsafeRawBufferPointer(rebasing: text[..<tail])
    for run in runs[1..<(runs.count - 1)] {
      guard let end = TextPattern.find(run, in: middle, from: at) else { return false }
      at = end
    }
    return true
  }

  /// The end of the run if it lies at `start`.
  private static func end(of run: Run, in text: UnsafeRawBufferPointer, at start: Int) -> Int? {
    if let literal = run.literal {
      return literal.withUnsafeBytes { text.hasBytes($0, at: start) } ? start + literal.count : nil
    }
    var at = start
    for element in run.elements {
      guard at < text.count else { return nil }
      if element == Run.anyScalar {
        at = text.scalarEnd(at)
      } else if UInt16(text[at]) == element {
        at += 1
      } else {
        return nil
      }
    }
    return at
  }

  /// The start of the run if the text ends with it.
  private static func start(of run: Run, in text: UnsafeRawBufferPointer) -> Int? {
    if let literal = run.literal {
      let start = text.count - literal.count
      return literal.withUnsafeBytes { text.hasBytes($0, at: start) } ? start : nil
    }
    var at = text.count
    for element in run.elements.reversed() {
      guard at > 0 else { return nil }
      if element == Run.anyScalar {
        at = text.scalarStart(before: at)
      } else if UInt16(text[at - 1]) == element {
        at -= 1
      } else {
        return nil
      }
    }
    return at
  }

  /// The end of the run's first occurrence from `start` on.
  private static func find(_ run: Run, in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    if let literal = run.literal {
      if literal.isEmpty { return start }
      return literal.withUnsafeBytes { text.firstIndex(of: $0, from: start) }.map { $0 + literal.count }
    }
    var at = start
    while at < text.count {
      if let end = end(of: run, in: text, at: at) { return end }
      at = text.scalarEnd(at)
    }
    return nil
  }
}
