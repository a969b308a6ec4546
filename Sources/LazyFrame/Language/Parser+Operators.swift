import Columnar

extension Parser {
  private static let notPrecedence = 3
  private static let comparisonPrecedence = BinaryOperator.equal.precedence

  /// An expression of operators that bind at least as tightly as `precedence`.
  mutating func expression(_ precedence: Int = 0) throws -> Operand {
    try descend()
    defer { depth -= 1 }
    var left = try prefix(precedence)
    var isCompared = false
    while true {
      guard let found = infixPrecedence, found >= precedence else { return left }
      if isCompared, found >= Parser.comparisonPrecedence, current.kind != .keyword(.is) { throw chainedComparison() }
      isCompared = found == Parser.comparisonPrecedence
      left = try infix(left)
    }
  }

  private mutating func descend() throws {
    depth += 1
    guard depth <= Parser.maximumDepth else {
      throw LazyFrameError(
        .syntax, "the expression is nested more than \(Parser.maximumDepth) deep",
        hint: "compute the inner parts as columns of their own", span: current.span)
    }
  }

  /// How tightly the operator that comes next binds, if one comes.
  private var infixPrecedence: Int? {
    switch current.kind {
    case .operation(let operation): operation.precedence
    case .keyword(.not), .keyword(.in), .keyword(.between), .keyword(.like), .keyword(.is): Parser.comparisonPrecedence
    default: nil
    }
  }

  private func chainedComparison() -> LazyFrameError {
    LazyFrameError(
      .syntax, "\(described(current)) cannot follow a comparison",
      hint: "join comparisons with 'and' or 'or', or put one of them in parentheses", span: current.span)
  }

  // MARK: Before an operand

  private mutating func prefix(_ precedence: Int) throws -> Operand {
    let start = current.start
    switch current.kind {
    case .operation(.subtract):
      advance()
      return try negated(from: start)
    case .keyword(.not):
      guard precedence <= Parser.notPrecedence else {
        throw unexpected("an expression", hint: "'not' binds loosely: put it and what it negates in parentheses")
      }
      advance()
      let operand = try expression(Parser.notPrecedence)
      return try self.operand(.unary(.not, operand.expression), from: start, over: operand)
    default: return try windowed(primary())
    }
  }

  /// What follows a minus sign. A number takes the sign into itself, so that the smallest integer can be written.
  private mutating func negated(from start: Int) throws -> Operand {
    if current.kind == .integer || current.kind == .real { return try number(sign: "-", from: start) }
    try descend()
    defer { depth -= 1 }
    let operand = try prefix(BinaryOperator.multiply.precedence + 1)
    switch operand.expression.unlocated.node {
    case .literal(.int(let value)) where value != .min: return try self.operand(.literal(.int(-value)), from: start)
    case .literal(.double(let value)): return try self.operand(.literal(.double(-value)), from: start)
    default: return try self.operand(.unary(.negate, operand.expression), from: start, over: operand)
    }
  }

  // MARK: Between and behind operands

  private mutating func infix(_ left: Operand) throws -> Operand {
    if case .operation(let operation) = current.kind {
      advance()
      let right = try expression(operation.precedence + 1)
      return try operand(.binary(operation, left.expression, right.expression), from: left.start, over: left, right)
    }
    if take(.keyword(.is)) { return try nullTest(left) }
    let isNegated = take(.keyword(.not))
    let result: Operand
    if take(.keyword(.in)) {
      result = try membership(left)
    } else if take(.keyword(.between)) {
      result = try range(left)
    } else if take(.keyword(.like)) {
      let pattern = try bound()
      result = try operand(
        .function(.like, [left.expression, pattern.expression]), from: left.start, over: left, pattern)
    } else {
      throw unexpected("'in', 'between' or 'like'")
    }
    return isNegated ? try operand(.unary(.not, result.expression), from: left.start, over: result) : result
  }

  /// An operand that is part of a comparison.
  private mutating func bound() throws -> Operand {
    try expression(Parser.comparisonPrecedence + 1)
  }

  private mutating func nullTest(_ left: Operand) throws -> Operand {
    let operation: UnaryOperator = take(.keyword(.not)) ? .isNotNull : .isNull
    guard take(.keyword(.null)) else { throw unexpected(operation == .isNull ? "'null' or 'not null'" : "'null'") }
    return try operand(.unary(operation, left.expression), from: left.start, over: left)
  }

  private mutating func membership(_ left: Operand) throws -> Operand {
    let parenthesis = try open()
    let values = try arguments(parenthesis)
    guard !values.isEmpty else {
      throw LazyFrameError(
        .syntax, "the list of 'in' is empty", hint: "write at least one value: x in (1, 2)",
        span: SourceSpan(start: parenthesis.start, end: previous?.end ?? parenthesis.end))
    }
    let parts = [left] + values
    return try operand(.function(.isIn, parts.map(\.expression)), from: left.start, over: parts)
  }

  private mutating func range(_ left: Operand) throws -> Operand {
    let low = try bound()
    guard take(.operation(.and)) else { throw unexpected("'and'", hint: "a range is written: x between 1 and 9") }
    let high = try bound()
    let isAbove = try operand(
      .binary(.greaterOrEqual, left.expression, low.expression), from: left.start, over: left, low)
    let isBelow = try operand(
      .binary(.lessOrEqual, left.expression, high.expression), from: left.start, over: left, high)
    return try operand(
      .binary(.and, isAbove.expression, isBelow.expression), from: left.start, over: isAbove, isBelow)
  }
}
