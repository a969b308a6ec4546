extension Expression {
  /// Whether the value is one of a list. Null if the value is null, or if it is not found and the list has a null.
  ///
  /// Of constants O(rows), however long the list is; else O(rows · values).
  public func isIn(_ values: [Expression]) -> Expression { Expression(.function(.isIn, [self] + values)) }

  /// Whether the value is one of these numbers. Null if it is null.
  public func isIn(_ values: [Int]) -> Expression { isIn(values.map { lit($0) }) }

  /// Whether the value is one of these numbers, of which NaN may be one. Null if it is null.
  public func isIn(_ values: [Double]) -> Expression { isIn(values.map { lit($0) }) }

  /// Whether the value is one of these texts, or of a date or moment one of those that they say. Null if it is null.
  public func isIn(_ values: [String]) -> Expression { isIn(values.map { lit($0) }) }

  /// Whether the value is one of these. Null if it is null, or if it is not found and null is one of them.
  public func isIn(_ values: [Value]) -> Expression { isIn(values.map { lit($0) }) }

  /// Whether the value lies between two others, both included.
  public func between(_ low: Expression, _ high: Expression) -> Expression { isBetween(low, high) }

  /// Whether the value lies between two others. Null if the value is, or the bound that decides. NaN comes after every
  /// other number.
  ///
  /// - Parameters:
  ///   - low: the lower end.
  ///   - high: the upper end.
  ///   - closed: which of the ends belong to the range.
  public func isBetween(_ low: Expression, _ high: Expression, closed: ClosedEnds = .both) -> Expression {
    let isAbove = closed.hasLow ? self >= low : self > low
    return isAbove && (closed.hasHigh ? self <= high : self < high)
  }

  /// Null where the value equals another, else the value.
  public func nullIf(_ other: Expression) -> Expression { call("nullif", other) }

  /// The value, or where it is null the first of the others that is not.
  public func coalesce(_ others: Expression...) -> Expression { Expression(.function("coalesce", [self] + others)) }

  /// The value, or another where it is null. NaN is a number: see ``fillNaN(_:)``.
  public func fillNull(_ value: Expression) -> Expression { call("fill_null", value) }

  /// The float, or another value where it is NaN. Null stays null.
  public func fillNaN(_ value: Expression) -> Expression { call("fill_nan", value) }

  /// The value, or the bound that it passes. Null stays null, NaN stays NaN; a bound that is null or left out is none. Where
  /// the lower bound is the larger one, what lies below it becomes it.
  ///
  /// Applies to numbers, dates and moments.
  public func clip(lower: Expression? = nil, upper: Expression? = nil) -> Expression {
    call("clip", lower ?? lit(.null), upper ?? lit(.null))
  }

  /// Some values in place of others: `col("size").replacing(["S": 1, "M": 2], default: 0)`.
  ///
  /// O(rows · entries).
  /// - Parameters:
  ///   - mapping: what stands in place of which value, the first entry of equal ones; null may be one of them.
  ///   - other: what stands in place of all other values; themselves when it is left out, and then both must fit one type.
  public func replacing(
    _ mapping: KeyValuePairs<Expression, Expression>, default other: Expression? = nil
  ) -> Expression {
    let branches = mapping.map { old, new in
      Branch(condition: old.isNullConstant ? isNull() : self == old, value: new)
    }
    return branches.isEmpty ? other ?? self : Expression(.conditional(branches, otherwise: other ?? self))
  }

  private var isNullConstant: Bool {
    if case .literal(.null) = node { return true }
    return false
  }

  /// A number for the value that is the same in every run and on every machine, as an `int64`: XXH64 with seed 0, of a
  /// text's UTF-8 bytes, or of the eight bytes (little-endian) of a number, where integers, truth values, days and moments
  /// are 64-bit integers, and floats are 64-bit floats with one zero and one NaN. Null stays null.
  ///
  /// For sampling and sharding; it is not made to withstand those who look for collisions.
  public func hash() -> Expression { call("hash") }
}

/// Which ends of a range belong to it.
public struct ClosedEnds: Sendable, Hashable, Codable {
  let hasLow: Bool
  let hasHigh: Bool

  /// Both ends.
  public static let both = ClosedEnds(hasLow: true, hasHigh: true)
  /// The lower end.
  public static let lower = ClosedEnds(hasLow: true, hasHigh: false)
  /// The upper end.
  public static let upper = ClosedEnds(hasLow: false, hasHigh: true)
  /// Neither.
  public static let none = ClosedEnds(hasLow: false, hasHigh: false)
}

/// The least of several values in each row. Nulls are skipped: it is null only where all are. NaN is larger than every
/// number, as in comparisons; SQL's `least`.
public func least(_ first: Expression, _ others: Expression...) -> Expression {
  Expression(.function("least", [first] + others))
}

/// The greatest of several values in each row. Nulls are skipped: it is null only where all are. NaN is larger than every
/// number, as in comparisons; SQL's `greatest`.
public func greatest(_ first: Expression, _ others: Expression...) -> Expression {
  Expression(.function("greatest", [first] + others))
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
