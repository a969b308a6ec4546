import Columnar

/// Columns below each other, as names and values.
struct UnpivotVerb: FrameVerb {
  /// Nil: all that are no index.
  let on: [String]?
  let index: [String]
  let variableName: String
  let valueName: String

  var description: String {
    "unpivot" + (on.map { " \($0.identifiers)" } ?? "") + (index.isEmpty ? "" : " by \(index.identifiers)")
  }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    let kept = try index.map { try input.schema.known($0) }
    let stacked =
      try on.map { try $0.map { try input.schema.known($0) } }
      ?? input.schema.fields.filter { !index.contains($0.name) }
    try Resolver.refuseDuplicates((index + [variableName, valueName]).map { ($0, nil) })
    let columns = try TypeRules.unified(
      stacked.map { .column($0.name, $0.type) }, of: "the columns of an unpivot")
    guard !columns.isEmpty else {
      let nulls = [variableName: DType.string, valueName: .null]
      let empty = [variableName, valueName].map {
        NamedExpression(name: $0, expression: .literal(.null, nulls[$0] ?? .null))
      }
      return .project(kept.map(NamedExpression.column) + empty, .limit(0, input))
    }
    let parts = zip(stacked, columns).map { field, value in
      ResolvedPlan.project(
        kept.map(NamedExpression.column) + [
          NamedExpression(name: variableName, expression: .literal(.string(field.name), .string)),
          NamedExpression(name: valueName, expression: value),
        ], input)
    }
    return parts.count == 1 ? parts[0] : .concat(parts)
  }
}

/// Values of a column as columns.
struct PivotVerb: FrameVerb {
  let on: String
  let columns: [Value]
  let index: [Expression]
  let values: Expression
  let aggregate: @Sendable (Expression) -> Expression

  var description: String {
    "pivot \(values) on \(Expression.identifier(on))"
      + (index.isEmpty ? "" : " by \(index.map(\.description).joined(separator: ", "))")
  }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    _ = try input.schema.known(on)
    var names: Set<String> = []
    for value in columns where !names.insert(value.description).inserted {
      throw LazyFrameError(
        .duplicateName, "two values of '\(on)' would be a column '\(value)'",
        hint: "replace one of them before the pivot")
    }
    let aggregates = columns.map { value in
      let isHere = value.isNull ? col(on).isNull() : col(on) == lit(value)
      return aggregate(when(isHere).then(values).otherwise(lit(Value.null))).as(value.description)
    }
    return try AggregateResolver.resolve(keys: index, aggregates: aggregates, input: input)
  }
}

/// Each partition by itself.
struct MapPartitionsVerb: FrameVerb {
  let map: PartitionMap

  var description: String { "map partitions" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan { .mapped(map, input) }
}

/// One partition of the input.
struct PartitionVerb: FrameVerb {
  let index: Int

  var description: String { "partition \(index)" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan { .partition(index, input) }
}

/// The same rows in other partitions.
struct RepartitionVerb: FrameVerb {
  let count: Int

  var description: String { "repartition into \(count)" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan { .repartitioned(count, input) }
}
