import Columnar

extension Parser {
  // MARK: over (…)

  /// An operand with the windows that are written behind it.
  mutating func windowed(_ operand: Operand) throws -> Operand {
    var operand = operand
    while takeWord("over", before: .leftParenthesis) {
      let parenthesis = try open()
      var keys: [Operand] = []
      var order: [(operand: Operand, descending: Bool, nullsFirst: Bool)] = []
      if try takeWords("partition", "by") {
        repeat { keys.append(try expression()) } while take(.comma)
      }
      if try takeWords("order", "by") {
        repeat { order.append(try orderKey()) } while take(.comma)
      }
      let frame = try rangeFrame(orderCount: order.count)
      guard take(.rightParenthesis) else {
        if current.kind == .end { try close(parenthesis) }
        throw unexpected(
          keys.isEmpty && order.isEmpty ? "'partition by', 'order by' or ')'" : "an operator, ',' or ')'",
          hint: "a window is written: over (partition by k order by t)")
      }
      let node = Expression.Node.over(
        operand.expression, keys: keys.map(\.expression),
        order: order.map { SortKey($0.operand.expression, descending: $0.descending, nullsFirst: $0.nullsFirst) },
        frame: frame)
      operand = try self.operand(node, from: operand.start, over: [operand] + keys + order.map(\.operand))
    }
    return operand
  }

  private mutating func orderKey() throws -> (operand: Operand, descending: Bool, nullsFirst: Bool) {
    let key = try expression()
    let descending = try isDescending()
    return (key, descending, try hasNullsFirst())
  }

  /// These words are no words of the language: columns have them as names without quotes.
  private mutating func takeWord(_ word: String, before next: Token.Kind) -> Bool {
    guard isWord(current, word), following?.kind == next else { return false }
    advance()
    return true
  }

  private mutating func takeWords(_ first: String, _ second: String) throws -> Bool {
    guard isWord(current, first), let following, isWord(following, second) else { return false }
    advance()
    advance()
    return true
  }

  func isWord(_ token: Token, _ word: String) -> Bool {
    if case .name(let name) = token.kind { return name.lowercased() == word }
    return false
  }

  // MARK: Calls

  /// The call of a window function whose name has been read.
  mutating func window(_ form: WindowForm, _ token: Token) throws -> Operand {
    var values = try arguments(try open())
    guard form.counts.contains(values.count) else { throw wrongCount(form.name, form.form, values.count, token) }
    func whole(_ index: Int) throws -> Int? {
      guard index < values.count else { return nil }
      guard case .literal(.int(let number)) = values[index].expression.unlocated.node else {
        throw misused(form, values[index], "a whole number")
      }
      return Int(number)
    }
    var function: WindowFunction
    var arguments = Array(values.prefix(1))
    switch form.kind {
    case .plain(let plain): function = plain
    case .steps(let make): function = make(try whole(1) ?? 1)
    case .limit(let make): function = make(try whole(1))
    case .shift(let sign):
      function = .shift(sign * (try whole(1) ?? 1))
      arguments += values.dropFirst(2)
    case .rank: function = try rank(form, values)
    case .rolling(let aggregate):
      var rest = 1
      if case .literal(let value) = values[1].expression.unlocated.node, value.number != nil {
      } else {
        arguments.append(values[1])
        rest = 2
      }
      var named = aggregate
      if form.name == "rolling_quantile", rest < values.count {
        named = .quantile(try fraction(values[rest], form.name))
        rest += 1
      }
      let last = values[values.count - 1]
      var closed = ClosedEnds.upper
      if arguments.count > 1, values.count > rest + 1, case .literal(.string(let word)) = last.expression.unlocated.node
      {
        guard let known = ClosedEnds(name: word) else {
          throw misused(form, last, "'both', 'lower', 'upper' or 'none'")
        }
        closed = known
        values.removeLast()
      }
      guard rest < values.count, values.count <= rest + 2 else {
        throw wrongCount(form.name, form.form, values.count, token)
      }
      let minimum = try whole(rest + 1)
      if arguments.count == 1 {
        function = .rolling(named, .rows(try whole(rest) ?? 1), minimum: minimum)
      } else {
        let length = try text(form, values[rest], "an interval, such as '7d'")
        function = .rolling(named, .interval(length, closed: closed), minimum: minimum)
      }
    }
    return try operand(.window(function, arguments.map(\.expression)), from: token.start, over: values)
  }

  private func rank(_ form: WindowForm, _ values: [Operand]) throws -> WindowFunction {
    if values.isEmpty { return .rankInOrder(.min) }
    var method = RankMethod.min
    if values.count > 1 {
      let wanted = RankMethod.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      guard let known = RankMethod(rawValue: try text(form, values[1], "one of \(wanted)")) else {
        throw misused(form, values[1], "one of \(wanted)")
      }
      method = known
    }
    guard values.count > 2 else { return .rank(method, descending: false) }
    let direction = try text(form, values[2], "'asc' or 'desc'")
    guard ["asc", "desc"].contains(direction) else { throw misused(form, values[2], "'asc' or 'desc'") }
    return .rank(method, descending: direction == "desc")
  }

  private func text(_ form: WindowForm, _ operand: Operand, _ wanted: String) throws -> String {
    guard case .literal(.string(let text)) = operand.expression.unlocated.node else {
      throw misused(form, operand, wanted)
    }
    return text
  }

  private func misused(_ form: WindowForm, _ operand: Operand, _ wanted: String) -> LazyFrameError {
    LazyFrameError(
      .syntax, "\(form.name) needs \(wanted), and not \(operand.expression)", hint: "it is written \(form.form)",
      span: SourceSpan(start: operand.start, end: operand.end))
  }
}
