extension Parser {
  /// The bytes of a token as they were written.
  func source(_ token: Token) -> String {
    let bytes = text.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: token.start)
    return String(text.unicodeScalars[start..<bytes.index(start, offsetBy: token.end - token.start)])
  }

  /// Where a token begins, counted in characters from 1.
  func column(of token: Token) -> Int {
    text.prefix(before: token.start) + 1
  }

  /// The token as a message shows it.
  func described(_ token: Token) -> String {
    switch token.kind {
    case .end: "the end"
    case .text, .quotedName: shortened(source(token))
    default: "'\(shortened(source(token)))'"
    }
  }

  private func shortened(_ text: String) -> String {
    text.count <= 30 ? text : text.prefix(29) + "…"
  }

  /// `expected … after …, found …` at the token to be read.
  func unexpected(_ wanted: String, hint: String? = nil) -> LazyFrameError {
    let place = previous.map { " after \(described($0))" } ?? ""
    return LazyFrameError(
      .syntax, "expected \(wanted)\(place), found \(described(current))", hint: hint, span: current.span)
  }

  /// How to use the next word as a name, if it is reserved.
  var reservedHint: String? {
    switch current.kind {
    case .keyword, .operation(.and), .operation(.or):
      let word = source(current)
      return "'\(word)' is a word of the language: a column of that name is written \"\(word)\""
    default: return nil
    }
  }

  /// Passes the `)` for this `(`.
  mutating func close(_ parenthesis: Token, or separator: String? = nil) throws {
    if take(.rightParenthesis) { return }
    switch current.kind {
    case .end, .comma, .colon:
      throw LazyFrameError(
        .syntax, "')' is missing for the '(' at column \(column(of: parenthesis))", span: current.span)
    default:
      let isDistinct = previous.map { source($0).lowercased() } == "distinct"
      throw unexpected(
        "an operator\(separator.map { ", \($0)" } ?? "") or ')'", hint: isDistinct ? "write count_distinct(x)" : nil)
    }
  }

  func expectEnd(_ wanted: String) throws {
    switch current.kind {
    case .end: return
    case .rightParenthesis: throw LazyFrameError(.syntax, "there is no '(' for this ')'", span: current.span)
    case .comma:
      throw LazyFrameError(
        .syntax, "expected one expression, found ','", hint: "only one can stand here", span: current.span)
    case .name(let word) where ["asc", "desc"].contains(word.lowercased()):
      throw unexpected("\(wanted) or the end", hint: "a sort key is written: key:\(word.lowercased())")
    case .name, .quotedName:
      throw unexpected("\(wanted) or the end", hint: "a name for the result is written: … as \(source(current))")
    default: throw unexpected("\(wanted) or the end", hint: nil)
    }
  }
}

extension String {
  /// How many characters begin before a byte.
  func prefix(before offset: Int) -> Int {
    var position = 0
    var count = 0
    for character in self {
      if position >= offset { break }
      position += character.utf8.count
      count += 1
    }
    return count
  }
}
