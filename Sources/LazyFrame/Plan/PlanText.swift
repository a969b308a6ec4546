/// An optimised plan as text, with about how many rows each node gives, where that is not what comes to it or written already.
///
///     sort by symbol limit 5
///       group by symbol aggregate mean(close) as mean_close  (~140 rows)
///         scan-csv prices.csv; columns symbol, close (2 of 9); 1 partition  (~20 k rows)
struct PlanText: CustomStringConvertible {
  private(set) var description = ""
  private var shared: [RowEstimate] = []

  init(_ plan: ResolvedPlan) {
    var plans: [ResolvedPlan] = []
    var body = plan
    if case .sharing(let shared, let inner) = plan { (plans, body) = (shared, inner) }
    var sharedLines: [String] = []
    for (number, plan) in plans.enumerated() {
      let (lines, estimate) = lines(plan, margin: "  ")
      sharedLines += ["shared \(number + 1):"] + lines
      shared.append(estimate)
    }
    description = (lines(body, margin: "").lines + sharedLines).joined(separator: "\n")
  }

  private func lines(_ plan: ResolvedPlan, margin: String) -> (lines: [String], estimate: RowEstimate) {
    let below = plan.inputs.map { lines($0, margin: margin + "  ") }
    let estimate = plan.estimate(below.map(\.estimate), shared: shared)
    var line = margin + plan.title
    if !plan.tellsRows, below.count != 1 || below[0].estimate.description != estimate.description {
      line += "  (\(estimate))"
    }
    return ([line] + below.flatMap(\.lines), estimate)
  }
}

extension ResolvedPlan {
  /// Whether the title says how many rows there are.
  fileprivate var tellsRows: Bool {
    switch self {
    case .memory, .limit, .sort(_, limit: _?, _): true
    default: false
    }
  }
}
