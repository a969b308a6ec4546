import Columnar
import TaskGraph

extension Parser {
  /// An operand without operators around it.
  mutating func primary() throws -> Operand {
    let token = current
    switch token.kind {
    case .integer, .real: return try number(sign: "", from: token.start)
    case .text(let text):
      advance()
      return try operand(.literal(.string(text)), from: token.start)
    case .keyword(.null): return try constant(.null)
    case .keyword(.true): return try constant(.bool(true))
    case .keyword(.false): return try constant(.bool(false))
    case .keyword(.case): return try choice()
    case .keyword(.cast): return try cast(strict: false)
    case .quotedName(let name):
      advance()
      return try operand(.column(name), from: token.start)
    case .name(let name):
      // No word of the language, so that a column can have this name without quotes.
      if name.lowercased() == "strict_cast", following?.kind == .leftParenthesis { return try cast(strict: true) }
      advance()
      if current.kind == .leftParenthesis { return try call(name.lowercased(), token) }
      if case .text(let text) = current.kind, let literal = TemporalLiteral(word: name) {
        return try moment(text, literal, from: token.start)
      }
      return try operand(.column(name), from: token.start)
    case .leftParenthesis: return try parenthesized()
    case .operation(.multiply):
      throw unexpected("an expression", hint: "'*' stands for all columns only alone in an aggregate: mean(*)")
    default: throw unexpected("an expression", hint: reservedHint)
    }
  }

  private mutating func constant(_ value: Value) throws -> Operand {
    advance()
    return try operand(.literal(value), from: previous?.start ?? 0)
  }

  /// The node keeps its own span; only what is built on it begins at the parenthesis.
  private mutating func parenthesized() throws -> Operand {
    let parenthesis = try open()
    let inner = try expression()
    try close(parenthesis)
    return Operand(
      expression: inner.expression, start: parenthesis.start, end: previous?.end ?? inner.end, height: inner.height)
  }

  // MARK: Constants

  /// The number that comes next, with a sign that was read before it.
  mutating func number(sign: String, from start: Int) throws -> Operand {
    let token = current
    let text = sign + source(token)
    advance()
    let span = SourceSpan(start: start, end: token.end)
    if token.kind == .integer {
      if Int64(text) == nil, let value = UInt64(text) { return try operand(.literal(.whole(value)), from: start) }
      guard let value = Int64(text) else {
        throw LazyFrameError(
          .syntax, "\(text) does not fit an integer of 64 bits", hint: "write it as a float: \(text).0", span: span)
      }
      return try operand(.literal(.int(value)), from: start)
    }
    guard let value = Double(text), value.isFinite else {
      throw LazyFrameError(
        .syntax, "\(text) does not fit a float of 64 bits", hint: "the largest is about 1.8e308", span: span)
    }
    return try operand(.literal(.double(value)), from: start)
  }

  private mutating func moment(_ text: String, _ literal: TemporalLiteral, from start: Int) throws -> Operand {
    guard let value = literal.value(text) else {
      throw LazyFrameError(
        .syntax, "'\(text)' is no \(literal.name)", hint: "write it like this: \(literal.example)", span: current.span)
    }
    advance()
    return try operand(.literal(value), from: start)
  }

  // MARK: case and cast

  private mutating func choice() throws -> Operand {
    let word = current
    advance()
    let subject = current.kind == .keyword(.when) ? nil : try expression()
    var branches: [Expression.Branch] = []
    var parts: [Operand] = subject.map { [$0] } ?? []
    guard current.kind == .keyword(.when) else { throw unexpected("'when'") }
    while take(.keyword(.when)) {
      var condition = try expression()
      if let subject {
        let equal = Expression.Node.binary(.equal, subject.expression, condition.expression)
        condition = try operand(equal, from: condition.start, over: subject, condition)
      }
      try expect(.then)
      let value = try expression()
      branches.append(Expression.Branch(condition: condition.expression, value: value.expression))
      parts += [condition, value]
    }
    let otherwise = take(.keyword(.else)) ? try expression() : nil
    if let otherwise { parts.append(otherwise) }
    guard take(.keyword(.end)) else {
      guard current.kind == .end else { throw unexpected(otherwise == nil ? "'when', 'else' or 'end'" : "'end'") }
      throw LazyFrameError(
        .syntax, "'end' is missing for the 'case' at column \(column(of: word))", span: current.span)
    }
    return try operand(.conditional(branches, otherwise: otherwise?.expression), from: word.start, over: parts)
  }

  private mutating func cast(strict: Bool) throws -> Operand {
    let word = current
    advance()
    let parenthesis = try open()
    let value = try expression()
    try expect(.as)
    let type = try type()
    try close(parenthesis)
    let node: Expression.Node = strict ? .strictCast(value.expression, type) : .cast(value.expression, type)
    return try operand(node, from: word.start, over: value)
  }

  private mutating func type() throws -> DType {
    var lists: [Token] = []
    while case .name(let name) = current.kind, name.lowercased() == "list", following?.kind == .leftParenthesis,
      lists.count < DType.nestingLimit
    {
      advance()
      lists.append(try open())
    }
    var type = try elementType()
    for parenthesis in lists.reversed() {
      try close(parenthesis)
      type = .list(type)
    }
    return type
  }

  private mutating func elementType() throws -> DType {
    guard case .name(let name) = current.kind else { throw unexpected("a type") }
    guard let type = DType(languageName: name) else {
      throw LazyFrameError(
        .syntax, "there is no type '\(name)'",
        hint: NearestName.suggestion(name, among: DType.languageNames)
          ?? "the types are: \(DType.writtenTypes.map(\.description).joined(separator: ", "))",
        span: current.span)
    }
    advance()
    // The one name of two words.
    if name.lowercased() == "double", case .name(let second) = current.kind, second.lowercased() == "precision" {
      advance()
    }
    return type
  }
}
