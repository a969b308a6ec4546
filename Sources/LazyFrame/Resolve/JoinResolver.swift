import Columnar

/// Binds a join: keys of one type on both sides, and the names of the result.
enum JoinResolver {
  /// - Parameters:
  ///   - asof: which of the right rows with equal keys is taken, if only one is.
  ///   - hidden: right columns that are no columns of the result.
  static func resolve(
    _ join: Join, _ left: ResolvedPlan, _ right: ResolvedPlan, asof: AsofMatch? = nil, hidden: Set<String> = []
  ) throws -> ResolvedPlan {
    let (leftKeys, rightKeys) = try keys(join, left.schema, right.schema, needsKey: asof == nil)
    let seen = Schema(right.schema.fields.filter { !hidden.contains($0.name) })
    let outputs = try outputs(join, left.schema, seen, leftKeys, rightKeys)
    let resolved = ResolvedJoin(
      kind: join.kind, leftKeys: leftKeys, rightKeys: rightKeys, nullsAreEqual: join.nullsAreEqual, outputs: outputs,
      uniqueLeft: join.validation?.leftIsUnique == true ? "left" : nil,
      uniqueRight: join.validation?.rightIsUnique == true ? "right" : nil, asof: asof)
    return .join(resolved, left, right)
  }

  private static func keys(
    _ join: Join, _ left: Schema, _ right: Schema, needsKey: Bool
  ) throws -> ([ResolvedExpression], [ResolvedExpression]) {
    let leftKeys = try expanded(join.leftKeys, left, "left")
    let rightKeys = try expanded(join.rightKeys, right, "right")
    guard leftKeys.count == rightKeys.count else {
      throw LazyFrameError(
        .type, "a join has \(leftKeys.count) keys on the left and \(rightKeys.count) on the right",
        hint: "each key on one side needs one on the other")
    }
    guard join.kind == .cross || !needsKey || !leftKeys.isEmpty else {
      throw LazyFrameError(.type, "a join needs a key", hint: "to join every row with every row, use crossJoin")
    }
    guard leftKeys.count <= KeyEncoder.keyLimit else {
      throw LazyFrameError(
        .unsupported, "a join takes at most \(KeyEncoder.keyLimit) keys, and there are \(leftKeys.count)")
    }
    var typed: ([ResolvedExpression], [ResolvedExpression]) = ([], [])
    for (leftKey, rightKey) in zip(leftKeys, rightKeys) {
      guard let type = TypeRules.common(leftKey.type, rightKey.type) else {
        throw LazyFrameError(
          .type,
          "a join cannot compare '\(leftKey)', which is \(leftKey.type), with '\(rightKey)', which is \(rightKey.type)",
          hint: "cast one of them to the other's type")
      }
      guard type.element == nil else {
        throw LazyFrameError(
          .unsupported, "rows cannot be joined by lists, and '\(leftKey)' is \(type)",
          hint: "join by their texts: cast(\(leftKey) as string)")
      }
      typed.0.append(TypeRules.coerced(leftKey, to: type))
      typed.1.append(TypeRules.coerced(rightKey, to: type))
    }
    return typed
  }

  private static func expanded(_ keys: [Expression], _ schema: Schema, _ side: String) throws -> [ResolvedExpression] {
    let resolver = ExpressionResolver(schema: schema)
    do {
      try resolver.refuseNames(keys)
      return try keys.flatMap { try resolver.expand($0) }.map { try resolver.resolve($0) }
    } catch let error as LazyFrameError {
      throw LazyFrameError(
        error.code, "\(error.message) on the \(side) side of the join", hint: error.hint, span: error.span)
    }
  }

  /// The left columns, then the right ones. A key that both sides have under one name is one column; other right columns
  /// that are called as a left one have the suffix.
  private static func outputs(
    _ join: Join, _ left: Schema, _ right: Schema, _ leftKeys: [ResolvedExpression], _ rightKeys: [ResolvedExpression]
  ) throws -> [JoinOutput] {
    if join.kind == .semi || join.kind == .anti {
      return left.fields.map { JoinOutput(name: $0.name, type: $0.type, source: .left($0.name)) }
    }
    var shared: [String: DType] = [:]
    for (leftKey, rightKey) in zip(leftKeys, rightKeys) {
      if let name = leftKey.columnName, name == rightKey.columnName { shared[name] = leftKey.type }
    }
    var outputs = left.fields.map { field -> JoinOutput in
      guard let type = shared[field.name], type == field.type, right[field.name]?.type == type else {
        return JoinOutput(name: field.name, type: field.type, source: .left(field.name))
      }
      let source: JoinOutput.Source =
        switch join.kind {
        case .right: .right(field.name)
        case .full: .either(left: field.name, right: field.name)
        default: .left(field.name)
        }
      return JoinOutput(name: field.name, type: field.type, source: source)
    }
    for field in right.fields {
      let isShared = shared[field.name] != nil && left[field.name]?.type == field.type
      if isShared { continue }
      let name = left[field.name] == nil ? field.name : field.name + join.suffix
      outputs.append(JoinOutput(name: name, type: field.type, source: .right(field.name)))
    }
    var seen: Set<String> = []
    for output in outputs where !seen.insert(output.name).inserted {
      throw LazyFrameError(
        .duplicateName, "two columns of the join are called '\(output.name)'",
        hint: "give another suffix, or rename a column first")
    }
    return outputs
  }
}

extension ResolvedExpression {
  /// The column that this is, whatever type it is cast to.
  var columnName: String? {
    switch self {
    case .column(let name, _): name
    case .cast(let operand, _): operand.columnName
    default: nil
    }
  }
}
