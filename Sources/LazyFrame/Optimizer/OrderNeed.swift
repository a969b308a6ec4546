/// What of the order of some rows has an effect.
enum OrderNeed {
  case visible
  /// Only the order of rows that are equal in these columns.
  case amongEqual(Set<String>)
  case invisible
}

extension ResolvedPlan {
  /// What of the order of each input has an effect, where this much of the result's has.
  func orderNeeds(_ need: OrderNeed) -> [OrderNeed] {
    switch self {
    case .filter: [need]
    case .sort(let keys, _, _): [.amongEqual(Set(keys.map(\.column)))]
    case .project(let expressions, _): [need.mapping(expressions)]
    case .explode(let names, _): [need.without(names)]
    case .concat(let inputs): inputs.map { _ in need }
    case .aggregate(let keys, let aggregates, _):
      [aggregates.allSatisfy(\.isOrderFree) && need.hidesOrder(of: keys) ? .invisible : .visible]
    case .join(let join, _, _) where join.isPlain: join.orderNeeds(need)
    case .scan, .memory, .limit, .last, .window, .join, .numbered, .mapped, .repartitioned, .partition, .sharing,
      .shared:
      inputs.map { _ in .visible }
    }
  }
}

extension ResolvedPlan {
  /// Whether how each input is cut into partitions has an effect, where it has or has not how the result is.
  ///
  /// A user's function sees partitions, and the last digits of what rounds depend on them. What is grouped or sorted is cut by
  /// how its rows were.
  func cutNeeds(_ isSeen: Bool) -> [Bool] {
    switch self {
    case .mapped, .partition: [true]
    case .limit, .last, .sort(_, limit: _?, _), .repartitioned: [false]
    case .aggregate(let keys, let aggregates, _):
      [!aggregates.allSatisfy(\.isCutFree) || !keys.isEmpty && isSeen]
    case .join(let join, _, _): join.kind == .right ? [false, isSeen] : [isSeen, false]
    case .sharing(let plans, _): plans.map { _ in true } + [isSeen]
    case .scan, .memory, .filter, .project, .sort, .window, .concat, .numbered, .explode, .shared:
      inputs.map { _ in isSeen }
    }
  }
}

extension OrderNeed {
  var isInvisible: Bool {
    if case .invisible = self { return true }
    return false
  }

  /// Whether sorting by these keys has no effect.
  func hidesOrder(by keys: [ResolvedSortKey]) -> Bool {
    switch self {
    case .visible: false
    // Rows that are equal in all keys stay as they are.
    case .amongEqual(let names): keys.allSatisfy { names.contains($0.column) }
    case .invisible: true
    }
  }

  /// Whether the order in which groups with these keys come has no effect.
  fileprivate func hidesOrder(of keys: [NamedExpression]) -> Bool {
    switch self {
    case .visible: keys.isEmpty
    // No two groups are equal in all keys.
    case .amongEqual(let names): keys.allSatisfy { names.contains($0.name) }
    case .invisible: true
    }
  }

  /// The same of the rows that the expressions are computed of: rows that are equal in the expressions are equal in the columns
  /// among them.
  fileprivate func mapping(_ expressions: [NamedExpression]) -> OrderNeed {
    guard case .amongEqual(let names) = self else { return self }
    return .amongEqual(
      Set(expressions.filter { $0.expression.isColumn && names.contains($0.name) }.flatMap(\.expression.columns)))
  }

  fileprivate func without(_ names: [String]) -> OrderNeed {
    guard case .amongEqual(let all) = self else { return self }
    return .amongEqual(all.subtracting(names))
  }
}

extension ResolvedJoin {
  /// Whether nothing but equal keys matters: no validation, which names the first row that is wrong, and no times.
  var isPlain: Bool { uniqueLeft == nil && uniqueRight == nil && asof == nil }

  /// Left rows keep their order; right rows come in theirs for each left row, or not at all.
  fileprivate func orderNeeds(_ need: OrderNeed) -> [OrderNeed] {
    switch kind.kind {
    case .semi, .anti: [need.isInvisible ? .invisible : .visible, .invisible]
    case _ where need.isInvisible: [.invisible, .invisible]
    case .inner, .left: [.visible, .amongEqual(Set(rightKeys.filter(\.isColumn).flatMap(\.columns)))]
    case .right: [.amongEqual(Set(leftKeys.filter(\.isColumn).flatMap(\.columns))), .visible]
    case .full, .cross: [.visible, .visible]
    }
  }
}

extension ResolvedAggregate {
  /// Whether it is the same, to the last bit, in whichever order rows come.
  fileprivate var isOrderFree: Bool {
    switch function {
    case .count, .nullCount, .countDistinct, .any, .all: true
    // Floats are rounded, and of 0.0 and -0.0 it could be either one.
    case .sum, .mean, .min, .max: !inputs.contains(where: \.type.isFloatingPoint)
    default: false
    }
  }

  /// Whether it is the same, to the last bit, in whichever partitions rows come.
  fileprivate var isCutFree: Bool {
    switch function {
    case .first, .last, .firstRow, .lastRow, .list, .joined: true
    default: isOrderFree
    }
  }
}
