import Columnar

/// Which types operations work on.
///
/// Numbers of fewer than 64 bits are computed in 64. Integers and floats meet in floats; integers with and without a sign
/// in `int64`, where one that does not fit is an error, but they are compared as they are. Null takes on the other's type.
/// Text that stands as a constant beside a date, a moment or a length of time is read as one.
enum TypeRules {
  /// What a binary operation works on.
  struct Binary {
    /// What the operands are cast to.
    let left: DType
    let right: DType
    /// What the kernel gives.
    let computed: DType
    /// What that is cast to.
    let result: DType

    init(_ left: DType, _ right: DType, computed: DType, result: DType? = nil) {
      (self.left, self.right, self.computed, self.result) = (left, right, computed, result ?? computed)
    }

    /// Operands of one type.
    init(_ operands: DType, computed: DType) { self.init(operands, operands, computed: computed) }
  }

  /// The types of an operation, or nil when it does not apply.
  static func binary(_ operation: BinaryOperator, _ left: ResolvedExpression, _ right: ResolvedExpression) -> Binary? {
    let (leftType, rightType) = (left.type, right.type)
    if operation == .concatenate { return Binary(.string, computed: .string) }
    if operation.isLogical {
      let isLogical = [leftType, rightType].allSatisfy { $0 == .bool || $0 == .null }
      return isLogical ? Binary(.bool, computed: .bool) : nil
    }
    if operation.isComparison {
      guard let types = comparison(left, right), types.0.element == nil || operation.isEquality else { return nil }
      return Binary(types.0, types.1, computed: .bool)
    }
    if let types = durations(operation, leftType, rightType) { return types }
    if isNumber(leftType), isNumber(rightType) {
      guard let type = operation == .divide ? .float64 : common(leftType, rightType) else { return nil }
      return Binary(widestNumber(type), computed: widestNumber(type))
    }
    // Days can be counted: date ± days, date - date.
    switch (operation, leftType, rightType) {
    case (.subtract, .date, .date): return Binary(.int64, computed: .int64)
    case (.add, .date, _) where isCount(rightType), (.subtract, .date, _) where isCount(rightType):
      return Binary(.int64, .int64, computed: .int64, result: .date)
    case (.add, _, .date) where isCount(leftType): return Binary(.int64, .int64, computed: .int64, result: .date)
    default: return nil
    }
  }

  /// Moments and lengths of time. A date counts as its midnight.
  private static func durations(_ operation: BinaryOperator, _ left: DType, _ right: DType) -> Binary? {
    switch (operation, left, right) {
    case (.subtract, .datetime, .datetime), (.subtract, .date, .datetime), (.subtract, .datetime, .date):
      Binary(.datetime, computed: .duration)
    case (.add, .datetime, .duration), (.subtract, .datetime, .duration), (.add, .date, .duration),
      (.subtract, .date, .duration):
      Binary(.datetime, .duration, computed: .datetime)
    case (.add, .duration, .datetime), (.add, .duration, .date): Binary(.duration, .datetime, computed: .datetime)
    case (.add, .duration, .duration), (.subtract, .duration, .duration): Binary(.duration, computed: .duration)
    case (.divide, .duration, .duration): Binary(.float64, computed: .float64)
    case (.multiply, .duration, _) where right.isNumeric, (.divide, .duration, _) where right.isNumeric:
      Binary(.duration, signedNumber(right), computed: .duration)
    case (.multiply, _, .duration) where left.isNumeric: Binary(signedNumber(left), .duration, computed: .duration)
    // Null takes on the type that makes sense: of a factor a number, of a term a duration.
    case (.multiply, .duration, .null), (.divide, .duration, .null): Binary(.duration, .int64, computed: .duration)
    case (.multiply, .null, .duration): Binary(.int64, .duration, computed: .duration)
    case (.add, .duration, .null), (.subtract, .duration, .null), (.add, .null, .duration),
      (.subtract, .null, .duration):
      Binary(.duration, computed: .duration)
    default: nil
    }
  }

  private static func isCount(_ type: DType) -> Bool { type.isInteger || type == .null }

  private static func isNumber(_ type: DType) -> Bool { type.isNumeric || type == .null }

  /// The type of 64 bits that holds a number; floats for null.
  static func widestNumber(_ type: DType) -> DType {
    type == .uint64 ? .uint64 : type.isInteger ? .int64 : .float64
  }

  /// The type of 64 bits in which a number can have either sign.
  static func signedNumber(_ type: DType) -> DType { type.isInteger ? .int64 : .float64 }

  // MARK: Common types

  /// What two values are cast to to be compared, or nil. One type, but for 64-bit integers with and without a sign, which
  /// no integer type holds both: those are compared as they are.
  static func comparison(_ left: ResolvedExpression, _ right: ResolvedExpression) -> (DType, DType)? {
    if left.type.isInteger, right.type.isInteger, left.type != right.type, literalType(left, right) == nil {
      return (widestNumber(left.type), widestNumber(right.type))
    }
    return common(left, right).map { $0 == .categorical ? (.string, .string) : ($0, $0) }
  }

  /// The type in which two values can stand side by side, or nil.
  static func common(_ left: ResolvedExpression, _ right: ResolvedExpression) -> DType? {
    if let type = literalType(left, right) ?? common(left.type, right.type) { return type }
    if left.type.readsText, right.isText { return left.type }
    if right.type.readsText, left.isText { return right.type }
    return nil
  }

  /// `uint64` for such a column beside a constant that fits it.
  private static func literalType(_ left: ResolvedExpression, _ right: ResolvedExpression) -> DType? {
    switch (left, right) {
    case (_, .literal(.int(0...), _)) where left.type == .uint64: .uint64
    case (.literal(.int(0...), _), _) where right.type == .uint64: .uint64
    default: nil
    }
  }

  /// The type that holds the values of both without loss of meaning, or nil.
  static func common(_ left: DType, _ right: DType) -> DType? {
    if left == right || right == .null { return left }
    if left == .null { return right }
    if left.isNumeric, right.isNumeric { return left.isInteger && right.isInteger ? .int64 : .float64 }
    if left.isTemporal, right.isTemporal { return .datetime }
    if let left = left.element, let right = right.element { return common(left, right).map { .list($0) } }
    return left.isText && right.isText ? .string : nil
  }

  /// All values as one type, or an error that names two that do not fit together.
  static func unified(_ values: [ResolvedExpression], of what: String) throws -> [ResolvedExpression] {
    // Constant texts come last, so that beside a date they are read as dates wherever they stand.
    var type = DType.null
    var widest: ResolvedExpression?
    for value in values.filter({ !$0.isText }) + values.filter(\.isText) {
      guard let wider = common(.literal(.null, type), value) else {
        let other = widest.map { "\($0) is \($0.type), and " } ?? ""
        throw LazyFrameError(.type, "\(what) are of different types: \(other)\(value) is \(value.type)")
      }
      if wider != type { (type, widest) = (wider, value) }
    }
    return try values.map { try coercedOperand($0, to: type) }
  }

  /// Values that were unified only to be compared: categories are compared as text, and 64-bit integers with and without a sign are compared as they are.
  static func asCompared(_ values: [ResolvedExpression], unified: [ResolvedExpression]) -> [ResolvedExpression] {
    if unified[0].type == .categorical { return unified.map { coerced($0, to: .string) } }
    guard unified[0].type == .int64, values.contains(where: { $0.type == .uint64 }) else { return unified }
    return zip(values, unified).map { $0.type == .uint64 ? $0 : $1 }
  }

  static func canCast(_ from: DType, to type: DType) -> Bool {
    if from == type || from == .null { return true }
    if let from = from.element { return type.isText || type.element.map { canCast(from, to: $0) } ?? false }
    if type.element != nil || type == .null { return false }
    if from.isText || type.isText { return true }
    if from == .duration || type == .duration { return from.isNumeric || type.isNumeric }
    if from.isTemporal || type.isTemporal {
      return from.isTemporal && type.isTemporal || from.isInteger || type.isInteger
    }
    return (from.isNumeric || from == .bool) && (type.isNumeric || type == .bool)
  }

  /// The expression as another type; as it is when it has that type. Constants are converted by the optimiser.
  /// A number without a sign that does not fit the type is an error: nobody asked for a null.
  static func coerced(_ expression: ResolvedExpression, to type: DType) -> ResolvedExpression {
    if expression.type == type { return expression }
    return isNarrower(type, than: expression.type) ? .strictCast(expression, type) : .cast(expression, type)
  }

  private static func isNarrower(_ type: DType, than other: DType) -> Bool {
    if let element = type.element, let other = other.element { return isNarrower(element, than: other) }
    return other == .uint64 && type == .int64
  }

  /// The same for an operand: a constant text beside a date must be one.
  static func coercedOperand(_ expression: ResolvedExpression, to type: DType) throws -> ResolvedExpression {
    if type.readsText, case .literal(.string(let text), _) = expression {
      guard let value = Value.temporal(text, type) else {
        let examples = [DType.date: "'2020-01-31'", .datetime: "'2020-01-31' or '2020-01-31 09:30:00'"]
        throw LazyFrameError(
          .type, "'\(text)' is no \(type)", hint: "write it as \(examples[type] ?? "'1d 2h 30m' or '26:30:00'")")
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

extension DType {
  /// Whether a constant text beside such a value is read as one.
  fileprivate var readsText: Bool { isTemporal || self == .duration }
}

extension Value {
  /// The type that a constant of this value has. Of a list whose elements have none in common, one of nulls.
  var type: DType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int64
    case .unsigned: .uint64
    case .double: .float64
    case .string: .string
    case .date: .date
    case .datetime: .datetime
    case .duration: .duration
    case .list(let elements):
      .list(elements.reduce(.null) { type, element in TypeRules.common(type, element.type) ?? .null })
    }
  }

  /// The date, moment or length of time that a text says, or nil.
  static func temporal(_ text: String, _ type: DType) -> Value? {
    switch type {
    case .date: CivilDate(parsing: text).map { .date(days: $0.days) }
    case .duration: Duration(parsing: text).map { .duration($0) }
    default: CivilDatetime.microseconds(parsing: text).map { .datetime(microseconds: $0) }
    }
  }
}
