extension Parser {
  /// A frame of a window, if one comes: `range between interval '7' day preceding and current row`.
  mutating func rangeFrame(orderCount: Int) throws -> RangeFrame? {
    let word = current
    for other in ["rows", "groups"] where isWord(word, other) {
      throw LazyFrameError(
        .unsupported, "a frame of \(other) is not known, only one of time: range between …",
        hint: "rolling_sum(x, 3, 1) is the sum of the row and the two above it", span: word.span)
    }
    guard isWord(word, "range") else { return nil }
    advance()
    var start: (edge: RangeFrame.Edge, rank: Int)
    var end: (edge: RangeFrame.Edge, rank: Int) = (.current, 0)
    if take(.keyword(.between)) {
      start = try frameEdge()
      guard take(.operation(.and)) else {
        throw unexpected("'and'", hint: "a frame is written: range between interval '7' day preceding and current row")
      }
      end = try frameEdge()
    } else {
      start = try frameEdge()
    }
    let span = SourceSpan(start: word.start, end: previous?.end ?? word.end)
    guard start.rank <= end.rank, start.rank < 2, end.rank > -2 else {
      throw LazyFrameError(.syntax, "the frame ends before it begins", hint: "the earlier end comes first", span: span)
    }
    guard orderCount == 1 else {
      throw LazyFrameError(
        .syntax,
        "a range frame needs one time to order by, and there \(orderCount == 0 ? "is none" : "are \(orderCount)")",
        hint: "a window with a frame is written: over (partition by k order by t range between … and …)", span: span)
    }
    return RangeFrame(start: start.edge, end: end.edge)
  }

  /// An end of a frame, and where it lies: -2 before all rows, -1 before the row, 0 at it, 1 and 2 behind.
  private mutating func frameEdge() throws -> (edge: RangeFrame.Edge, rank: Int) {
    if isWord(current, "current") {
      advance()
      guard isWord(current, "row") else { throw unexpected("'row'") }
      advance()
      return (.current, 0)
    }
    if isWord(current, "unbounded") {
      advance()
      return (.unbounded, try isPreceding() ? -2 : 2)
    }
    guard isWord(current, "interval") else {
      throw unexpected(
        "'interval', 'current row' or 'unbounded'", hint: "a length of time is written: interval '7' day")
    }
    advance()
    let text = try frameInterval()
    return try isPreceding() ? (.preceding(text), -1) : (.following(text), 1)
  }

  private mutating func isPreceding() throws -> Bool {
    for word in ["preceding", "following"] where isWord(current, word) {
      advance()
      return word == "preceding"
    }
    throw unexpected("'preceding' or 'following'")
  }

  /// `'7' day`, `7 day`, `'7 days'` or `'7d'`, as `7d`.
  private mutating func frameInterval() throws -> String {
    let token = current
    var text: String
    switch token.kind {
    case .text(let quoted): text = quoted
    case .integer: text = source(token)
    default: throw unexpected("a length of time", hint: "it is written: interval '7' day")
    }
    advance()
    if case .name(let name) = current.kind, !["preceding", "following"].contains(name.lowercased()) {
      text += " \(name)"
      advance()
    }
    let words = text.split(separator: " ")
    if words.count == 2, let unit = TimeUnit(word: words[1].lowercased()) { text = "\(words[0])\(unit.sign)" }
    guard let interval = CalendarInterval(text), interval.isWindow, interval.unit == nil else {
      throw LazyFrameError(
        .syntax, "a frame needs a length of time of one kind of unit that is more than nothing, and not '\(text)'",
        hint: "it is written: interval '7' day", span: SourceSpan(start: token.start, end: previous?.end ?? token.end))
    }
    return text
  }
}

extension TimeUnit {
  /// The unit of a word such as `day` or `days`.
  fileprivate init?(word: String) {
    self.init(rawValue: word.hasSuffix("s") ? String(word.dropLast()) : word)
  }
}
