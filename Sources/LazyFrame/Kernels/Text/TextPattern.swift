import Columnar

/// A pattern that texts are held against, in SQL's form: `%` is any text, `_` any one code point, anything else itself.
///
/// The pattern is cut at its `%` into runs that each stand for a known number of code points. The first run must lie at
/// the beginning and the last at the end. Those between are looked for from left to right, each as early as possible:
/// if a match exists, there is one with the earliest places, so nothing is ever tried twice.
///
///     'a%b_c%d'      a │ … b_c … │ d
///                    at the start   at the end
struct TextPattern {
  /// A piece between two `%`: bytes of the pattern.
  private struct Run: BitwiseCopyable, Sendable {
    let start: Int
    let count: Int
    /// Whether `_` stands for any code point; else it stands for itself.
    let isOpen: Bool
  }

  /// The pattern's bytes.
  private let bytes: Buffer<UInt8>
  /// At least one; a pattern without `%` has exactly one, which is the whole text.
  private let runs: Buffer<Run>

  private init(_ pattern: UnsafeRawBufferPointer, _ runs: [Run]) {
    bytes = Buffer(pattern)
    self.runs = Buffer(runs)
  }

  /// The SQL pattern.
  init(like pattern: UnsafeRawBufferPointer) {
    let pieces = pattern.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
    let runs = pieces.map { Run(start: $0.startIndex, count: $0.count, isOpen: $0.contains(UInt8(ascii: "_"))) }
    self.init(pattern, runs)
  }

  /// Texts in which a text occurs.
  init(containing text: UnsafeRawBufferPointer) {
    self.init(text, [TextPattern.nothing, TextPattern.whole(text), TextPattern.nothing])
  }

  /// Texts that begin with a text.
  init(startingWith text: UnsafeRawBufferPointer) { self.init(text, [TextPattern.whole(text), TextPattern.nothing]) }

  /// Texts that end with a text.
  init(endingWith text: UnsafeRawBufferPointer) { self.init(text, [TextPattern.nothing, TextPattern.whole(text)]) }

  private static let nothing = Run(start: 0, count: 0, isOpen: false)

  private static func whole(_ text: UnsafeRawBufferPointer) -> Run { Run(start: 0, count: text.count, isOpen: false) }

  private func text(of run: Run) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: bytes.pointer + run.start, count: run.count)
  }

  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    let runs = runs.pointer
    let last = self.runs.count - 1
    guard var at = end(of: runs[0], in: text, at: 0) else { return false }
    if last == 0 { return at == text.count }
    guard let tail = start(of: runs[last], in: text), tail >= at else { return false }
    let middle = UnsafeRawBufferPointer(rebasing: text[..<tail])
    for index in 1..<last {
      guard let end = find(runs[index], in: middle, from: at) else { return false }
      at = end
    }
    return true
  }

  /// The end of the run if it lies at `start`.
  private func end(of run: Run, in text: UnsafeRawBufferPointer, at start: Int) -> Int? {
    let wanted = self.text(of: run)
    if !run.isOpen { return text.hasBytes(wanted, at: start) ? start + run.count : nil }
    var at = start
    for byte in wanted {
      guard at < text.count else { return nil }
      if byte == UInt8(ascii: "_") {
        at = text.scalarEnd(at)
      } else if text[at] == byte {
        at += 1
      } else {
        return nil
      }
    }
    return at
  }

  /// The start of the run if the text ends with it.
  private func start(of run: Run, in text: UnsafeRawBufferPointer) -> Int? {
    let wanted = self.text(of: run)
    if !run.isOpen { return text.hasBytes(wanted, at: text.count - run.count) ? text.count - run.count : nil }
    var at = text.count
    for byte in wanted.reversed() {
      guard at > 0 else { return nil }
      if byte == UInt8(ascii: "_") {
        at = text.scalarStart(before: at)
      } else if text[at - 1] == byte {
        at -= 1
      } else {
        return nil
      }
    }
    return at
  }

  /// The end of the run's first occurrence from `start` on.
  private func find(_ run: Run, in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    if run.count == 0 { return start }
    if !run.isOpen { return text.firstIndex(of: self.text(of: run), from: start).map { $0 + run.count } }
    var at = start
    while at < text.count {
      if let end = end(of: run, in: text, at: at) { return end }
      at = text.scalarEnd(at)
    }
    return nil
  }
}
