/// Rewrites a resolved plan into an equal one that does less.
///
/// Passes run in phases, those of a phase in order, again and again until none changes the plan. After each the schema must be
/// what it was, and so must be the order of the rows: a pass may not change what the user gets.
struct Optimizer {
  /// One rewrite, each in its own file.
  enum Pass: String, CaseIterable, Sendable {
    case constantFolding = "constant-folding"
    case predicatePushDown = "predicate-push-down"
    case limitPushDown = "limit-push-down"
    case redundantOperations = "redundant-operations"
    case joinOrder = "join-order"
    case commonSubplans = "common-subplans"
    case projectionPushDown = "projection-push-down"
    case partitionPruning = "partition-pruning"
    case commonExpressions = "common-expressions"

    func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
      switch self {
      case .constantFolding: ConstantFolding.apply(plan)
      case .predicatePushDown: PredicatePushDown.apply(plan)
      case .limitPushDown: LimitPushDown.apply(plan)
      case .redundantOperations: RedundantOperations.apply(plan)
      case .joinOrder: JoinOrder.apply(plan)
      case .commonSubplans: CommonSubplans.apply(plan)
      case .projectionPushDown: ProjectionPushDown.apply(plan)
      case .partitionPruning: PartitionPruning.apply(plan)
      case .commonExpressions: CommonExpressions.apply(plan)
      }
    }
  }

  /// What is the same is found before columns are pruned, which makes it different. The names of common expressions come last:
  /// pushing filters and joining projections would undo them.
  private static let phases: [[Pass]] = [
    rewriting + [.joinOrder], [.commonSubplans], rewriting + [.projectionPushDown], [.partitionPruning],
    [.commonExpressions],
  ]
  private static let rewriting: [Pass] = [
    .constantFolding, .predicatePushDown, .limitPushDown, .redundantOperations,
  ]

  private static let roundLimit = 10

  /// - Parameter disabled: the names of passes that are left out.
  static func optimize(_ plan: ResolvedPlan, disabled: Set<String> = []) -> ResolvedPlan {
    var plan = plan
    let schema = plan.schema
    for phase in phases {
      for _ in 0..<(phase.count == 1 ? 1 : roundLimit) {
        let before = plan
        for pass in phase where !disabled.contains(pass.rawValue) {
          plan = pass.apply(plan)
          precondition(plan.schema == schema, "the optimiser pass \(pass.rawValue) changed the schema of the result")
        }
        if plan == before { break }
      }
    }
    return plan
  }
}
