import Columnar

/// Joins with those first that leave fewest rows, and builds tables of the smaller side, where nobody can see it.
///
///     inner join by b                     inner join by c
///       inner join by c          ->         inner join by b
///         rows                                rows
///         all countries                       some brands
///       some brands                         all countries
///
/// Rows come in the order of the left side, and for each left row in that of the right ones. So the left-most rows stay where
/// they are, and two joins with them change places only if each of those rows finds at most one partner in one of them; if
/// each found several in both, their pairs would come in another order. That is known of groups joined by their keys, and of
/// small tables in memory, which are looked at.
///
/// Where the pairs of a batch of rows are cut changes with that, and so may the last digits of a variance, which adds up runs of
/// rows.
///
/// To exchange the sides of a join changes the order, which would cost a sort to mend. So that is done only where the order has
/// no effect: below aggregates that are the same in any order, and on the right side of a semi join.
enum JoinOrder {
  /// How much smaller the left side must seem for the sides to be exchanged: the estimates are rough.
  private static let exchangeFactor = 4.0

  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan { ordering(plan, .visible, isCutSeen: true) }

  private static func ordering(_ plan: ResolvedPlan, _ need: OrderNeed, isCutSeen: Bool) -> ResolvedPlan {
    var needs = Array(zip(plan.orderNeeds(need), plan.cutNeeds(isCutSeen)))[...]
    let plan = plan.mappingInputs { input in
      let (need, isCutSeen) = needs.popFirst() ?? (.visible, true)
      return ordering(input, need, isCutSeen: isCutSeen)
    }
    guard case .join(let join, let left, let right) = plan, join.kind == .inner, join.isPlain else { return plan }
    if let ordered = exchangingJoins(join, left, right, need) { return ordered }
    if need.isInvisible, !isCutSeen, left.estimate().rows * exchangeFactor < right.estimate().rows {
      return .join(join.withSidesExchanged, right, left)
    }
    return plan
  }

  /// `(first ⋈ second) ⋈ third` as `(first ⋈ third) ⋈ second`.
  private static func exchangingJoins(
    _ outer: ResolvedJoin, _ left: ResolvedPlan, _ third: ResolvedPlan, _ need: OrderNeed
  ) -> ResolvedPlan? {
    guard case .join(let inner, let first, let second) = left, inner.kind == .inner, inner.isPlain,
      third.estimate().share < second.estimate().share
    else { return nil }
    let fromFirst = inner.columns(from: .left)
    let keys = outer.leftKeys.map { $0.substituting(fromFirst) }
    // A key that can fail would see rows that the inner join drops.
    guard outer.leftKeys.allSatisfy({ $0.columns.allSatisfy { fromFirst[$0] != nil } }),
      !(keys + outer.rightKeys + inner.leftKeys + inner.rightKeys).contains(where: \.canFail),
      need.isInvisible || second.isUnique(by: inner.rightKeys) || third.isUnique(by: outer.rightKeys)
    else { return nil }
    // All columns of the first one pass through under their names, those of the third under names of their own.
    var taken = Set(first.schema.names)
    var names: [String: String] = [:]
    var passing = first.schema.fields.map { JoinOutput(name: $0.name, type: $0.type, source: .left($0.name)) }
    for case (let output, .right(let column)) in outer.outputs.map({ ($0, $0.source) }) where names[column] == nil {
      var name = output.name
      while taken.contains(name) { name += "'" }
      taken.insert(name)
      names[column] = name
      passing.append(JoinOutput(name: name, type: output.type, source: .right(column)))
    }
    let sources = Dictionary(uniqueKeysWithValues: inner.outputs.map { ($0.name, $0.source) })
    let outputs = outer.outputs.compactMap { output -> JoinOutput? in
      let source: JoinOutput.Source? =
        switch output.source {
        case .left(let name): sources[name]
        case .right(let column): names[column].map { .left($0) }
        case .either: nil
        }
      return source.map { JoinOutput(name: output.name, type: output.type, source: $0) }
    }
    guard outputs.count == outer.outputs.count else { return nil }
    let nearer = ResolvedJoin(
      kind: .inner, leftKeys: keys, rightKeys: outer.rightKeys, nullsAreEqual: outer.nullsAreEqual, outputs: passing)
    let farther = ResolvedJoin(
      kind: .inner, leftKeys: inner.leftKeys, rightKeys: inner.rightKeys, nullsAreEqual: inner.nullsAreEqual,
      outputs: outputs)
    return .join(farther, .join(nearer, first, third), second)
  }
}

extension ResolvedJoin {
  /// What outputs are in terms of a side's columns.
  fileprivate func columns(from side: JoinSide) -> [String: ResolvedExpression] {
    outputs.reduce(into: [:]) { columns, output in
      switch (output.source, side) {
      case (.left(let name), .left), (.right(let name), .right): columns[output.name] = .column(name, output.type)
      default: break
      }
    }
  }
}

extension ResolvedPlan {
  private static let smallCount = 1 << 16

  /// Whether it is known that no two rows have the same keys.
  fileprivate func isUnique(by keys: [ResolvedExpression]) -> Bool {
    switch self {
    case .aggregate(let groupKeys, _, _):
      let names = Set(keys.filter(\.isColumn).flatMap(\.columns))
      return groupKeys.allSatisfy { names.contains($0.name) }
    case .filter(_, let input), .sort(_, _, let input), .limit(_, let input): return input.isUnique(by: keys)
    case .project(let expressions, let input):
      return input.isUnique(by: keys.map { $0.substituting(expressions.definitions) })
    case .memory(let node): return node.table.rowCount <= ResolvedPlan.smallCount && node.isUnique(by: keys)
    default: return false
    }
  }
}

extension MemoryNode {
  /// O(rows).
  fileprivate func isUnique(by keys: [ResolvedExpression]) -> Bool {
    if keys.contains(where: \.canFail) { return false }
    let named = keys.enumerated().map { NamedExpression(name: "\($0.offset)", expression: $0.element) }
    let specification = GroupSpecification(keys: named, aggregates: [])
    let groups = GroupedPartition(specification, specification.encoder, expectedRows: nil)
    for batch in table.partitions.indices.flatMap({ partition($0) }) where (try? groups.add(batch)) == nil {
      return false
    }
    return groups.groupCount == table.rowCount
  }
}
