/// Reads expressions from tokens by recursive descent; operators by precedence climbing.
///
/// ```
/// list       = item { "," item }                      item = expression [ "as" name ] | "*"
/// sort keys  = key { "," key }                        key  = expression [ ":" ( "asc" | "desc" ) ]
///
/// loosest    or
///            and
///            not x
///            = <> < <= > >=   in   between   like   is null
///            + - ||
///            * / %
/// tightest   -x
///
/// windowed   = primary { "over" "(" [ "partition" "by" list ] [ "order" "by" key { "," key } ] ")" }
/// primary    = number | 'text' | date 'text' | datetime 'text' | null | true | false | name | "(" expression ")"
///            | function "(" … ")" | case … end | ( cast | strict_cast ) "(" expression "as" type ")"
/// ```
///
/// Comparisons do not chain: `a < b < c` means different things in different languages, so it is refused.
/// Both the recursion and the height of what is built are bounded, because whatever walks an expression recurses too.
struct Parser {
  /// How many expressions may lie inside each other.
  static let maximumDepth = 200
  /// How many nodes may lie on the way from the top to a leaf: a sum of 1000 columns is that high.
  static let maximumHeight = 1000

  let text: String
  let tokens: [Token]
  private(set) var index = 0
  var depth = 0
  /// The aggregates of the current item that have several arguments, each of which stands for an expression.
  var lists: [Expression] = []

  init(_ text: String) throws {
    self.text = text
    tokens = try Lexer.tokens(of: text)
  }

  /// A part that has been read: the expression, the bytes it took with its parentheses, and its height.
  struct Operand {
    let expression: Expression
    let start: Int
    let end: Int
    let height: Int
  }

  // MARK: Tokens

  /// The token to be read. The last one is `end`, which is never passed.
  var current: Token { tokens[index] }
  var previous: Token? { index > 0 ? tokens[index - 1] : nil }
  var following: Token? { index + 1 < tokens.count ? tokens[index + 1] : nil }

  mutating func advance() {
    if index + 1 < tokens.count { index += 1 }
  }

  /// Passes a token of this kind, if it is the next one.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  mutating func expect(_ keyword: Keyword) throws {
    guard take(.keyword(keyword)) else { throw unexpected("'\(keyword.rawValue)'") }
  }

  /// Passes the `(` that must stand here.
  mutating func open() throws -> Token {
    let token = current
    guard take(.leftParenthesis) else { throw unexpected("'('") }
    return token
  }

  // MARK: Nodes

  /// A node from `start` to the last token that was read.
  func operand(_ node: Expression.Node, from start: Int, over parts: Operand...) throws -> Operand {
    try operand(node, from: start, over: parts)
  }

  func operand(_ node: Expression.Node, from start: Int, over parts: [Operand]) throws -> Operand {
    let span = SourceSpan(start: start, end: previous?.end ?? start)
    let height = 1 + (parts.map(\.height).max() ?? 0)
    guard height <= Parser.maximumHeight else {
      throw LazyFrameError(
        .syntax, "more than \(Parser.maximumHeight) operators are stacked on each other",
        hint: "compute parts of it as columns of their own, or write x in (…) for many comparisons with 'or'",
        span: current.span)
    }
    let expression = Expression(.located(Expression(node), span))
    return Operand(expression: expression, start: span.start, end: span.end, height: height)
  }
}
