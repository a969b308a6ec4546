import Columnar

/// What a task does with each batch between its source and its sink.
enum PipelineStep: Sendable, Hashable, Codable {
  /// Keeps the rows for which the condition is true.
  case filter(ResolvedExpression)
  /// Replaces the columns.
  case project([NamedExpression])

  func apply(_ batch: RecordBatch) throws -> RecordBatch {
    switch self {
    case .filter(let predicate): return batch.filter(Selection(try Evaluator.evaluate(predicate, batch)))
    case .project(let expressions):
      return RecordBatch(
        schema: Schema(expressions.map(\.field)),
        columns: try expressions.map { try Evaluator.evaluate($0.expression, batch) }, rowCount: batch.rowCount)
    }
  }
}

extension [PipelineStep] {
  func apply(_ batch: RecordBatch) throws -> RecordBatch {
    try reduce(batch) { try $1.apply($0) }
  }
}

extension PipelineStep: CustomStringConvertible {
  var description: String {
    switch self {
    case .filter(let predicate): "filter \(predicate)"
    case .project(let expressions): "project \(expressions.map(\.description).joined(separator: ", "))"
    }
  }
}

extension RecordBatch {
  /// The selected rows. O(rows · columns).
  func filter(_ selection: Selection) -> RecordBatch {
    RecordBatch(
      schema: schema, columns: columns.map { RowKernels.filter($0, selection) }, rowCount: selection.rows.count)
  }
}
