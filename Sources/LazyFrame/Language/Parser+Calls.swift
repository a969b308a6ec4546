import Columnar

extension Parser {
  /// The call of a function whose name has been read.
  mutating func call(_ name: String, _ token: Token) throws -> Operand {
    if let function = AggregateFunction(languageName: name) {
      return try filtered(try aggregate(function, name, token), from: token)
    }
    if let form = WindowForm(name: name) { return try window(form, token) }
    guard let function = ScalarFunction(rawValue: name) else {
      throw LazyFrameError(
        .unknownFunction, "there is no function '\(source(token))'", hint: FunctionName.hint(for: name),
        span: token.span)
    }
    let values = try arguments(try open())
    let definition = function.definition
    guard definition.counts.contains(values.count) else {
      throw wrongCount(name, definition.form, values.count, token)
    }
    return try operand(.function(function, values.map(\.expression)), from: token.start, over: values)
  }

  func wrongCount(_ name: String, _ form: String, _ count: Int, _ token: Token) -> LazyFrameError {
    let arguments = count == 0 ? "no argument" : count == 1 ? "1 argument" : "\(count) arguments"
    return LazyFrameError(
      .syntax, "\(name) is written \(form), and here it has \(arguments)",
      span: SourceSpan(start: token.start, end: previous?.end ?? token.end))
  }

  /// What stands in parentheses, separated by commas, up to and with the closing one.
  mutating func arguments(_ parenthesis: Token, allowsStar: Bool = false) throws -> [Operand] {
    if take(.rightParenthesis) { return [] }
    var values: [Operand] = []
    repeat {
      values.append(try allowsStar && isStar ? star() : expression())
    } while take(.comma)
    try close(parenthesis, or: "','")
    return values
  }

  /// Whether a `*` comes that multiplies nothing.
  var isStar: Bool {
    guard current.kind == .operation(.multiply), let following else { return false }
    return [.comma, .rightParenthesis, .end].contains(following.kind)
  }

  mutating func star() throws -> Operand {
    let start = current.start
    advance()
    return try operand(.allColumns, from: start)
  }

  // MARK: Aggregates

  private mutating func aggregate(_ named: AggregateFunction, _ name: String, _ token: Token) throws -> Operand {
    var values = try arguments(try open(), allowsStar: true)
    var function = named
    switch named {
    case .count:
      // Of rows, not of values: count() and count(*).
      if values.isEmpty || values.count == 1 && values[0].expression.isStar {
        return try operand(.aggregate(.count, []), from: token.start)
      }
    case _ where named.takesPair:
      guard values.count == 2 else { throw wrongCount(name, "\(name)(x, y)", values.count, token) }
      return try operand(.aggregate(function, values.map(\.expression)), from: token.start, over: values)
    case .countDistinctRows where !values.isEmpty:
      // Its arguments are one combination, and not several columns of which each has an aggregate.
      return try operand(.aggregate(function, values.map(\.expression)), from: token.start, over: values)
    case .quantile where name == "quantile", .approximateQuantile:
      guard values.count >= 2 else { throw wrongCount(name, "\(name)(x, 0.99)", values.count, token) }
      let fraction = try fraction(values.removeLast(), name)
      function = name == "quantile" ? .quantile(fraction) : .approximateQuantile(fraction)
    case .joined:
      guard values.count >= 2 else { throw wrongCount(name, "\(name)(x, ', ')", values.count, token) }
      function = .joined(separator: try separator(values.removeLast(), name))
    case .top, .bottom:
      guard values.count >= 2 else { throw wrongCount(name, "\(name)(x, 3)", values.count, token) }
      let count = try count(values.removeLast(), name)
      function = name == "top" ? .top(count) : .bottom(count)
    default:
      guard !values.isEmpty else { throw wrongCount(name, "\(name)(x)", values.count, token) }
      if values.count == 2, let ddof = values[1].expression.wholeNumber, let adjusted = named.adjusted(by: ddof) {
        function = adjusted
        values.removeLast()
      }
    }
    let result = try operand(.aggregate(function, values.map(\.expression)), from: token.start, over: values)
    if values.count > 1 { lists.append(result.expression) }
    return result
  }

  /// The aggregate that has just been read, with the filter behind it if there is one.
  private mutating func filtered(_ aggregate: Operand, from token: Token) throws -> Operand {
    guard case .name(let word) = current.kind, word.lowercased() == "filter", following?.kind == .leftParenthesis else {
      return aggregate
    }
    advance()
    let parenthesis = try open()
    guard case .name(let word) = current.kind, word.lowercased() == "where" else { throw unexpected("'where'") }
    advance()
    let condition = try expression()
    try close(parenthesis)
    return try operand(
      .filtered(aggregate.expression, where: condition.expression), from: token.start, over: aggregate, condition)
  }

  private func separator(_ operand: Operand, _ name: String) throws -> String {
    if case .literal(.string(let text)) = operand.expression.unlocated.node { return text }
    throw LazyFrameError(
      .syntax, "the separator of \(name) must be a constant text", hint: "write it like this: \(name)(x, ', ')",
      span: SourceSpan(start: operand.start, end: operand.end))
  }

  func fraction(_ operand: Operand, _ name: String) throws -> Double {
    if case .literal(let value) = operand.expression.unlocated.node, let number = value.number, (0...1).contains(number)
    {
      return number
    }
    throw LazyFrameError(
      .syntax, "the fraction of \(name) must be a number from 0 to 1", hint: "write it like this: \(name)(x, 0.99)",
      span: SourceSpan(start: operand.start, end: operand.end))
  }

  private func count(_ operand: Operand, _ name: String) throws -> Int {
    if case .literal(.int(let count)) = operand.expression.unlocated.node, count > 0 { return Int(count) }
    throw LazyFrameError(
      .syntax, "the number of values that \(name) gives must be a whole number from 1",
      hint: "write it like this: \(name)(x, 3)", span: SourceSpan(start: operand.start, end: operand.end))
  }

  /// What an item stands for: one expression for each argument of an aggregate in it that has several.
  func expanded(_ item: Expression) throws -> [Expression] {
    guard let list = lists.first else { return [item] }
    // The same list is there twice when what holds it was copied, as by 'between'.
    if let other = lists.first(where: { $0 != list }) {
      throw LazyFrameError(
        .syntax, "a second aggregate of several columns, \(other), stands in one expression",
        hint: "write the expressions one by one", span: other.span)
    }
    guard case .located(let call, let span) = list.node, case .aggregate(let function, let values) = call.node else {
      return [item]
    }
    return values.map { value in
      item.replacing(list, with: Expression(.located(Expression(.aggregate(function, [value])), span)))
    }
  }
}

extension AggregateFunction {
  /// `var(x, 2)`: the same with another number taken from that of the values, where it is one of these.
  fileprivate func adjusted(by ddof: Int) -> AggregateFunction? {
    switch self {
    case .variance: .variance(ddof: ddof)
    case .standardDeviation: .standardDeviation(ddof: ddof)
    default: nil
    }
  }
}

extension Expression {
  fileprivate var wholeNumber: Int? {
    if case .literal(.int(let number)) = unlocated.node { return Int(number) }
    return nil
  }

  fileprivate func replacing(_ part: Expression, with other: Expression) -> Expression {
    self == part ? other : mappingChildren { $0.replacing(part, with: other) }
  }
}
