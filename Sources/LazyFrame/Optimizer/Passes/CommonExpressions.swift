/// Computes what occurs several times in the expressions of a step only once for each row.
///
///     project sqrt(x) + 1 as a, sqrt(x) * 2 as b     ->     project "common 1" + 1 as a, "common 1" * 2 as b
///                                                             project x, sqrt(x) as "common 1"
///
/// A filter keeps what it computes to itself, so that it can stay in a scan. Aggregates that are equal but for their names
/// become one.
///
/// Nothing is computed for rows for which it was not before: all of a step's expressions are, both sides of `and` and all
/// branches of `case` too. The inputs of an aggregate with a filter of its own are not, so they do not count as occurrences.
enum CommonExpressions {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.mappingInputs(apply)
    switch plan {
    case .scan(var node):
      node.filter = node.filter.map(sharing)
      return .scan(node)
    case .filter(let predicate, let input): return .filter(sharing(predicate), input)
    case .project(let expressions, let input): return project(expressions, input)
    case .aggregate(let keys, let aggregates, let input): return aggregate(keys, aggregates, input)
    case .window(let windows, let input): return window(windows, input)
    case .memory, .sort, .limit, .last, .join, .concat, .numbered, .explode, .mapped, .repartitioned, .partition,
      .sharing, .shared:
      return plan
    }
  }

  private static func sharing(_ predicate: ResolvedExpression) -> ResolvedExpression {
    var table = ExpressionTable(taken: predicate.columns)
    table.add([predicate])
    let parts = table.parts()
    return parts.isEmpty ? predicate : .computing(parts.flatMap { $0 }, table.replaced(predicate))
  }

  private static func project(_ expressions: [NamedExpression], _ input: ResolvedPlan) -> ResolvedPlan {
    var table = ExpressionTable(taken: input.schema.names)
    table.add(expressions.map(\.expression))
    let parts = table.parts()
    return .project(expressions.map { table.replaced($0) }, input.computing(parts))
  }

  private static func aggregate(
    _ keys: [NamedExpression], _ aggregates: [ResolvedAggregate], _ input: ResolvedPlan
  ) -> ResolvedPlan {
    var table = ExpressionTable(taken: input.schema.names)
    table.add(keys.map(\.expression) + aggregates.flatMap { $0.filter.map { [$0] } ?? $0.inputs })
    let parts = table.parts()
    var kept: [ResolvedAggregate] = []
    var known: [ExpressionTable.Aggregate: ResolvedAggregate] = [:]
    let outputs = aggregates.map { aggregate in
      let same = known[table.key(of: aggregate)]
      if same == nil {
        kept.append(aggregate.mapping { table.replaced($0) })
        known[table.key(of: aggregate)] = aggregate
      }
      return NamedExpression(name: aggregate.name, expression: .column((same ?? aggregate).name, aggregate.type))
    }
    let grouped = ResolvedPlan.aggregate(
      keys: keys.map { table.replaced($0) }, aggregates: kept, input.computing(parts))
    return kept.count == aggregates.count
      ? grouped : .project(keys.map { NamedExpression.column($0.field) } + outputs, grouped)
  }

  private static func window(_ windows: [ResolvedWindow], _ input: ResolvedPlan) -> ResolvedPlan {
    var table = ExpressionTable(taken: input.schema.names + windows.map(\.name))
    table.add(windows.flatMap { $0.inputs + $0.frame.keys + $0.frame.order.map(\.expression) })
    let parts = table.parts()
    let computed = ResolvedPlan.window(windows.map { $0.mapping { table.replaced($0) } }, input.computing(parts))
    return parts.isEmpty ? computed : computed.keeping(input.schema.fields + windows.map(\.field))
  }
}

extension ResolvedPlan {
  /// The rows with more columns; each list may use those before it.
  fileprivate func computing(_ parts: [[NamedExpression]]) -> ResolvedPlan {
    parts.reduce(self) { plan, added in .project(plan.schema.fields.map(NamedExpression.column) + added, plan) }
  }
}
