/// A word or a sign of the expression language, and where it stands.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A plain word: a column, a function or a type.
    case name(String)
    /// A word in double quotes, which is always a column or an alias.
    case quotedName(String)
    case integer
    case real
    /// A text in single quotes, without them.
    case text(String)
    case keyword(Keyword)
    case operation(BinaryOperator)
    case leftParenthesis
    case rightParenthesis
    case comma
    case colon
    case end
  }

  let kind: Kind
  /// Offsets of UTF-8 bytes.
  let start: Int
  let end: Int

  var span: SourceSpan { SourceSpan(start: start, end: end) }
}

/// A word that cannot be a name unless it is quoted. `and` and `or` are reserved too, as operators.
enum Keyword: String, CaseIterable, Sendable {
  case not, `in`, `is`, null, `true`, `false`, `case`, when, then, `else`, end, between, like, cast, `as`

  /// Whether a word must be quoted to be a name, in whatever case it is written.
  static func isReserved(_ word: String) -> Bool {
    let word = word.lowercased()
    return Keyword(rawValue: word) != nil || word == BinaryOperator.and.rawValue || word == BinaryOperator.or.rawValue
  }
}
