import Columnar

/// An asof join as it was written.
struct AsofJoin: Sendable {
  let time: Expression
  let rightTime: Expression
  let keys: [Expression]
  let strategy: AsofStrategy
  let tolerance: Value?
  let suffix: String
}

/// Binds an asof join: a left join by the keys, of which only the nearest row is taken.
extension JoinResolver {
  static func resolve(_ asof: AsofJoin, _ left: ResolvedPlan, _ right: ResolvedPlan) throws -> ResolvedPlan {
    let leftTime = try ExpressionResolver(schema: left.schema).resolve(asof.time)
    let rightTime = try ExpressionResolver(schema: right.schema).resolve(asof.rightTime)
    guard let type = TypeRules.common(leftTime.type, rightTime.type).map(comparedType),
      type.isNumeric || type.isTemporal || type == .duration
    else {
      throw LazyFrameError(
        .type,
        "an asof join needs times or numbers, and '\(leftTime)' is \(leftTime.type), '\(rightTime)' \(rightTime.type)"
      )
    }
    let tolerance = try asof.tolerance.map { try distance($0, type) }
    let name = right.schema.freeName("asof time")
    let time = NamedExpression(name: name, expression: TypeRules.coerced(rightTime, to: type))
    let timed = ResolvedPlan.project(right.schema.fields.map(NamedExpression.column) + [time], right)
    let column = ResolvedExpression.column(name, type)
    // NaN is no time: it sorts last, and nothing is near to it.
    var isTime = ResolvedExpression.unary(.isNotNull, column)
    if type.isFloatingPoint {
      isTime = .binary(.and, isTime, .binary(.lessOrEqual, column, .literal(.double(.infinity), type), .bool), .bool)
    }
    let sorted = ResolvedPlan.sort([ResolvedSortKey(column: name)], limit: nil, .filter(isTime, timed))
    let match = AsofMatch(
      time: TypeRules.coerced(leftTime, to: type), rightTime: name, strategy: asof.strategy, tolerance: tolerance)
    let join = Join(
      kind: .left, leftKeys: asof.keys, rightKeys: asof.keys, sharesKeys: true, suffix: asof.suffix,
      nullsAreEqual: false)
    let sharedTime = leftTime.columnName == rightTime.columnName ? rightTime.columnName : nil
    return try resolve(join, left, sorted, asof: match, hidden: Set([name] + (sharedTime.map { [$0] } ?? [])))
  }

  /// Times are compared as 64-bit integers or as floats.
  private static func comparedType(_ type: DType) -> DType {
    if type == .date { return .datetime }
    return type.isNumeric ? TypeRules.signedNumber(type) : type
  }

  /// A tolerance in the unit of the times: microseconds, or what the numbers are.
  private static func distance(_ tolerance: Value, _ type: DType) throws -> Double {
    switch (tolerance, type.isTemporal || type == .duration) {
    case (.duration(let microseconds), true): return Double(microseconds)
    case (.int, false), (.double, false), (.unsigned, false): return tolerance.number ?? 0
    default:
      throw LazyFrameError(
        .type, "the tolerance \(tolerance) does not fit times that are \(type)",
        hint: "give a duration beside dates and moments, and a number beside numbers")
    }
  }
}
