extension LogicalPlan {
  /// Plans and expressions are walked by functions that call themselves, so that deeper ones would overflow the stack.
  private static let depthLimit = 1000

  /// - Throws: `LazyFrameError` when operations or expressions lie too deep in one another.
  func refuseDepth() throws {
    guard !isDeeper(than: LogicalPlan.depthLimit) else {
      throw LazyFrameError(
        .unsupported, "more than \(LogicalPlan.depthLimit) operations stand one behind another",
        hint: "compute the first of them before, with persist(), or put several columns into one operation")
    }
    try refuseDeepExpressions()
  }

  private func isDeeper(than limit: Int) -> Bool {
    limit == 0 || inputs.contains { $0.isDeeper(than: limit - 1) }
  }

  private func refuseDeepExpressions() throws {
    guard !expressions.contains(where: { $0.isDeeper(than: LogicalPlan.depthLimit) }) else {
      throw LazyFrameError(
        .unsupported, "an expression is nested more than \(LogicalPlan.depthLimit) deep",
        hint: "compute a part of it before: withColumns(…) gives it a name")
    }
    for input in inputs { try input.refuseDeepExpressions() }
  }

  private var expressions: [Expression] {
    switch self {
    case .scan, .memory, .limit, .concat, .verb: []
    case .filter(let predicate, _): [predicate]
    case .select(let expressions, _), .withColumns(let expressions, _): expressions
    case .aggregate(let keys, let aggregates, _): keys + aggregates
    case .sort(let keys, _): keys.map(\.expression)
    case .join(let join, _, _): join.leftKeys + join.rightKeys
    case .asofJoin(let join, _, _): [join.time, join.rightTime] + join.keys
    }
  }
}

extension Expression {
  fileprivate func isDeeper(than limit: Int) -> Bool {
    limit == 0 || children.contains { $0.isDeeper(than: limit - 1) }
  }
}
