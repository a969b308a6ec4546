/// An operator between two expressions.
package enum BinaryOperator: String, Sendable, Hashable, Codable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case concatenate = "||"
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and
  case or

  package var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  package var isEquality: Bool { self == .equal || self == .notEqual }

  package var isArithmetic: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .remainder: true
    default: false
    }
  }

  package var isLogical: Bool { self == .and || self == .or }

  /// How tightly it binds, for printing with few parentheses.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .add, .subtract, .concatenate: 5
    case .multiply, .divide, .remainder: 6
    }
  }
}

/// An operator on one expression.
package enum UnaryOperator: String, Sendable, Hashable, Codable {
  case negate = "-"
  case not
  case isNull = "is null"
  case isNotNull = "is not null"
}

extension Expression {
  private static func binary(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) -> Expression {
    Expression(.binary(operation, left, right))
  }

  /// The sum. Null if either side is; throws at run time when integers overflow.
  public static func + (left: Expression, right: Expression) -> Expression { binary(.add, left, right) }
  /// The difference. Null if either side is; throws at run time when integers overflow.
  public static func - (left: Expression, right: Expression) -> Expression { binary(.subtract, left, right) }
  /// The product. Null if either side is; throws at run time when integers overflow.
  public static func * (left: Expression, right: Expression) -> Expression { binary(.multiply, left, right) }
  /// The quotient as a float, also of integers. A division by zero gives an infinity or NaN.
  public static func / (left: Expression, right: Expression) -> Expression { binary(.divide, left, right) }
  /// The remainder, with the sign of the dividend. An integer remainder by zero is null.
  public static func % (left: Expression, right: Expression) -> Expression { binary(.remainder, left, right) }

  /// Whether both sides are equal. Null if either is null; NaN equals NaN.
  public static func == (left: Expression, right: Expression) -> Expression { binary(.equal, left, right) }
  /// Whether the sides differ. Null if either is null.
  public static func != (left: Expression, right: Expression) -> Expression { binary(.notEqual, left, right) }
  /// Whether the left side comes before the right. Null if either is null; NaN comes after every number.
  public static func < (left: Expression, right: Expression) -> Expression { binary(.less, left, right) }
  /// Whether the left side comes before the right or equals it. Null if either is null.
  public static func <= (left: Expression, right: Expression) -> Expression { binary(.lessOrEqual, left, right) }
  /// Whether the left side comes after the right. Null if either is null.
  public static func > (left: Expression, right: Expression) -> Expression { binary(.greater, left, right) }
  /// Whether the left side comes after the right or equals it. Null if either is null.
  public static func >= (left: Expression, right: Expression) -> Expression { binary(.greaterOrEqual, left, right) }

  /// Logical and, with three values: `false && null` is false, `true && null` is null.
  public static func && (left: Expression, right: Expression) -> Expression { binary(.and, left, right) }
  /// Logical or, with three values: `true || null` is true, `false || null` is null.
  public static func || (left: Expression, right: Expression) -> Expression { binary(.or, left, right) }
  /// Logical not. Null stays null.
  public static prefix func ! (operand: Expression) -> Expression { Expression(.unary(.not, operand)) }
  /// The number with the other sign.
  public static prefix func - (operand: Expression) -> Expression { Expression(.unary(.negate, operand)) }

  /// Whether the value is null. Never null itself.
  public func isNull() -> Expression { Expression(.unary(.isNull, self)) }
  /// Whether the value is not null. Never null itself.
  public func isNotNull() -> Expression { Expression(.unary(.isNotNull, self)) }
}
