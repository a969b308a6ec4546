/// Rewrites a resolved plan into an equal one that does less.
///
/// The passes run in order, again and again until none changes the plan. After each the schema must be what it was: a pass
/// may not change what the user gets.
struct Optimizer {
  /// One rewrite, each in its own file.
  enum Pass: String, CaseIterable, Sendable {
    case constantFolding = "constant-folding"
    case predicatePushDown = "predicate-push-down"
    case limitPushDown = "limit-push-down"
    case projectionPushDown = "projection-push-down"

    func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
      switch self {
      case .constantFolding: ConstantFolding.apply(plan)
      case .predicatePushDown: PredicatePushDown.apply(plan)
      case .limitPushDown: LimitPushDown.apply(plan)
      case .projectionPushDown: ProjectionPushDown.apply(plan)
      }
    }
  }

  private static let roundLimit = 10

  /// - Parameter disabled: the names of passes that are left out.
  static func optimize(_ plan: ResolvedPlan, disabled: Set<String> = []) -> ResolvedPlan {
    var plan = plan
    let schema = plan.schema
    for _ in 0..<roundLimit {
      let before = plan
      for pass in Pass.allCases where !disabled.contains(pass.rawValue) {
        plan = pass.apply(plan)
        precondition(plan.schema == schema, "the optimiser pass \(pass.rawValue) changed the schema of the result")
      }
      if plan == before { break }
    }
    return plan
  }
}
