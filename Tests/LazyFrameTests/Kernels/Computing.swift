import Columnar

@testable import LazyFrame

/// The values of an expression in text over some columns, once as it is written and once with constants computed first:
/// both must be the same.
func computed(_ text: String, _ columns: [(String, Column)]) throws -> Column {
  let schema = Schema(columns.map { Field($0.0, $0.1.type) })
  let batch = RecordBatch(schema: schema, columns: columns.map(\.1), rowCount: columns.first?.1.count ?? 1)
  let resolved = try ExpressionResolver(schema: schema).resolve(try LazyFrame.Expression.parse(text))
  let result = try Evaluator.evaluate(resolved, batch)
  let folded = try Evaluator.evaluate(ConstantFolding.fold(resolved), batch)
  precondition(result.printed == folded.printed && result.type == folded.type, "folding changes \(text)")
  precondition(result.type == resolved.type, "\(text) is \(result.type) and was resolved to \(resolved.type)")
  return result
}

/// The message with which an expression fails, or nil when it does not.
func failure(_ text: String, _ columns: [(String, Column)]) -> String? {
  do {
    _ = try computed(text, columns)
    return nil
  } catch {
    return (error as? LazyFrameError)?.message ?? "\(error)"
  }
}
