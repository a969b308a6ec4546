import Columnar
import TaskGraph

/// Binds one expression to a schema and puts casts where operands differ in type.
struct ExpressionResolver {
  let schema: Schema
  /// Columns that `*` leaves out, such as the keys of a group-by.
  var hidden: Set<String> = []

  // MARK: Several columns

  /// The expressions that one with several columns stands for; the expression itself when it has none.
  func expand(_ expression: Expression) throws -> [Expression] {
    guard let names = try columnList(expression) else { return [expression] }
    if case .alias(_, let alias) = expression.unlocated.node, names.count != 1 {
      throw LazyFrameError(
        .duplicateName, "one name, '\(alias)', is given to \(names.count) results",
        hint: "leave the name out, or write the columns one by one", span: expression.span)
    }
    return names.map { expression.replacingColumnList(with: $0) }
  }

  /// The columns that a list or a star inside the expression stands for.
  private func columnList(_ expression: Expression) throws -> [String]? {
    switch expression.node {
    case .columns(let names):
      for name in names { _ = try field(name, expression.span) }
      return names
    case .allColumns: return schema.names
    case .aggregate(let function, let arguments):
      if arguments.contains(where: \.isStar) {
        // A star in an aggregate means the columns to which it applies.
        let names = schema.names.filter { name in
          !hidden.contains(name)
            && (try? AggregateSignature.resolve(function, arguments.map { _ in columnType(name) })) != nil
        }
        guard !names.isEmpty else {
          throw LazyFrameError(.type, "\(function.name)(*) applies to no column", span: expression.span)
        }
        return names
      }
      return try columnList(in: arguments)
    default: return try columnList(in: expression.children)
    }
  }

  /// The one list among several expressions. Two different lists would not say which belongs to which.
  private func columnList(in expressions: [Expression]) throws -> [String]? {
    var found: [String]?
    for expression in expressions {
      guard let names = try columnList(expression) else { continue }
      if let found, found != names {
        throw LazyFrameError(
          .misplaced, "two different lists of columns stand in one expression",
          hint: "write the columns one by one", span: expression.span)
      }
      found = names
    }
    return found
  }

  private func columnType(_ name: String) -> DType { schema[name]?.type ?? .null }

  // MARK: Names and types

  func resolve(_ expression: Expression) throws -> ResolvedExpression {
    do {
      return try resolve(expression.node)
    } catch var error as LazyFrameError where error.span == nil {
      error.span = expression.span
      throw error.code == .type ? error.about(expression.description) : error
    }
  }

  private func resolve(_ node: Expression.Node) throws -> ResolvedExpression {
    switch node {
    case .column(let name): return .column(name, try field(name, nil).type)
    case .columns, .allColumns:
      throw LazyFrameError(.misplaced, "several columns stand where one is needed")
    case .literal(let value):
      if case .list = value, Column(value.type, [value]) == nil {
        throw LazyFrameError(.type, "the elements of the list \(value) are of different types")
      }
      return .literal(value, value.type)
    // An error inside is about the place that is noted here.
    case .located(let operand, _): return try resolve(operand.node)
    case .alias(let operand, _): return try resolve(operand)
    case .cast(let operand, let type): return try cast(resolve(operand), type, strict: false)
    case .strictCast(let operand, let type): return try cast(resolve(operand), type, strict: true)
    case .unary(let operation, let operand): return try unary(operation, operand)
    case .binary(let operation, let left, let right):
      if left.isLiteral, right.isLiteral { try refuseNames([left, right]) }
      return try binary(operation, resolve(left), resolve(right))
    case .function(let function, let arguments):
      return try function.definition.resolve(try arguments.map(resolve))
    case .conditional(let branches, let otherwise): return try conditional(branches, otherwise)
    case .aggregate(let function, _):
      throw LazyFrameError(
        .misplaced, "the aggregate \(function.name)(…) cannot stand here: there are no groups",
        hint: "aggregates belong into groupBy(…).aggregate(…); \(function.name)(…).over(), in text '… over ()', gives "
          + "each row that of all rows, and over(key) that of its group")
    case .window(let function, _):
      throw LazyFrameError(
        .misplaced, "the window function \(function.name)(…) cannot stand here",
        hint: "compute it before: withColumns(…) gives it a name")
    case .over:
      throw LazyFrameError(
        .misplaced, "a window, '… over (…)', cannot stand here",
        hint: "compute it before: withColumns(…) gives it a name")
    case .filtered(let operand, _):
      _ = try resolve(operand)
      throw LazyFrameError(
        .misplaced, "'\(operand)' is not an aggregate, so it has no filter (where …)",
        hint: "choose values with case when … then … end")
    }
  }

  private func field(_ name: String, _ span: SourceSpan?) throws -> Field {
    if let field = schema[name] { return field }
    let hint =
      NearestName.suggestion(name, among: schema.names)
      ?? "the columns are: \(schema.names.map(Expression.identifier).joined(separator: ", "))"
    throw LazyFrameError(.unknownColumn, "there is no column '\(name)'", hint: hint, span: span)
  }

  private func cast(_ operand: ResolvedExpression, _ type: DType, strict: Bool) throws -> ResolvedExpression {
    guard TypeRules.canCast(operand.type, to: type) else {
      throw LazyFrameError(.type, "\(operand.type) cannot be cast to \(type)")
    }
    return strict && operand.type != type
      ? .strictCast(operand, type) : (operand.type == type ? operand : .cast(operand, type))
  }

  private func unary(_ operation: UnaryOperator, _ operand: Expression) throws -> ResolvedExpression {
    let resolved = try resolve(operand)
    switch operation {
    case .isNull, .isNotNull: return .unary(operation, resolved)
    case .not:
      guard resolved.type == .bool || resolved.type == .null else {
        throw LazyFrameError(.type, "'not' needs a condition, and '\(operand)' is \(resolved.type)")
      }
      return .unary(.not, TypeRules.coerced(resolved, to: .bool))
    case .negate:
      if resolved.type == .duration { return .unary(.negate, resolved) }
      guard resolved.type.isNumeric || resolved.type == .null else {
        throw LazyFrameError(.type, "'-' needs a number, and '\(operand)' is \(resolved.type)")
      }
      return .unary(.negate, TypeRules.coerced(resolved, to: TypeRules.signedNumber(resolved.type)))
    }
  }

  private func binary(
    _ operation: BinaryOperator, _ left: ResolvedExpression, _ right: ResolvedExpression
  ) throws -> ResolvedExpression {
    guard let types = TypeRules.binary(operation, left, right) else {
      throw LazyFrameError(.type, "'\(operation.rawValue)' does not apply to \(left.type) and \(right.type)")
    }
    let typedLeft = try TypeRules.coercedOperand(left, to: types.left)
    let typedRight = try TypeRules.coercedOperand(right, to: types.right)
    return TypeRules.coerced(.binary(operation, typedLeft, typedRight, types.computed), to: types.result)
  }

  private func conditional(_ branches: [Expression.Branch], _ otherwise: Expression?) throws -> ResolvedExpression {
    let conditions = try branches.map { branch in
      let condition = try resolve(branch.condition)
      guard condition.type == .bool || condition.type == .null else {
        throw LazyFrameError(
          .type, "'when' needs a condition, and '\(branch.condition)' is \(condition.type)", span: branch.condition.span
        )
      }
      return TypeRules.coerced(condition, to: .bool)
    }
    var values = try branches.map { try resolve($0.value) }
    values.append(try otherwise.map(resolve) ?? .literal(.null, .null))
    let unified = try TypeRules.unified(values, of: "the values of 'case'")
    return .conditional(
      zip(conditions, unified).map { ResolvedBranch(condition: $0, value: $1) }, otherwise: unified[unified.count - 1])
  }
}
