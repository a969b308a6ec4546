import CSV
import Columnar

/// Binds names and types: a logical plan in, a resolved plan out, or an error before any row is read.
struct Resolver {
  static func resolve(_ plan: LogicalPlan) throws -> ResolvedPlan {
    try plan.refuseDepth()
    return try resolved(plan)
  }

  private static func resolved(_ plan: LogicalPlan) throws -> ResolvedPlan {
    switch plan {
    case .scan(let scan):
      return .scan(ScanNode(scan: scan, columns: Array(scan.columns.indices), filter: nil, limit: nil))
    case .memory(let table): return .memory(MemoryNode(table))
    case .join(let join, let left, let right):
      return try JoinResolver.resolve(join, resolved(left), resolved(right))
    case .asofJoin(let join, let left, let right):
      return try JoinResolver.resolve(join, resolved(left), resolved(right))
    case .concat(let kind, let inputs): return try kind.resolve(inputs.map(resolved))
    case .verb(let verb, let input): return try verb.resolve(resolved(input))
    case .filter(let predicate, let input):
      return try filter(predicate, resolved(input))
    case .select(let expressions, let input):
      return try select(expressions, resolved(input))
    case .withColumns(let expressions, let input):
      return try withColumns(expressions, resolved(input))
    case .aggregate(let keys, let aggregates, let input):
      return try AggregateResolver.resolve(keys: keys, aggregates: aggregates, input: resolved(input))
    case .sort(let keys, let input):
      return try sort(keys, resolved(input))
    case .limit(let count, let input):
      return .limit(count, try resolved(input))
    }
  }

  static func filter(_ predicate: Expression, _ input: ResolvedPlan) throws -> ResolvedPlan {
    guard predicate.hasWindow else {
      return .filter(try condition(predicate, ExpressionResolver(schema: input.schema)), input)
    }
    var windows = WindowResolver(schema: input.schema)
    let replaced = try windows.replacing(predicate)
    let filtered = ResolvedPlan.filter(try condition(replaced, windows.expressions), windows.plan(over: input))
    return .project(input.schema.fields.map(NamedExpression.column), filtered)
  }

  static func select(_ expressions: [Expression], _ input: ResolvedPlan) throws -> ResolvedPlan {
    let (selected, source) = try named(expressions, over: input)
    return .project(selected, source)
  }

  static func withColumns(_ expressions: [Expression], _ input: ResolvedPlan) throws -> ResolvedPlan {
    let (added, source) = try named(expressions, over: input)
    return .project(overlaid(input.schema, added), source)
  }

  /// Inputs with the same names in the same order. Columns of different types become the type that holds both.
  static func concat(_ inputs: [ResolvedPlan]) throws -> ResolvedPlan {
    let names = inputs[0].schema.names
    for (index, input) in inputs.enumerated() where input.schema.names != names {
      let missing = names.first { input.schema.index(of: $0) == nil }
      let added = input.schema.names.first { inputs[0].schema.index(of: $0) == nil }
      let what =
        missing.map { "frame \(index + 1) has no column '\($0)'" }
        ?? added.map { "frame 1 has no column '\($0)', which frame \(index + 1) has" }
        ?? "frame \(index + 1) has its columns in another order than frame 1"
      throw LazyFrameError(
        .type, "frames with different columns cannot be put below each other: \(what)",
        hint: "select the same columns of each, or use the diagonal concat, which fills in nulls")
    }
    let types = try inputs[0].schema.fields.indices.map { column in
      try inputs.enumerated().reduce(DType.null) { type, input in
        let next = input.element.schema.fields[column].type
        guard let common = TypeRules.common(type, next) else {
          throw LazyFrameError(
            .type, "column '\(names[column])' is \(type) in one frame and \(next) in frame \(input.offset + 1)",
            hint: "cast it to one type before the frames are put below each other")
        }
        return common
      }
    }
    return .concat(
      inputs.map { input in
        if input.schema.fields.map(\.type) == types { return input }
        let casts = zip(input.schema.fields, types).map { field, type in
          NamedExpression(
            name: field.name, expression: TypeRules.coerced(.column(field.name, field.type), to: type))
        }
        return .project(casts, input)
      })
  }

  private static func condition(_ predicate: Expression, _ resolver: ExpressionResolver) throws -> ResolvedExpression {
    let resolved = try resolver.resolve(predicate)
    if resolved.type == .null { return .cast(resolved, .bool) }
    guard resolved.type == .bool else {
      throw LazyFrameError(
        .type, "a filter needs a condition, and '\(predicate)' is \(resolved.type)",
        hint: "compare it with something: \(predicate) = …", span: predicate.span)
    }
    return resolved
  }

  /// Each expression with its name, several columns multiplied out.
  static func named(_ expressions: [Expression], _ resolver: ExpressionResolver) throws -> [NamedExpression] {
    let expanded = try expressions.flatMap { try resolver.expand($0) }
    let named = try expanded.map { NamedExpression(name: $0.name, expression: try resolver.resolve($0)) }
    try refuseDuplicates(zip(named.map(\.name), expanded.map(\.span)))
    return named
  }

  /// The same, where windows may stand in the expressions: they become columns of the plan that the names are bound to.
  private static func named(
    _ expressions: [Expression], over input: ResolvedPlan
  ) throws -> (expressions: [NamedExpression], input: ResolvedPlan) {
    let resolver = ExpressionResolver(schema: input.schema)
    try resolver.refuseNames(expressions)
    let expanded = try expressions.flatMap { try resolver.expand($0) }
    guard expanded.contains(where: \.hasWindow) else { return (try named(expressions, resolver), input) }
    var windows = WindowResolver(schema: input.schema)
    var result: [NamedExpression] = []
    for expression in expanded {
      let replaced = try windows.replacing(expression)
      do {
        result.append(NamedExpression(name: expression.name, expression: try windows.expressions.resolve(replaced)))
      } catch let error as LazyFrameError {
        throw error.about(written: expression)
      }
    }
    try refuseDuplicates(zip(result.map(\.name), expanded.map(\.span)))
    return (result, windows.plan(over: input))
  }

  static func refuseDuplicates(_ names: some Sequence<(String, SourceSpan?)>) throws {
    var seen: Set<String> = []
    for (name, span) in names where !seen.insert(name).inserted {
      throw LazyFrameError(
        .duplicateName, "two results are called '\(name)'", hint: "name one of them: … as other_\(name)", span: span)
    }
  }

  /// The input's columns, with those of the same name replaced and the others added behind.
  private static func overlaid(_ schema: Schema, _ added: [NamedExpression]) -> [NamedExpression] {
    let kept = schema.fields.map { field in
      added.first { $0.name == field.name }
        ?? .column(field)
    }
    return kept + added.filter { schema.index(of: $0.name) == nil }
  }

  /// Sorting by a column needs nothing more; sorting by an expression computes it, sorts, and drops it again.
  static func sort(_ keys: [SortKey], _ input: ResolvedPlan) throws -> ResolvedPlan {
    let schema = input.schema
    let resolver = ExpressionResolver(schema: schema)
    var windows = WindowResolver(schema: schema)
    var columns: [ResolvedSortKey] = []
    var computed: [NamedExpression] = []
    try resolver.refuseNames(keys.map(\.expression))
    for key in keys {
      for expression in try resolver.expand(key.expression) {
        let replaced = try windows.replacing(expression)
        let resolved = try windows.expressions.resolve(replaced)
        guard resolved.type.element == nil else {
          throw LazyFrameError(
            .unsupported, "rows cannot be sorted by lists, and '\(expression)' is \(resolved.type)",
            hint: "sort by its text: cast(\(expression) as string)", span: expression.span)
        }
        if case .column(let name, _) = resolved, schema.index(of: name) != nil {
          columns.append(ResolvedSortKey(column: name, descending: key.descending, nullsFirst: key.nullsFirst))
        } else {
          var name = "sort key \(computed.count + 1)"
          while schema.index(of: name) != nil { name += "'" }
          computed.append(NamedExpression(name: name, expression: resolved))
          columns.append(ResolvedSortKey(column: name, descending: key.descending, nullsFirst: key.nullsFirst))
        }
      }
    }
    if computed.isEmpty { return .sort(columns, limit: nil, input) }
    let kept = schema.fields.map(NamedExpression.column)
    return .project(kept, .sort(columns, limit: nil, .project(kept + computed, windows.plan(over: input))))
  }
}
