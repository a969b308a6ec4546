import Columnar

/// Binds a group-by: keys, aggregates, and expressions over aggregates.
///
/// `max(high) - min(low) as range` becomes two aggregates and a projection behind the group-by that subtracts them.
struct AggregateResolver {
  private let expressions: ExpressionResolver
  private let keys: [NamedExpression]
  private var aggregates: [ResolvedAggregate] = []

  static func resolve(keys: [Expression], aggregates: [Expression], input: ResolvedPlan) throws -> ResolvedPlan {
    var expressions = ExpressionResolver(schema: input.schema)
    let keys = try Resolver.named(keys, expressions)
    guard keys.count <= KeyEncoder.keyLimit else {
      throw LazyFrameError(
        .unsupported, "a group-by takes at most \(KeyEncoder.keyLimit) keys, and there are \(keys.count)",
        hint: "join some of them into one: a || '-' || b")
    }
    expressions.hidden = keys.reduce(into: []) { hidden, key in
      if case .column(let name, _) = key.expression { hidden.insert(name) }
    }
    var resolver = AggregateResolver(expressions: expressions, keys: keys)
    let expanded = try aggregates.flatMap { [expressions] in try expressions.expand($0) }
    let outputs = try expanded.map {
      NamedExpression(name: $0.name, expression: try resolver.output($0, name: $0.name))
    }
    try Resolver.refuseDuplicates(keys.map { ($0.name, nil) } + zip(outputs.map(\.name), expanded.map(\.span)))
    let plan = ResolvedPlan.aggregate(keys: keys, aggregates: resolver.aggregates, input)
    let isPlain = outputs.map(\.expression) == resolver.aggregates.map { .column($0.name, $0.type) }
    if isPlain { return plan }
    return .project(
      keys.map { NamedExpression(name: $0.name, expression: .column($0.name, $0.expression.type)) } + outputs, plan)
  }

  private init(expressions: ExpressionResolver, keys: [NamedExpression]) {
    self.expressions = expressions
    self.keys = keys
  }

  /// What an output is in terms of the group-by's columns. `name` is given to an aggregate that is the whole output.
  private mutating func output(_ expression: Expression, name: String?) throws -> ResolvedExpression {
    switch expression.node {
    case .located(let operand, let span):
      do {
        return try output(operand, name: name)
      } catch var error as LazyFrameError where error.span == nil {
        error.span = span
        throw error
      }
    case .alias(let operand, _): return try output(operand, name: name)
    case .aggregate(let function, let arguments):
      return try aggregate(function, arguments, name: name ?? expression.name)
    default:
      // The aggregates inside become columns, over which the rest is resolved.
      let start = aggregates.count
      let outer = try replacingAggregates(expression)
      guard aggregates.count > start else {
        throw LazyFrameError(
          .misplaced, "'\(expression)' is not an aggregate", hint: "say which value of the group: first(\(expression))",
          span: expression.span)
      }
      let fields = keys.map(\.field) + aggregates.map(\.field)
      return try ExpressionResolver(schema: Schema(fields)).resolve(outer)
    }
  }

  private mutating func replacingAggregates(_ expression: Expression) throws -> Expression {
    if case .aggregate(let function, let arguments) = expression.node {
      guard case .column(let name, _) = try aggregate(function, arguments, name: nil) else { return expression }
      return Expression(.column(name))
    }
    var resolver = self
    defer { self = resolver }
    return try expression.mappingChildren { try resolver.replacingAggregates($0) }
  }

  /// The column of an aggregate, added unless the same one is there already under that name.
  private mutating func aggregate(
    _ function: AggregateFunction, _ arguments: [Expression], name: String?
  ) throws -> ResolvedExpression {
    let inputs = try arguments.map { try expressions.resolve($0) }
    let signature: (inputs: [DType], result: DType)
    do {
      signature = try AggregateSignature.resolve(function, inputs.map(\.type))
    } catch let error as LazyFrameError {
      let names = arguments.map(\.description).joined(separator: ", ")
      throw LazyFrameError(
        error.code, "\(error.message) (in \(function.name)(\(names)))", hint: error.hint,
        span: arguments.compactMap(\.span).first)
    }
    let typed = zip(inputs, signature.inputs).map { TypeRules.coerced($0, to: $1) }
    var unique = name ?? "\(function.name) \(aggregates.count + 1)"
    if let same = aggregates.first(where: { $0.function == function && $0.inputs == typed }), name == nil {
      return .column(same.name, same.type)
    }
    while name == nil, aggregates.contains(where: { $0.name == unique }) { unique += "'" }
    let added = ResolvedAggregate(name: unique, function: function, inputs: typed, type: signature.result)
    if !aggregates.contains(where: { $0.name == unique }) { aggregates.append(added) }
    return .column(added.name, added.type)
  }
}
