import Columnar

/// All columns but these.
struct DropVerb: FrameVerb {
  let names: [String]

  var description: String { "drop \(names.identifiers)" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    let dropped = Set(try names.map { try input.schema.known($0).name })
    return input.keeping(input.schema.fields.filter { !dropped.contains($0.name) })
  }
}

/// The same columns under other names.
struct RenameVerb: FrameVerb {
  /// Old names with the new ones.
  let names: [String: String]

  var description: String {
    "rename "
      + names.sorted { $0.key < $1.key }.map { "\($0.key.quoted) as \($0.value.quoted)" }.joined(separator: ", ")
  }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    for name in names.keys.sorted() { _ = try input.schema.known(name) }
    let renamed = input.schema.fields.map { field in
      NamedExpression(name: names[field.name] ?? field.name, expression: .column(field.name, field.type))
    }
    try Resolver.refuseDuplicates(renamed.map { ($0.name, nil) })
    return .project(renamed, input)
  }
}

/// The rows without a null in some columns.
struct DropNullsVerb: FrameVerb {
  /// Nil: all columns.
  let names: [String]?

  var description: String { "drop nulls" + (names.map { " in \($0.identifiers)" } ?? "") }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    let fields = try names.map { try $0.map { try input.schema.known($0) } } ?? input.schema.fields
    let conditions = fields.map { ResolvedExpression.unary(.isNotNull, .column($0.name, $0.type)) }
    guard let first = conditions.first else { return input }
    return .filter(conditions.dropFirst().reduce(first) { .binary(.and, $0, $1, .bool) }, input)
  }
}

/// How many nulls each column has.
struct NullCountVerb: FrameVerb {
  var description: String { "count the nulls" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    let counts = input.schema.names.map { (count() - col($0).count()).as($0) }
    return try AggregateResolver.resolve(keys: [], aggregates: counts, input: input)
  }
}

/// A row for each element of lists.
struct ExplodeVerb: FrameVerb {
  let names: [String]

  var description: String { "explode \(names.identifiers)" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    for name in names {
      let field = try input.schema.known(name)
      guard field.type.element != nil else {
        throw LazyFrameError(.type, "only lists can be exploded, and '\(name)' is \(field.type)")
      }
    }
    return names.isEmpty ? input : .explode(names, input)
  }
}

extension Schema {
  /// The schema with lists replaced by their elements.
  func exploding(_ names: [String]) -> Schema {
    Schema(fields.map { names.contains($0.name) ? Field($0.name, $0.type.element ?? $0.type) : $0 })
  }
}

extension String {
  fileprivate var quoted: String { Expression.identifier(self) }
}

/// An aggregate of each column to which it applies, under the column's name.
struct WholeVerb: FrameVerb {
  let aggregate: @Sendable (Expression) -> Expression

  var description: String { "\(aggregate(Expression(.allColumns)))" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    let resolver = ExpressionResolver(schema: input.schema)
    let aggregates = try resolver.expand(aggregate(Expression(.allColumns)))
    return try AggregateResolver.resolve(
      keys: [], aggregates: aggregates.map { $0.as($0.children.first?.name ?? $0.name) }, input: input)
  }
}
