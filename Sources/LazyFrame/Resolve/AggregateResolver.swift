import Columnar

/// Binds a group-by: keys, aggregates, and expressions over aggregates.
///
/// `max(high) - min(low) as range` becomes two aggregates and a projection behind the group-by that subtracts them.
struct AggregateResolver {
  private let expressions: ExpressionResolver
  private let keys: [NamedExpression]
  /// The names that the user sees. Aggregates inside an expression get others.
  private let visible: Set<String>
  private var aggregates: [ResolvedAggregate] = []

  static func resolve(keys: [Expression], aggregates: [Expression], input: ResolvedPlan) throws -> ResolvedPlan {
    var expressions = ExpressionResolver(schema: input.schema)
    try expressions.refuseNames(keys)
    let keys = try Resolver.named(keys, expressions)
    guard keys.count <= KeyEncoder.keyLimit else {
      throw LazyFrameError(
        .unsupported, "a group-by takes at most \(KeyEncoder.keyLimit) keys, and there are \(keys.count)",
        hint: "join some of them into one: a || '-' || b")
    }
    for key in keys where key.expression.type.element != nil {
      throw LazyFrameError(
        .unsupported, "rows cannot be grouped by lists, and '\(key.name)' is \(key.expression.type)",
        hint: "group by its text: cast(\(key.expression) as string)")
    }
    expressions.hidden = keys.reduce(into: []) { hidden, key in
      if case .column(let name, _) = key.expression { hidden.insert(name) }
    }
    let expanded = try aggregates.flatMap { [expressions] in try expressions.expand($0) }
    let names = expanded.map(\.name)
    for expression in expanded where expression.hasWindow {
      throw LazyFrameError(
        .misplaced, "'\(expression)' has a window, which cannot stand in a group-by",
        hint: "compute it before: withColumns(…) gives it a name", span: expression.span)
    }
    try Resolver.refuseDuplicates(keys.map { ($0.name, nil) } + zip(names, expanded.map(\.span)))

    var resolver = AggregateResolver(expressions: expressions, keys: keys, visible: Set(keys.map(\.name) + names))
    let outputs = try expanded.map {
      NamedExpression(name: $0.name, expression: try resolver.output($0, name: $0.name))
    }
    let plan = ResolvedPlan.aggregate(keys: keys, aggregates: resolver.aggregates, input)
    let isPlain = outputs.map(\.expression) == resolver.aggregates.map { .column($0.name, $0.type) }
    return isPlain ? plan : .project(keys.map { .column($0.field) } + outputs, plan)
  }

  private init(expressions: ExpressionResolver, keys: [NamedExpression], visible: Set<String>) {
    self.expressions = expressions
    self.keys = keys
    self.visible = visible
  }

  /// What an output called `name` is in terms of the group-by's columns.
  private mutating func output(_ expression: Expression, name: String) throws -> ResolvedExpression {
    switch expression.node {
    case .located(let operand, let span):
      do {
        return try output(operand, name: name)
      } catch var error as LazyFrameError where error.span == nil {
        error.span = span
        throw error
      }
    case .alias(let operand, _): return try output(operand, name: name)
    default:
      if let call = try AggregateCall(expression) {
        if let definition = call.definition { return try output(definition, name: name) }
        return try aggregate(call, name: name)
      }
      guard expression.hasAggregate else {
        throw LazyFrameError(
          .misplaced, "'\(expression)' is not an aggregate", hint: "say which value of the group: first(\(expression))",
          span: expression.span)
      }
      // The aggregates inside become columns, over which the rest is resolved.
      let outer = try replacingAggregates(expression)
      do {
        return try ExpressionResolver(schema: Schema(keys.map(\.field) + aggregates.map(\.field))).resolve(outer)
      } catch let error as LazyFrameError {
        throw error.about(written: expression)
      }
    }
  }

  private mutating func replacingAggregates(_ expression: Expression) throws -> Expression {
    if case .column(let name) = expression.unlocated.node, !keys.contains(where: { $0.name == name }),
      expressions.schema[name] != nil
    {
      throw LazyFrameError(
        .misplaced, "'\(name)' is neither a key nor in an aggregate",
        hint: "say which value of the group: first(\(Expression.identifier(name)))", span: expression.span)
    }
    if let call = try AggregateCall(expression) {
      if let definition = call.definition { return try replacingAggregates(definition) }
      switch try aggregate(call, name: nil) {
      case .cast(.column(let name, _), let type): return col(name).cast(to: type)
      case .column(let name, _): return col(name)
      default: return expression
      }
    }
    var resolver = self
    defer { self = resolver }
    return try expression.mappingChildren { try resolver.replacingAggregates($0) }
  }

  /// The column of an aggregate under a name, or without one under a name of its own, shared by equal aggregates.
  private mutating func aggregate(_ call: AggregateCall, name: String?) throws -> ResolvedExpression {
    let function = call.function
    let inputs = try typedInputs(function, call.arguments)
    let filter = try call.filter.map { try self.filter($0) }
    // Constants are left out of sharing: equal ones need not be the same, as 0.0 and -0.0.
    if name == nil, !inputs.expressions.contains(where: \.hasLiteral),
      let same = aggregates.first(where: {
        $0.function == function && $0.inputs == inputs.expressions && $0.filter == filter
      })
    {
      return TypeRules.coerced(.column(same.name, same.type), to: inputs.result)
    }
    let added = ResolvedAggregate(
      name: name ?? inventedName(function), function: function, inputs: inputs.expressions, filter: filter,
      type: inputs.computed)
    aggregates.append(added)
    return TypeRules.coerced(.column(added.name, added.type), to: inputs.result)
  }

  private func filter(_ condition: Expression) throws -> ResolvedExpression {
    let resolved = try expressions.resolve(condition)
    guard resolved.type == .bool || resolved.type == .null else {
      throw LazyFrameError(
        .type, "a filter needs a condition, and '\(condition)' is \(resolved.type)", span: condition.span)
    }
    return TypeRules.coerced(resolved, to: .bool)
  }

  private func typedInputs(
    _ function: AggregateFunction, _ arguments: [Expression]
  ) throws -> (expressions: [ResolvedExpression], computed: DType, result: DType) {
    let inputs = try arguments.map { try expressions.resolve($0) }
    do {
      let signature = try AggregateSignature.resolve(function, inputs.map(\.type))
      return (zip(inputs, signature.inputs).map { TypeRules.coerced($0, to: $1) }, signature.computed, signature.result)
    } catch let error as LazyFrameError {
      let names = arguments.map(\.description).joined(separator: ", ")
      throw LazyFrameError(
        error.code, "\(error.message) (in \(function.name)(\(names)))", hint: error.hint,
        span: arguments.compactMap(\.span).first)
    }
  }

  /// A name that no key and no output has.
  private func inventedName(_ function: AggregateFunction) -> String {
    var name = "\(function.name) \(aggregates.count + 1)"
    while visible.contains(name) || aggregates.contains(where: { $0.name == name }) { name += "'" }
    return name
  }
}

/// An aggregate with its arguments and its filter.
private struct AggregateCall {
  let function: AggregateFunction
  let arguments: [Expression]
  let filter: Expression?

  /// Nil when the expression is something else.
  init?(_ expression: Expression) throws {
    switch expression.node {
    case .aggregate(let function, let arguments):
      (self.function, self.arguments, filter) = (function, arguments, nil)
    case .filtered(let operand, let condition):
      guard case .aggregate(let function, let arguments) = operand.unlocated.node else {
        throw LazyFrameError(
          .misplaced, "'\(operand)' is not an aggregate, so it has no filter (where …)",
          hint: "put the filter right behind the aggregate", span: operand.span)
      }
      (self.function, self.arguments, filter) = (function, arguments, condition)
    default: return nil
    }
  }

  /// What it is written as where it is made of other aggregates, each with the same filter.
  var definition: Expression? {
    guard let definition = function.definition(arguments) else { return nil }
    return filter.map(definition.filteringAggregates) ?? definition
  }
}

extension Expression {
  fileprivate func filteringAggregates(_ condition: Expression) -> Expression {
    if case .aggregate = node { return filter(where: condition) }
    return mappingChildren { $0.filteringAggregates(condition) }
  }

  fileprivate var hasAggregate: Bool {
    if case .aggregate = node { return true }
    return children.contains(where: \.hasAggregate)
  }
}

extension ResolvedExpression {
  fileprivate var hasLiteral: Bool { isLiteral || children.contains(where: \.hasLiteral) }
}
