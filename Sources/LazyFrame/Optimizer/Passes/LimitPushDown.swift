/// Moves limits towards the scan, so that it stops reading early; a limit on a sort keeps only the first rows of it.
enum LimitPushDown {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.mappingInputs(apply)
    guard case .limit(let count, let input) = plan else { return plan }
    switch input {
    case .limit(let inner, let below): return inner <= count ? input : apply(.limit(count, below))
    case .project(let expressions, let below): return .project(expressions, apply(.limit(count, below)))
    case .sort(let keys, let limit, let below): return .sort(keys, limit: min(count, limit ?? count), below)
    case .scan(var node):
      node.limit = min(count, node.limit ?? count)
      return .scan(node)
    case .concat(let inputs): return .limit(count, .concat(inputs.map { apply(.limit(count, $0)) }))
    case .join(let join, let left, let right) where join.kind == .left && join.uniqueLeft == nil:
      // Each left row gives one row at least, in the same order.
      return .limit(count, .join(join, apply(.limit(count, left)), right))
    case .numbered(let numbering, let below) where !numbering.fromEnd:
      return .numbered(numbering, apply(.limit(count, below)))
    case .memory, .last, .filter, .aggregate, .join, .window, .numbered, .explode, .mapped, .repartitioned, .partition,
      .sharing, .shared:
      return plan
    }
  }
}
