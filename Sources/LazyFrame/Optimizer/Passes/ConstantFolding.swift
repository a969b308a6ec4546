import Columnar

/// Computes what depends on no column, and drops conditions that are always true.
///
///     filter close > 2 * 5 and true     becomes     filter close > 10.0
enum ConstantFolding {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    droppingTrueFilters(plan.mappingExpressions(fold))
  }

  private static func droppingTrueFilters(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.mappingInputs(droppingTrueFilters)
    if case .filter(.literal(.bool(true), _), let input) = plan { return input }
    return plan
  }

  static func fold(_ expression: ResolvedExpression) -> ResolvedExpression {
    let expression = expression.replacingChildren(fold)
    if let simpler = simplified(expression) { return simpler }
    let isConstant = !expression.children.isEmpty && expression.children.allSatisfy(\.isLiteral)
    guard isConstant else { return expression }
    // What fails now, such as an overflow, is left to fail when rows are there.
    guard let column = try? Evaluator.evaluate(expression, RecordBatch(schema: Schema([]), columns: [], rowCount: 1))
    else { return expression }
    return .literal(column[0], expression.type)
  }

  /// Logic with one constant side.
  private static func simplified(_ expression: ResolvedExpression) -> ResolvedExpression? {
    guard case .binary(let operation, let left, let right, _) = expression, operation.isLogical else { return nil }
    let neutral = ResolvedExpression.literal(.bool(operation == .and), .bool)
    let absorbing = ResolvedExpression.literal(.bool(operation == .or), .bool)
    if left == neutral { return right }
    if right == neutral { return left }
    return left == absorbing || right == absorbing ? absorbing : nil
  }
}

extension ResolvedExpression {
  var isColumn: Bool {
    if case .column = self { return true }
    return false
  }

  var isLiteral: Bool {
    if case .literal = self { return true }
    return false
  }
}
