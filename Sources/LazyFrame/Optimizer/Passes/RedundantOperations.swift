import Columnar

/// Leaves out operations that change nothing which anybody could see.
///
///     aggregate count()              sort by symbol                 limit 10                   distinct
///       sort by close        ->        sort by symbol, date    ->     sort by x limit 5   ->     distinct
///         scan                           scan                           scan                      scan
///
/// Rows are in order, so most sorts can be seen: groups come in the order of their first rows. A sort cannot be seen below one
/// that decides all it decides, below a semi join's right side, and below aggregates without keys that are the same in any
/// order. What rounds, such as a sum of floats, is not.
///
/// How rows are cut into partitions can be seen too: by a function of the user's, in the result, and in the last digits of such sums. So what
/// would change that is left out only where neither follows, and what makes one partition of many only where there is one.
enum RedundantOperations {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    // The result's partitions are seen: they are counted, picked, and written into files of their own.
    removing(plan.droppingUnseen(.visible, isCutSeen: true))
  }

  private static func removing(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.mappingInputs(removing)
    switch plan {
    case .limit(let count, let input) where input.isOnePartition && (input.rowLimit ?? .max) <= count: return input
    case .limit(let count, .repartitioned(_, let input)): return .limit(count, input)
    case .sort(_, let limit, let input) where input.isOnePartition && (input.rowLimit ?? .max) <= min(limit ?? 1, 1):
      return input
    case .repartitioned(let count, .repartitioned(_, let input)): return .repartitioned(count, input)
    case .aggregate(let keys, let aggregates, let input) where aggregates.isEmpty: return distinct(keys, input) ?? plan
    default: return plan
    }
  }

  /// A distinct that does the work of two: the different values of some keys of a group-by are those of its rows.
  private static func distinct(_ keys: [NamedExpression], _ input: ResolvedPlan) -> ResolvedPlan? {
    if case .project(let expressions, let below) = input {
      return distinct(keys.substituting(expressions.definitions), below)
    }
    guard case .aggregate(let inner, _, let below) = input, !keys.isEmpty else { return nil }
    let definitions = inner.definitions
    func isKey(_ expression: ResolvedExpression) -> Bool {
      if case .column(let name, _) = expression { return definitions[name] != nil }
      return false
    }
    guard keys.allSatisfy({ isKey($0.expression) }) else { return nil }
    return .aggregate(keys: keys.substituting(definitions), aggregates: [], below)
  }
}

extension [NamedExpression] {
  fileprivate func substituting(_ definitions: [String: ResolvedExpression]) -> [NamedExpression] {
    map { NamedExpression(name: $0.name, expression: $0.expression.substituting(definitions)) }
  }
}

extension ResolvedPlan {
  /// The plan without sorts that have no effect, and without partitions that only sorts read.
  fileprivate func droppingUnseen(_ need: OrderNeed, isCutSeen: Bool) -> ResolvedPlan {
    if case .sort(let keys, let limit, let input) = self, !isCutSeen {
      if case .repartitioned(_, let below) = input {
        return ResolvedPlan.sort(keys, limit: limit, below).droppingUnseen(need, isCutSeen: isCutSeen)
      }
      if limit == nil, need.hidesOrder(by: keys) { return input.droppingUnseen(need, isCutSeen: isCutSeen) }
    }
    var needs = Array(zip(orderNeeds(need), cutNeeds(isCutSeen)))[...]
    return mappingInputs { input in
      let (need, isCutSeen) = needs.popFirst() ?? (.visible, true)
      return input.droppingUnseen(need, isCutSeen: isCutSeen)
    }
  }

  /// The most rows that come out, if that is known without looking.
  fileprivate var rowLimit: Int? {
    switch self {
    case .memory(let node): node.table.rowCount
    case .limit(let count, let input), .last(let count, let input): min(count, input.rowLimit ?? count)
    case .sort(_, let limit?, let input): min(limit, input.rowLimit ?? limit)
    case .sort(_, nil, let input), .filter(_, let input), .project(_, let input), .window(_, let input),
      .numbered(_, let input), .repartitioned(_, let input), .partition(_, let input):
      input.rowLimit
    case .aggregate(let keys, _, let input): keys.isEmpty ? 1 : input.rowLimit
    case .scan(let node): node.limit
    case .join, .concat, .explode, .mapped, .sharing, .shared: nil
    }
  }

  /// Whether all rows are in one partition, however many the sources have.
  fileprivate var isOnePartition: Bool {
    switch self {
    case .limit, .last, .partition, .sort(_, limit: _?, _): true
    case .aggregate(let keys, _, _): keys.isEmpty
    case .scan(let node): node.limit != nil
    case .filter(_, let input), .project(_, let input), .sort(_, nil, let input), .window(_, let input),
      .numbered(_, let input):
      input.isOnePartition
    case .memory, .join, .concat, .explode, .mapped, .repartitioned, .sharing, .shared: false
    }
  }
}
