import Columnar

/// Computes and reads only the columns that somebody above uses, and joins projections that stand on each other.
enum ProjectionPushDown {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    prune(plan, Set(plan.schema.names))
  }

  /// - Parameter used: the names of the columns that are needed of this node's output.
  private static func prune(_ plan: ResolvedPlan, _ used: Set<String>) -> ResolvedPlan {
    switch plan {
    case .scan(var node):
      node.columns = node.columns.filter { used.contains(node.scan.columns[$0].name) }
      return .scan(node)
    case .filter(let predicate, let input):
      return .filter(predicate, prune(input, used.union(predicate.columns)))
    case .project(let expressions, let input):
      return pruneProject(expressions.filter { used.contains($0.name) }, input)
    case .aggregate(let keys, let aggregates, let input):
      let kept = aggregates.filter { used.contains($0.name) }
      let needed = keys.map(\.expression) + kept.flatMap(\.expressions)
      return .aggregate(keys: keys, aggregates: kept, prune(input, columns(needed)))
    case .sort(let keys, let limit, let input):
      return .sort(keys, limit: limit, prune(input, used.union(keys.map(\.column))))
    case .limit(let count, let input): return .limit(count, prune(input, used))
    case .window(let windows, let input):
      let kept = windows.filter { used.contains($0.name) }
      let needed = kept.reduce(into: used.subtracting(windows.map(\.name))) { $0.formUnion($1.columns) }
      let pruned = prune(input, needed)
      return kept.isEmpty ? pruned : .window(kept, pruned)
    case .memory(var node):
      node.columns = node.columns.filter { used.contains(node.table.schema.fields[$0].name) }
      return .memory(node)
    case .join(let join, let left, let right):
      let pruned = join.with(outputs: join.outputs.filter { used.contains($0.name) })
      return .join(
        pruned,
        prune(left, columns(join.leftKeys + (join.asof.map { [$0.time] } ?? [])).union(pruned.columns(of: .left))),
        prune(
          right,
          columns(join.rightKeys).union(pruned.columns(of: .right)).union(join.asof.map { [$0.rightTime] } ?? [])))
    case .concat(let inputs): return .concat(inputs.map { only(used, prune($0, used)) })
    case .numbered(let numbering, let input):
      guard used.contains(numbering.name) else { return prune(input, used) }
      return .numbered(numbering, prune(input, used.subtracting([numbering.name])))
    case .explode(let names, let input): return .explode(names, prune(input, used.union(names)))
    case .mapped(let map, let input): return .mapped(map, prune(input, Set(input.schema.names)))
    case .repartitioned(let count, let input): return .repartitioned(count, prune(input, used))
    }
  }

  /// The plan with just these columns, so that all inputs of a concat have the same.
  private static func only(_ used: Set<String>, _ plan: ResolvedPlan) -> ResolvedPlan {
    let fields = plan.schema.fields.filter { used.contains($0.name) }
    return fields.count == plan.schema.count ? plan : .project(fields.map(NamedExpression.column), plan)
  }

  private static func pruneProject(_ expressions: [NamedExpression], _ input: ResolvedPlan) -> ResolvedPlan {
    if case .project(let inner, let below) = input {
      let definitions = inner.definitions
      if !expressions.contains(where: { usesComputed($0.expression, definitions) }) {
        let joined = expressions.map {
          NamedExpression(name: $0.name, expression: $0.expression.substituting(definitions))
        }
        return pruneProject(joined, below)
      }
    }
    let pruned = prune(input, columns(expressions.map(\.expression)))
    let isIdentity =
      expressions.map(\.expression) == pruned.schema.fields.map { .column($0.name, $0.type) }
      && expressions.map(\.name) == pruned.schema.names
    return isIdentity ? pruned : .project(expressions, pruned)
  }

  /// Whether substituting could compute something twice that was computed once: only columns and constants are free.
  private static func usesComputed(
    _ expression: ResolvedExpression, _ definitions: [String: ResolvedExpression]
  ) -> Bool {
    expression.columns.contains { name in
      guard let definition = definitions[name] else { return false }
      if case .column = definition { return false }
      return !definition.isLiteral
    }
  }

  private static func columns(_ expressions: [ResolvedExpression]) -> Set<String> {
    expressions.reduce(into: []) { $0.formUnion($1.columns) }
  }
}
