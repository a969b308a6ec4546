/// Moves filters towards the scan, so that rows are dropped as early as possible.
///
///     filter year > 2000                        group by year(date) as year
///       group by year(date) as year     ->        scan, filter year(date) > 2000
///         scan
enum PredicatePushDown {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.replacingInput(apply)
    guard case .filter(let predicate, let input) = plan else { return plan }
    switch input {
    case .filter(let inner, let below) where !predicate.canFail:
      // One that can fail is kept for the rows that the inner filter leaves.
      return apply(.filter(.binary(.and, inner, predicate, .bool), below))
    case .project(let expressions, let below):
      return .project(expressions, apply(.filter(predicate.substituting(expressions.definitions), below)))
    case .sort(let keys, nil, let below):
      return .sort(keys, limit: nil, apply(.filter(predicate, below)))
    case .aggregate(let keys, let aggregates, let below):
      return pastAggregate(predicate, keys, aggregates, below)
    case .scan(var node) where node.limit == nil && (node.filter == nil || !predicate.canFail):
      node.filter = node.filter.map { .binary(.and, $0, predicate, .bool) } ?? predicate
      return .scan(node)
    case .scan, .sort, .limit, .filter: return plan
    }
  }

  /// The parts of the predicate that speak only of keys hold for all rows of a group, so they can come first. Not so for
  /// floats: -0.0 and 0.0 are one key, but not one row.
  private static func pastAggregate(
    _ predicate: ResolvedExpression, _ keys: [NamedExpression], _ aggregates: [ResolvedAggregate], _ below: ResolvedPlan
  ) -> ResolvedPlan {
    let names = Set(keys.filter { !$0.expression.type.isFloatingPoint }.map(\.name))
    func isMovable(_ part: ResolvedExpression) -> Bool { part.columns.isSubset(of: names) && !part.columns.isEmpty }
    let parts = conjuncts(predicate)
    let movable = parts.filter(isMovable)
    let staying = parts.filter { !isMovable($0) }
    var input = below
    if let moved = conjunction(movable) { input = apply(.filter(moved.substituting(keys.definitions), below)) }
    let aggregate = ResolvedPlan.aggregate(keys: keys, aggregates: aggregates, input)
    return conjunction(staying).map { .filter($0, aggregate) } ?? aggregate
  }

  private static func conjuncts(_ expression: ResolvedExpression) -> [ResolvedExpression] {
    if case .binary(.and, let left, let right, _) = expression { return conjuncts(left) + conjuncts(right) }
    return [expression]
  }

  private static func conjunction(_ parts: [ResolvedExpression]) -> ResolvedExpression? {
    parts.dropFirst().reduce(parts.first) { all, part in all.map { .binary(.and, $0, part, .bool) } }
  }
}
