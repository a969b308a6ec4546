/// Moves filters towards the scan, so that rows are dropped as early as possible.
///
///     filter year > 2000                        group by year(date) as year
///       group by year(date) as year     ->        scan, filter year(date) > 2000
///         scan
enum PredicatePushDown {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.mappingInputs(apply)
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
    case .window(let windows, let below): return pastWindow(predicate, windows, below)
    case .join(let join, let left, let right): return pastJoin(predicate, join, left, right)
    case .concat(let inputs): return .concat(inputs.map { apply(.filter(predicate, $0)) })
    case .scan, .memory, .sort, .limit, .last, .filter, .numbered, .explode, .mapped, .repartitioned, .partition,
      .sharing, .shared:
      return plan
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

  /// The parts that speak only of keys which all windows share drop whole groups, so they can come first. Floats as above. Not
  /// below a window that refuses rows in disorder: whether it does, and which row it names, would depend on the filter.
  private static func pastWindow(
    _ predicate: ResolvedExpression, _ windows: [ResolvedWindow], _ below: ResolvedPlan
  ) -> ResolvedPlan {
    let keys = windows.map { window in
      Set(window.frame.keys.filter { $0.isColumn && !$0.type.isFloatingPoint }.flatMap(\.columns))
    }
    let names = keys.dropFirst().reduce(keys.first ?? []) { $0.intersection($1) }
    let canMove = !windows.contains(where: \.refusesDisorder) && !predicate.canFail
    func isMovable(_ part: ResolvedExpression) -> Bool {
      canMove && part.columns.isSubset(of: names) && !part.columns.isEmpty
    }
    let parts = conjuncts(predicate)
    let input = conjunction(parts.filter(isMovable)).map { apply(.filter($0, below)) } ?? below
    let window = ResolvedPlan.window(windows, input)
    return conjunction(parts.filter { !isMovable($0) }).map { .filter($0, window) } ?? window
  }

  /// The parts that speak of one side only drop rows of that side before they are joined, unless its rows that are dropped
  /// would let a row of the other side come out without a partner. Parts that speak only of keys hold for both sides.
  private static func pastJoin(
    _ predicate: ResolvedExpression, _ join: ResolvedJoin, _ left: ResolvedPlan, _ right: ResolvedPlan
  ) -> ResolvedPlan {
    // Rows that are dropped before could be those that a validation must see.
    let isValidated = join.uniqueLeft != nil || join.uniqueRight != nil
    if predicate.canFail || isValidated { return .filter(predicate, .join(join, left, right)) }
    var (staying, toLeft, toRight): ([ResolvedExpression], [ResolvedExpression], [ResolvedExpression]) = ([], [], [])
    let (leftNames, rightNames) = (join.definitions(on: .left), join.definitions(on: .right))
    for part in conjuncts(predicate) {
      let names = part.columns
      let isLeft = !names.isEmpty && names.allSatisfy { leftNames[$0] != nil }
      let isRight = !names.isEmpty && names.allSatisfy { rightNames[$0] != nil }
      switch join.kind.kind {
      case .inner where isLeft || isRight, .cross where isLeft || isRight:
        if isLeft { toLeft.append(part.substituting(leftNames)) }
        if isRight { toRight.append(part.substituting(rightNames)) }
      case .left where isLeft, .semi where isLeft, .anti where isLeft:
        toLeft.append(part.substituting(leftNames))
        // Right rows with other keys find no partner then.
        if isRight { toRight.append(part.substituting(rightNames)) }
      case .right where isRight:
        toRight.append(part.substituting(rightNames))
        if isLeft { toLeft.append(part.substituting(leftNames)) }
      default: staying.append(part)
      }
    }
    let joined = ResolvedPlan.join(
      join, conjunction(toLeft).map { apply(.filter($0, left)) } ?? left,
      conjunction(toRight).map { apply(.filter($0, right)) } ?? right)
    return conjunction(staying).map { .filter($0, joined) } ?? joined
  }

  private static func conjuncts(_ expression: ResolvedExpression) -> [ResolvedExpression] {
    if case .binary(.and, let left, let right, _) = expression { return conjuncts(left) + conjuncts(right) }
    return [expression]
  }

  private static func conjunction(_ parts: [ResolvedExpression]) -> ResolvedExpression? {
    parts.dropFirst().reduce(parts.first) { all, part in all.map { .binary(.and, $0, part, .bool) } }
  }
}
