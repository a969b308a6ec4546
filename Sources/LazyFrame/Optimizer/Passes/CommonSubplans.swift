/// Computes what stands in a plan several times only once.
///
///     semi join                           semi join
///       number the rows                     shared 1
///         scan                    ->        group by
///       group by                              shared 1
///         number the rows                 shared 1:
///           scan                            number the rows
///                                             scan
///
/// Shared rows are held in memory until all who use them have them. Where they are anyway, sharing can only win: what sorts,
/// groups or numbers rows hands on all of them at once. Filters, projections and joins hand on a batch at a time, though, and
/// to repeat them may be what keeps a file that is larger than the memory out of it. So these are shared only where somebody
/// holds their rows in any case: the result, the right side of a join, a sort. And they are not where repeating them is free:
/// rows that are in memory already, and columns of them.
///
/// The pass runs before columns are pruned, which makes copies different; from then on the rows that are shared have the
/// columns that any of those who use them need. It runs after filters were pushed down: what two users filter differently is
/// read twice, with less in memory.
enum CommonSubplans {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    if case .sharing = plan { return plan }
    var table = PlanTable()
    let root = table.add(plan)
    let isShared = shared(table.nodes, root: root)
    var plans: [ResolvedPlan] = []
    var built: [ResolvedPlan] = []
    for (number, node) in table.nodes.enumerated() {
      var inputs = node.inputs[...]
      let plan = node.plan.mappingInputs { input in inputs.popFirst().map { built[$0] } ?? input }
      if isShared[number] {
        built.append(.shared(plans.count, plan.schema))
        plans.append(plan)
      } else {
        built.append(plan)
      }
    }
    return plans.isEmpty ? plan : .sharing(plans, built[root])
  }

  /// For each node whether its rows are computed once for several who use them.
  private static func shared(_ nodes: [PlanTable.Node], root: Int) -> [Bool] {
    // How often a node would be computed if nothing above it were repeated, and whether somebody holds its rows.
    var uses = [Int](repeating: 0, count: nodes.count)
    var isHeld = [Bool](repeating: false, count: nodes.count)
    var isShared = isHeld
    (uses[root], isHeld[root]) = (1, true)
    for (number, node) in nodes.enumerated().reversed() {
      isShared[number] = uses[number] > 1 && node.plan.paysToShare(isHeld: isHeld[number])
      for (place, input) in node.inputs.enumerated() {
        // Two are as good as many, which could be more than a number holds.
        uses[input] = min(uses[input] + (isShared[number] ? 1 : uses[number]), 2)
        if node.plan.holds(input: place, isHeld: isHeld[number] || isShared[number]) { isHeld[input] = true }
      }
    }
    return isShared
  }
}

extension ResolvedPlan {
  /// - Parameter isHeld: whether somebody who uses the rows has all of them in memory at once.
  fileprivate func paysToShare(isHeld: Bool) -> Bool {
    switch self {
    case .aggregate, .sort, .limit, .last, .window, .numbered, .mapped, .repartitioned, .partition: true
    case .scan(let node): isHeld || node.limit != nil
    case .join(let join, _, _): isHeld || join.kind == .full
    case .filter, .explode: isHeld
    case .project(let expressions, _): isHeld && expressions.contains { !$0.expression.isFree }
    case .memory, .concat, .sharing, .shared: false
    }
  }

  /// Whether all rows of an input are in memory at once.
  ///
  /// - Parameter isHeld: whether those of the result are.
  fileprivate func holds(input place: Int, isHeld: Bool) -> Bool {
    switch self {
    case .sort(_, limit: nil, _), .window, .numbered, .mapped, .repartitioned, .partition, .concat: true
    case .project, .explode: isHeld
    case .join(let join, _, _):
      switch join.kind.kind {
      case .full: true
      case .right: place == 0 || isHeld
      case .inner, .left, .cross: place == 1 || isHeld || join.uniqueLeft != nil
      case .semi, .anti: place == 1
      }
    case .scan, .memory, .filter, .aggregate, .sort, .limit, .last, .sharing, .shared: false
    }
  }
}

extension ResolvedExpression {
  /// Whether its values are there without computing.
  var isFree: Bool { isColumn || isLiteral }
}
