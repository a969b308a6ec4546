/// Moves limits towards the scan, so that it stops reading early; a limit on a sort keeps only the first rows of it.
enum LimitPushDown {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.replacingInput(apply)
    guard case .limit(let count, let input) = plan else { return plan }
    switch input {
    case .limit(let inner, let below): return apply(.limit(min(count, inner), below))
    case .project(let expressions, let below): return .project(expressions, apply(.limit(count, below)))
    case .sort(let keys, let limit, let below): return .sort(keys, limit: min(count, limit ?? count), below)
    case .scan(var node):
      node.limit = min(count, node.limit ?? count)
      return .scan(node)
    case .filter, .aggregate: return plan
    }
  }
}
