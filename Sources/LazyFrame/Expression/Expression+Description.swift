import Columnar

extension Expression: CustomStringConvertible {
  /// The expression as the command line would read it: `mean(close - open)`.
  public var description: String { text(within: 0) }

  /// - Parameter precedence: that of the operator around it; a looser one here needs parentheses.
  private func text(within precedence: Int) -> String {
    self.precedence < precedence ? "(\(plainText))" : plainText
  }

  /// How tightly the outermost operator binds; more than any operator for what has none.
  private var precedence: Int {
    switch node {
    case .binary(let operation, _, _): operation.precedence
    case .unary(.not, _): 3
    case .unary(.isNull, _), .unary(.isNotNull, _), .function(.like, _), .function(.isIn, _): 4
    case .unary(.negate, _): 7
    case .alias: 0
    case .located(let operand, _): operand.precedence
    case .column, .columns, .allColumns, .literal, .function, .cast, .strictCast, .conditional, .aggregate, .window,
      .over, .filtered:
      8
    }
  }

  /// The expression without parentheses around it.
  private var plainText: String {
    switch node {
    case .column(let name): return Expression.identifier(name)
    case .columns(let names): return names.map(Expression.identifier).joined(separator: ", ")
    case .allColumns: return "*"
    case .literal(let value): return Expression.literalText(value)
    case .unary(.negate, let operand): return "-" + operand.text(within: 7)
    case .unary(.not, let operand): return "not " + operand.text(within: 3)
    case .unary(let operation, let operand): return operand.text(within: 5) + " " + operation.rawValue
    case .binary(let operation, let left, let right):
      // Operators of equal precedence group to the left; comparisons do not group at all.
      let leftPrecedence = operation.precedence + (operation.isComparison ? 1 : 0)
      return left.text(within: leftPrecedence) + " \(operation.rawValue) "
        + right.text(within: operation.precedence + 1)
    case .function(.like, let arguments) where arguments.count == 2:
      return arguments[0].text(within: 5) + " like " + arguments[1].text(within: 5)
    case .function(.isIn, let arguments) where arguments.count > 1:
      return arguments[0].text(within: 5) + " in (\(Expression.list(arguments.dropFirst())))"
    case .function(let function, let arguments): return "\(function.rawValue)(\(Expression.list(arguments)))"
    case .cast(let operand, let type): return "cast(\(operand) as \(type))"
    case .strictCast(let operand, let type): return "strict_cast(\(operand) as \(type))"
    case .conditional(let branches, let otherwise):
      let parts = branches.map { "when \($0.condition) then \($0.value) " }
      return "case " + parts.joined() + (otherwise.map { "else \($0) " } ?? "") + "end"
    case .aggregate(let function, let arguments):
      let list = arguments.map(\.description) + function.parameters
      return "\(function.name)(\(list.joined(separator: ", ")))"
    case .window(let function, let arguments): return function.text(arguments.map(\.description))
    case .over(let operand, let keys, let order, let frame):
      let directions = order.map { key in
        "\(key.expression)" + (key.descending ? " desc" : "") + (key.nullsFirst ? " nulls first" : "")
      }
      let parts = [
        keys.isEmpty ? "" : "partition by \(Expression.list(keys))",
        order.isEmpty ? "" : "order by \(directions.joined(separator: ", "))", frame?.text ?? "",
      ]
      return "\(operand.text(within: 8)) over (\(parts.filter { !$0.isEmpty }.joined(separator: " ")))"
    case .filtered(let operand, let condition): return "\(operand.plainText) filter (where \(condition))"
    case .alias(let operand, let name): return "\(operand) as \(Expression.identifier(name))"
    case .located(let operand, _): return operand.plainText
    }
  }

  private static func list(_ expressions: some Sequence<Expression>) -> String {
    expressions.map(\.description).joined(separator: ", ")
  }

  /// The name of the result: the alias, a column's own name, `mean_close` for `mean(close)`, else the text.
  package var name: String {
    switch node {
    case .column(let name): name
    case .alias(_, let name): name
    case .located(let operand, _): operand.name
    case .cast(let operand, _), .strictCast(let operand, _): operand.name
    case .aggregate(let function, let arguments):
      ([function.name] + arguments.map(\.name) + function.nameParameters).joined(separator: "_")
    case .window(let function, let arguments):
      ([function.name] + arguments.prefix(1).map(\.name)).joined(separator: "_")
    case .over(let operand, _, _, _): operand.name
    case .function(_, let arguments) where arguments.allSatisfy(\.isLiteral): description
    case .function(.isIn, _), .function(.like, _): description
    case .function(let function, let arguments):
      // Constants, as in round(x, 2), say nothing about what the result is.
      ([function.rawValue] + arguments.filter { !$0.isLiteral }.map(\.name)).joined(separator: "_")
    case .columns, .allColumns, .literal, .unary, .binary, .conditional, .filtered: description
    }
  }

  var isLiteral: Bool {
    switch node {
    case .literal: true
    case .located(let operand, _): operand.isLiteral
    default: false
    }
  }

  /// The name as an identifier, quoted where it is no plain word or is a word of the language.
  package static func identifier(_ name: String) -> String {
    let isPlain =
      !name.isEmpty && name.first?.isNumber != true && !Keyword.isReserved(name)
      && name.utf8.allSatisfy {
        ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")) || $0 == UInt8(ascii: "_")
          || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
      }
    return isPlain
      ? name : "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  package static func literalText(_ value: Value) -> String {
    switch value {
    case .string(let text):
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    case .date: "date '\(value)'"
    case .datetime: "datetime '\(value)'"
    case .duration: "duration '\(value)'"
    case .null, .bool, .int, .unsigned, .double, .list: value.description
    }
  }
}
