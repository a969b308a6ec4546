/// Cuts the text of an expression into tokens.
struct Lexer {
  private let scalars: String.UnicodeScalarView
  private var index: String.UnicodeScalarView.Index
  private var offset = 0

  /// The tokens of a text; the last one is `end`. Throws at a sign that means nothing and at a quote without its pair.
  static func tokens(of text: String) throws -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private init(_ text: String) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  private var current: Unicode.Scalar? { index < scalars.endIndex ? scalars[index] : nil }

  private func following() -> Unicode.Scalar? {
    guard index < scalars.endIndex else { return nil }
    let after = scalars.index(after: index)
    return after < scalars.endIndex ? scalars[after] : nil
  }

  private mutating func advance() {
    guard let current else { return }
    offset += Unicode.UTF8.width(current)
    index = scalars.index(after: index)
  }

  private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
    while let current, condition(current) { advance() }
  }

  private mutating func next() throws -> Token {
    skip { $0.properties.isWhitespace }
    let start = offset
    let kind = try kind()
    return Token(kind: kind, start: start, end: offset)
  }

  private mutating func kind() throws -> Token.Kind {
    guard let current else { return .end }
    switch current {
    case "'": return .text(try quoted("'", "the text"))
    case "\"": return .quotedName(try quoted("\"", "the name"))
    case "0"..."9": return try number()
    case ".":
      if let following = following(), Lexer.isDigit(following) { return try number() }
      return try sign()
    default: return Lexer.startsName(current) ? word() : try sign()
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  private static func startsName(_ scalar: Unicode.Scalar) -> Bool { scalar == "_" || scalar.properties.isXIDStart }
  private static func continuesName(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isXIDContinue }

  // MARK: Words and numbers

  private mutating func word() -> Token.Kind {
    let start = index
    skip(while: Lexer.continuesName)
    let word = String(scalars[start..<index])
    let lowercased = word.lowercased()
    if let keyword = Keyword(rawValue: lowercased) { return .keyword(keyword) }
    switch BinaryOperator(rawValue: lowercased) {
    case .and: return .operation(.and)
    case .or: return .operation(.or)
    default: return .name(word)
    }
  }

  private mutating func number() throws -> Token.Kind {
    let start = (index: index, offset: offset)
    var kind = Token.Kind.integer
    skip(while: Lexer.isDigit)
    if current == "." {
      kind = .real
      advance()
      skip(while: Lexer.isDigit)
    }
    if current == "e" || current == "E" {
      kind = .real
      advance()
      if current == "+" || current == "-" { advance() }
      guard let current, Lexer.isDigit(current) else { throw malformedNumber(from: start) }
      skip(while: Lexer.isDigit)
    }
    // Two numbers without a space, such as 1.2.3, are a mistake too.
    if let current, current == "." || Lexer.continuesName(current) { throw malformedNumber(from: start) }
    return kind
  }

  private mutating func malformedNumber(from start: (index: String.Index, offset: Int)) -> LazyFrameError {
    skip { $0 == "." || Lexer.continuesName($0) }
    let text = String(scalars[start.index..<index])
    return LazyFrameError(
      .syntax, "'\(text)' is neither a number nor a name",
      hint: "a name that begins with a digit is quoted: \"\(text)\"",
      span: SourceSpan(start: start.offset, end: offset))
  }

  // MARK: Quotes

  /// What stands between two quotes; a doubled quote inside stands for one.
  private mutating func quoted(_ quote: Unicode.Scalar, _ what: String) throws -> String {
    let start = offset
    var text = String.UnicodeScalarView()
    advance()
    while let scalar = current {
      advance()
      guard scalar == quote else {
        text.append(scalar)
        continue
      }
      guard current == quote else { return String(text) }
      text.append(quote)
      advance()
    }
    throw LazyFrameError(
      .syntax, "\(what) that begins here is never closed: \(quote) is missing",
      hint: "inside it, write \(quote)\(quote) for the sign itself", span: SourceSpan(start: start, end: offset))
  }

  // MARK: Signs

  private static let signs: [(text: String, kind: Token.Kind)] = [
    ("==", .operation(.equal)), ("!=", .operation(.notEqual)), ("<>", .operation(.notEqual)),
    ("<=", .operation(.lessOrEqual)), (">=", .operation(.greaterOrEqual)), ("||", .operation(.concatenate)),
    ("=", .operation(.equal)), ("<", .operation(.less)), (">", .operation(.greater)), ("+", .operation(.add)),
    ("-", .operation(.subtract)), ("*", .operation(.multiply)), ("/", .operation(.divide)),
    ("%", .operation(.remainder)), ("(", .leftParenthesis), (")", .rightParenthesis), (",", .comma), (":", .colon),
  ]

  /// Signs of other languages, and how this one says it.
  private static let foreignSigns: [(text: String, hint: String)] = [
    ("&", "write 'and'"), ("!", "write 'not'"), ("|", "write 'or', or '||' to join texts"), ("^", "write pow(x, y)"),
    (";", "expressions are separated by ','"), ("`", "names are quoted like \"this\""),
    ("[", "names are quoted like \"this\""),
    ("“", "write the plain quote \""), ("”", "write the plain quote \""), ("‘", "write the plain quote '"),
    ("’", "write the plain quote '"), ("−", "write the plain minus -"), ("–", "write the plain minus -"),
    (".", "a name with a dot in it is quoted: \"a.b\""), ("~", "write 'not' or 'like'"),
  ]

  private mutating func sign() throws -> Token.Kind {
    for sign in Lexer.signs where scalars[index...].starts(with: sign.text.unicodeScalars) {
      for _ in sign.text.unicodeScalars { advance() }
      return sign.kind
    }
    let start = offset
    let text = current.map(Lexer.printable) ?? ""
    advance()
    throw LazyFrameError(
      .syntax, "\(text) means nothing in an expression",
      hint: Lexer.foreignSigns.first { "'\($0.text)'" == text }?.hint,
      span: SourceSpan(start: start, end: offset))
  }

  /// The sign in quotes, or its number where it cannot be seen.
  private static func printable(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .nonspacingMark, .enclosingMark, .spacingMark:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "the character U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    default: return "'\(scalar)'"
    }
  }
}
