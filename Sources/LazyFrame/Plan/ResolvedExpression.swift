import Columnar

/// An expression of which every name is bound and every type known.
///
/// Operands already have the type that the operation works on: the resolver puts casts where they differ.
indirect enum ResolvedExpression: Sendable, Hashable, Codable {
  /// A column of the input's schema.
  case column(String, DType)
  case literal(Value, DType)
  case cast(ResolvedExpression, DType)
  /// A cast that fails where there is no equal value.
  case strictCast(ResolvedExpression, DType)
  case unary(UnaryOperator, ResolvedExpression)
  /// The type is the result's. Both operands have one type, but for what `TypeRules` lists: moments and lengths of time, and
  /// comparisons of 64-bit integers with and without a sign.
  case binary(BinaryOperator, ResolvedExpression, ResolvedExpression, DType)
  case function(ScalarFunction, [ResolvedExpression], DType)
  /// Whether the value is one of many constants; of few, or what is no constant, it is a function.
  case membership(ResolvedExpression, ConstantSet)
  /// The first value whose condition is true.
  case conditional([ResolvedBranch], otherwise: ResolvedExpression)
  /// The last expression, over the columns and what is computed before it. Each of that may use the ones before.
  case computing([NamedExpression], ResolvedExpression)
}

/// One `when … then …`.
struct ResolvedBranch: Sendable, Hashable, Codable {
  let condition: ResolvedExpression
  let value: ResolvedExpression
}

/// An expression and the name of its result.
struct NamedExpression: Sendable, Hashable, Codable {
  let name: String
  let expression: ResolvedExpression

  var field: Field { Field(name, expression.type) }

  /// A column under its own name.
  static func column(_ field: Field) -> NamedExpression {
    NamedExpression(name: field.name, expression: .column(field.name, field.type))
  }
}

extension [NamedExpression] {
  /// What each name stands for.
  var definitions: [String: ResolvedExpression] {
    Dictionary(uniqueKeysWithValues: map { ($0.name, $0.expression) })
  }
}

/// An aggregate of which every input is typed.
struct ResolvedAggregate: Sendable, Hashable, Codable {
  let name: String
  let function: AggregateFunction
  let inputs: [ResolvedExpression]
  /// The condition for a row to count, if there is one.
  let filter: ResolvedExpression?
  let type: DType

  var field: Field { Field(name, type) }

  /// What it computes of a row.
  var expressions: [ResolvedExpression] { inputs + (filter.map { [$0] } ?? []) }

  func mapping(_ transform: (ResolvedExpression) -> ResolvedExpression) -> ResolvedAggregate {
    ResolvedAggregate(
      name: name, function: function, inputs: inputs.map(transform), filter: filter.map(transform), type: type)
  }
}

/// A column to sort by.
struct ResolvedSortKey: Sendable, Hashable, Codable {
  let column: String
  let descending: Bool
  let nullsFirst: Bool

  init(column: String, descending: Bool = false, nullsFirst: Bool = false) {
    (self.column, self.descending, self.nullsFirst) = (column, descending, nullsFirst)
  }
}

extension ResolvedSortKey: CustomStringConvertible {
  var description: String {
    Expression.identifier(column) + (descending ? " descending" : "") + (nullsFirst ? " nulls first" : "")
  }
}

extension ResolvedExpression {
  var type: DType {
    switch self {
    case .column(_, let type), .literal(_, let type), .cast(_, let type), .strictCast(_, let type),
      .binary(_, _, _, let type),
      .function(_, _, let type):
      type
    case .unary(let operation, let operand): operation == .negate ? operand.type : .bool
    case .membership: .bool
    case .conditional(_, let otherwise): otherwise.type
    case .computing(_, let result): result.type
    }
  }

  var children: [ResolvedExpression] {
    switch self {
    case .column, .literal: []
    case .cast(let operand, _), .strictCast(let operand, _), .unary(_, let operand), .membership(let operand, _):
      [operand]
    case .binary(_, let left, let right, _): [left, right]
    case .function(_, let arguments, _): arguments
    case .conditional(let branches, let otherwise): branches.flatMap { [$0.condition, $0.value] } + [otherwise]
    case .computing(let parts, let result): parts.map(\.expression) + [result]
    }
  }

  /// The same expression over other children, given in the order of `children`.
  func replacingChildren(_ replace: (ResolvedExpression) -> ResolvedExpression) -> ResolvedExpression {
    switch self {
    case .column, .literal: self
    case .cast(let operand, let type): .cast(replace(operand), type)
    case .strictCast(let operand, let type): .strictCast(replace(operand), type)
    case .unary(let operation, let operand): .unary(operation, replace(operand))
    case .binary(let operation, let left, let right, let type):
      .binary(operation, replace(left), replace(right), type)
    case .function(let function, let arguments, let type): .function(function, arguments.map(replace), type)
    case .membership(let operand, let constants): .membership(replace(operand), constants)
    case .conditional(let branches, let otherwise):
      .conditional(
        branches.map { ResolvedBranch(condition: replace($0.condition), value: replace($0.value)) },
        otherwise: replace(otherwise))
    case .computing(let parts, let result):
      .computing(
        parts.map { NamedExpression(name: $0.name, expression: replace($0.expression)) }, replace(result))
    }
  }

  /// Whether some values make it throw: integers can overflow, a strict cast refuses values, and functions say it of
  /// themselves.
  var canFail: Bool {
    switch self {
    case .strictCast: true
    case .binary(let operation, _, _, let type) where operation.isArithmetic && type != .float64: true
    case .unary(.negate, let operand) where operand.type != .float64: true
    case .function(let function, _, let type) where function.definition.canFail(type): true
    default: children.contains(where: \.canFail)
    }
  }

  /// The names of the columns it reads.
  var columns: Set<String> {
    if case .column(let name, _) = self { return [name] }
    let names = children.reduce(into: Set()) { $0.formUnion($1.columns) }
    if case .computing(let parts, _) = self { return names.subtracting(parts.map(\.name)) }
    return names
  }

  /// The expression with each column replaced by what it is defined as.
  func substituting(_ definitions: [String: ResolvedExpression]) -> ResolvedExpression {
    if case .column(let name, _) = self { return definitions[name] ?? self }
    return replacingChildren { $0.substituting(definitions) }
  }
}

extension ResolvedExpression: CustomStringConvertible {
  /// The expression as the user could have written it, but for what is computed beforehand.
  var description: String {
    guard case .computing(let parts, let result) = self else { return written.description }
    return "\(result) where \(parts.map(\.description).joined(separator: ", "))"
  }

  /// The same as the user could have built it.
  var written: Expression {
    switch self {
    case .column(let name, _): Expression(.column(name))
    case .literal(let value, _): Expression(.literal(value))
    case .cast(let operand, let type): Expression(.cast(operand.written, type))
    case .strictCast(let operand, let type): Expression(.strictCast(operand.written, type))
    case .unary(let operation, let operand): Expression(.unary(operation, operand.written))
    case .binary(let operation, let left, let right, _): Expression(.binary(operation, left.written, right.written))
    case .function(let function, let arguments, _): Expression(.function(function, arguments.map(\.written)))
    case .membership(let operand, let constants):
      Expression(.function(.isIn, [operand.written] + constants.literals))
    case .conditional(let branches, let otherwise):
      Expression(
        .conditional(
          branches.map { Expression.Branch(condition: $0.condition.written, value: $0.value.written) },
          otherwise: otherwise.written))
    case .computing(let parts, let result):
      parts.reversed().reduce(result) { $0.substituting([$1.name: $1.expression]) }.written
    }
  }
}

extension NamedExpression: CustomStringConvertible {
  var description: String {
    if case .column(name, _) = expression { return Expression.identifier(name) }
    return "\(expression) as \(Expression.identifier(name))"
  }
}

extension ResolvedAggregate: CustomStringConvertible {
  var description: String {
    let list = (inputs.map(\.description) + function.parameters).joined(separator: ", ")
    let condition = filter.map { " filter (where \($0))" } ?? ""
    return "\(function.name)(\(list))\(condition) as \(Expression.identifier(name))"
  }
}
