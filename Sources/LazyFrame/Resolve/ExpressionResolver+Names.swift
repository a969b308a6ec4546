import Columnar

extension ExpressionResolver {
  /// Refuses a constant text that is the name of a column, where a column must be meant: `sort(by: "close")` would sort by
  /// nothing, and `join(other, on: "symbol")` pair every row with every row. Under a name of its own it is a constant.
  func refuseNames(_ expressions: [Expression]) throws {
    for expression in expressions {
      guard case .literal(.string(let name)) = expression.unlocated.node, schema[name] != nil else { continue }
      throw LazyFrameError(
        .misplaced, "'\(name)' is a text here, and not the column of that name",
        hint: "a column is col(\"\(name)\"), in a text \(Expression.identifier(name)), and the constant '\(name)' as …",
        span: expression.span)
    }
  }
}
