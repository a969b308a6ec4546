extension Expression {
  private func call(_ function: ScalarFunction, _ arguments: Expression...) -> Expression {
    Expression(.function(function, [self] + arguments))
  }

  /// The number without its sign.
  public func abs() -> Expression { call(.abs) }
  /// Rounded to `digits` decimals, halves away from zero.
  public func rounded(_ digits: Int = 0) -> Expression { call(.round, lit(digits)) }
  /// The largest whole number that is not larger.
  public func floor() -> Expression { call(.floor) }
  /// The smallest whole number that is not smaller.
  public func ceil() -> Expression { call(.ceil) }
  /// The square root; NaN of negative numbers.
  public func squareRoot() -> Expression { call(.sqrt) }
  /// e to the power of the number.
  public func exp() -> Expression { call(.exp) }
  /// The natural logarithm; NaN of negative numbers.
  public func log() -> Expression { call(.ln) }
  /// The decimal logarithm; NaN of negative numbers.
  public func log10() -> Expression { call(.log10) }
  /// The number to the power of another.
  public func pow(_ exponent: Expression) -> Expression { call(.pow, exponent) }
  /// -1, 0 or 1.
  public func sign() -> Expression { call(.sign) }
  /// Whether the value is one of a list. Null if the value is null, or if it is not found and the list has a null.
  public func isIn(_ values: [Expression]) -> Expression { Expression(.function(.isIn, [self] + values)) }
  /// Whether the value lies between two others, both included.
  public func between(_ low: Expression, _ high: Expression) -> Expression { self >= low && self <= high }
  /// Null where the value equals another, else the value.
  public func nullIf(_ other: Expression) -> Expression { call(.nullif, other) }
  /// The value, or where it is null the first of the others that is not.
  public func coalesce(_ others: Expression...) -> Expression { Expression(.function(.coalesce, [self] + others)) }
}

/// Starts a choice: `when(col("a") > 0).then("plus").otherwise("minus")`.
public func when(_ condition: Expression) -> When {
  When(branches: [], condition: condition)
}

/// A choice that waits for the value of its last condition.
public struct When: Sendable {
  let branches: [Expression.Branch]
  let condition: Expression

  /// The value where the condition is true.
  public func then(_ value: Expression) -> Then {
    Then(branches: branches + [Expression.Branch(condition: condition, value: value)])
  }
}

/// A choice that can be extended or closed.
public struct Then: Sendable {
  let branches: [Expression.Branch]

  /// A further condition, looked at where the earlier ones are false or null.
  public func when(_ condition: Expression) -> When {
    When(branches: branches, condition: condition)
  }

  /// The value where no condition is true.
  public func otherwise(_ value: Expression) -> Expression {
    Expression(.conditional(branches, otherwise: value))
  }
}
