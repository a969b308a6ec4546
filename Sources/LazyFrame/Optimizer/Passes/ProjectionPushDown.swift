import Columnar

/// Computes and reads only the columns that somebody above uses, and joins projections that stand on each other.
struct ProjectionPushDown {
  /// For each of the shared plans the names of the columns that those who use it need.
  private var needed: [Set<String>]

  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    let used = Set(plan.schema.names)
    guard case .sharing(let plans, let body) = plan else {
      var pass = ProjectionPushDown(needed: [])
      return pass.prune(plan, used)
    }
    var pass = ProjectionPushDown(needed: plans.map { _ in [] })
    let prunedBody = pass.prune(body, used)
    // Plans use only those before them, so the last is the first of which all is known.
    var pruned = plans
    for number in plans.indices.reversed() {
      let needed = pass.needed[number]
      pruned[number] = only(needed, pass.prune(plans[number], needed))
    }
    let schemas = pruned.map(\.schema)
    return .sharing(pruned.map { $0.withSharedSchemas(schemas) }, prunedBody.withSharedSchemas(schemas))
  }

  /// - Parameter used: the names of the columns that are needed of this node's output.
  private mutating func prune(_ plan: ResolvedPlan, _ used: Set<String>) -> ResolvedPlan {
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
    case .last(let count, let input): return .last(count, prune(input, used))
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
    case .concat(let inputs):
      return .concat(inputs.map { ProjectionPushDown.only(used, prune($0, used)) })
    case .numbered(let numbering, let input):
      guard used.contains(numbering.name) else { return prune(input, used) }
      return .numbered(numbering, prune(input, used.subtracting([numbering.name])))
    case .explode(let names, let input): return .explode(names, prune(input, used.union(names)))
    case .mapped(let map, let input): return .mapped(map, prune(input, Set(input.schema.names)))
    case .repartitioned(let count, let input): return .repartitioned(count, prune(input, used))
    case .shared(let number, _):
      needed[number].formUnion(used)
      return ProjectionPushDown.only(used, plan)
    case .sharing: preconditionFailure("only the root of a plan shares")
    case .partition(let index, let input): return .partition(index, prune(input, used))
    }
  }

  /// The plan with just these columns, so that all inputs of a concat have the same.
  private static func only(_ used: Set<String>, _ plan: ResolvedPlan) -> ResolvedPlan {
    let fields = plan.schema.fields.filter { used.contains($0.name) }
    return fields.count == plan.schema.count ? plan : .project(fields.map(NamedExpression.column), plan)
  }

  private mutating func pruneProject(_ expressions: [NamedExpression], _ input: ResolvedPlan) -> ResolvedPlan {
    if case .project(let inner, let below) = input {
      let definitions = inner.definitions
      if !expressions.contains(where: { ProjectionPushDown.usesComputed($0.expression, definitions) }) {
        let joined = expressions.map {
          NamedExpression(name: $0.name, expression: $0.expression.substituting(definitions))
        }
        return pruneProject(joined, below)
      }
    }
    var pruned = prune(input, columns(expressions.map(\.expression)))
    // The columns are chosen here; what was computed below stays.
    if case .project(let chosen, let shared) = pruned, case .shared = shared,
      chosen.allSatisfy({ $0.expression == .column($0.name, $0.expression.type) })
    {
      pruned = shared
    }
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

  private func columns(_ expressions: [ResolvedExpression]) -> Set<String> {
    expressions.reduce(into: []) { $0.formUnion($1.columns) }
  }
}

extension ResolvedPlan {
  /// The same plan where shared rows have these schemas.
  fileprivate func withSharedSchemas(_ schemas: [Schema]) -> ResolvedPlan {
    if case .shared(let number, _) = self { return .shared(number, schemas[number]) }
    return mappingInputs { $0.withSharedSchemas(schemas) }
  }
}
