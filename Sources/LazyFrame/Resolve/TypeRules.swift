import Columnar

/// Which types operations work on.
///
/// Numbers of 32 bits are computed in 64. Integers and floats meet in floats. Null takes on the other's type. Text that
/// stands as a constant beside a date or moment is read as one.
enum TypeRules {
  /// The type that both operands are cast to and the type of the result, or nil when the operation does not apply.
  static func binary(
    _ operation: BinaryOperator, _ left: ResolvedExpression, _ right: ResolvedExpression
  ) -> (operands: DType, result: DType)? {
    let (leftType, rightType) = (left.type, right.type)
    if operation == .concatenate { return (.string, .string) }
    if operation.isLogical {
      let isLogical = [leftType, rightType].allSatisfy { $0 == .bool || $0 == .null }
      return isLogical ? (.bool, .bool) : nil
    }
    if operation.isComparison { return common(left, right).map { ($0, .bool) } }
    if operation == .divide {
      guard isNumber(leftType), isNumber(rightType) else { return nil }
      return (.float64, .float64)
    }
    if isNumber(leftType), isNumber(rightType) {
      guard let type = common(left, right) else { return nil }
      return (widestNumber(type), widestNumber(type))
    }
    // Days can be counted: date ± days, date - date.
    switch (operation, leftType, rightType) {
    case (.subtract, .date, .date): return (.int64, .int64)
    case (.add, .date, _) where isCount(rightType), (.subtract, .date, _) where isCount(rightType):
      return (.int64, .date)
    case (.add, _, .date) where isCount(leftType): return (.int64, .date)
    default: return nil
    }
  }

  private static func isCount(_ type: DType) -> Bool { type.isInteger || type == .null }

  private static func isNumber(_ type: DType) -> Bool { type.isNumeric || type == .null }

  /// The type of 64 bits that holds a number; floats for null.
  static func widestNumber(_ type: DType) -> DType { type.isInteger ? .int64 : .float64 }

  /// The type in which two values can be compared, or nil.
  static func common(_ left: ResolvedExpression, _ right: ResolvedExpression) -> DType? {
    if let type = common(left.type, right.type) { return type }
    if left.type.isTemporal, right.isText { return left.type }
    if right.type.isTemporal, left.isText { return right.type }
    return nil
  }

  /// The type that holds the values of both without loss of meaning, or nil.
  static func common(_ left: DType, _ right: DType) -> DType? {
    if left == right || right == .null { return left }
    if left == .null { return right }
    if left.isNumeric, right.isNumeric { return left.isInteger && right.isInteger ? .int64 : .float64 }
    if left.isTemporal, right.isTemporal { return .datetime }
    return nil
  }

  /// All values as one type, or an error that names two that do not fit together.
  static func unified(_ values: [ResolvedExpression], of what: String) throws -> [ResolvedExpression] {
    // Constant texts come last, so that beside a date they are read as dates wherever they stand.
    var type = DType.null
    for value in values.filter({ !$0.isText }) + values.filter(\.isText) {
      guard let wider = common(.literal(.null, type), value) else {
        throw LazyFrameError(.type, "\(what) are of different types: \(type) and \(value.type)")
      }
      type = wider
    }
    return try values.map { try coercedOperand($0, to: type) }
  }

  static func canCast(_ from: DType, to type: DType) -> Bool {
    if from == type || from == .null || from == .string || type == .string { return type != .null || from == .null }
    switch (from, type) {
    case (.date, .datetime), (.datetime, .date): return true
    case (.date, .int64), (.date, .int32), (.datetime, .int64), (.int64, .date), (.int32, .date), (.int64, .datetime):
      return true
    default: return (from.isNumeric || from == .bool) && (type.isNumeric || type == .bool)
    }
  }

  /// The expression as another type; as it is when it has that type. Constants are converted by the optimiser.
  static func coerced(_ expression: ResolvedExpression, to type: DType) -> ResolvedExpression {
    expression.type == type ? expression : .cast(expression, type)
  }

  /// The same for an operand: a constant text beside a date must be one.
  static func coercedOperand(_ expression: ResolvedExpression, to type: DType) throws -> ResolvedExpression {
    if type.isTemporal, case .literal(.string(let text), _) = expression {
      guard let value = Value.temporal(text, type) else {
        throw LazyFrameError(
          .type, "'\(text)' is no \(type)",
          hint: "write it as '2020-01-31'" + (type == .date ? "" : " or '2020-01-31 09:30:00'"))
      }
      return .literal(value, type)
    }
    return coerced(expression, to: type)
  }
}

extension ResolvedExpression {
  /// Whether this is a constant text.
  fileprivate var isText: Bool {
    if case .literal(.string, _) = self { return true }
    return false
  }
}

extension Value {
  /// The type that a constant of this value has.
  var type: DType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int64
    case .double: .float64
    case .string: .string
    case .date: .date
    case .datetime: .datetime
    }
  }

  /// The date or moment that a text says, or nil.
  static func temporal(_ text: String, _ type: DType) -> Value? {
    type == .date
      ? CivilDate(parsing: text).map { .date(days: $0.days) }
      : CivilDatetime.microseconds(parsing: text).map { .datetime(microseconds: $0) }
  }
}
