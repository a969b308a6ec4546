extension Parser {
  /// The whole text as a list of expressions with or without names.
  mutating func list() throws -> [Expression] {
    var expressions: [Expression] = []
    repeat { expressions += try item(allowsStar: true) } while take(.comma)
    try expectEnd("an operator, ','")
    return expressions
  }

  /// The whole text as one expression.
  mutating func single() throws -> Expression {
    let expressions = try item(allowsStar: false)
    try expectEnd("an operator")
    guard expressions.count == 1 else {
      throw LazyFrameError(
        .syntax, "\(lists[0]) stands for \(expressions.count) expressions, and only one can stand here",
        span: lists[0].span)
    }
    return expressions[0]
  }

  /// The whole text as sort keys.
  mutating func sortKeys() throws -> [SortKey] {
    var keys: [SortKey] = []
    repeat {
      lists = []
      let operand = try expression()
      let expressions = try expanded(operand.expression)
      let descending = try isDescending()
      let nullsFirst = try hasNullsFirst()
      keys += expressions.map { SortKey($0, descending: descending, nullsFirst: nullsFirst) }
    } while take(.comma)
    try expectEnd("an operator, ':desc', ','")
    return keys
  }

  mutating func isDescending() throws -> Bool {
    let hasColon = take(.colon)
    if let word = takeWord(of: ["asc", "desc"]) { return word == "desc" }
    if hasColon { throw unexpected("'asc' or 'desc'") }
    return false
  }

  /// `nulls first` or `nulls last`.
  mutating func hasNullsFirst() throws -> Bool {
    guard takeWord(of: ["nulls"]) != nil else { return false }
    guard let word = takeWord(of: ["first", "last"]) else { throw unexpected("'first' or 'last'") }
    return word == "first"
  }

  /// The current name in lower case, if it is one of these words.
  private mutating func takeWord(of words: Set<String>) -> String? {
    guard case .name(let name) = current.kind, words.contains(name.lowercased()) else { return nil }
    advance()
    return name.lowercased()
  }

  private mutating func item(allowsStar: Bool) throws -> [Expression] {
    lists = []
    let operand = allowsStar && isStar ? try star() : try expression()
    let expressions = try expanded(operand.expression)
    guard take(.keyword(.as)) else { return expressions }
    let name = try name()
    guard expressions.count == 1 else {
      throw LazyFrameError(
        .syntax, "the name \(Expression.identifier(name)) is given to \(expressions.count) expressions at once",
        hint: "write them one by one, each with its name", span: previous?.span)
    }
    return [try self.operand(.alias(expressions[0], name), from: operand.start, over: operand).expression]
  }

  private mutating func name() throws -> String {
    switch current.kind {
    case .name(let name), .quotedName(let name):
      advance()
      return name
    case .text(let text):
      throw unexpected("a name", hint: "single quotes are for texts: write \(Expression.identifier(text))")
    default: throw unexpected("a name", hint: reservedHint)
    }
  }
}
