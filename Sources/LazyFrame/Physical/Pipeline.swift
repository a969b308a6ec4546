import Columnar

/// What a task does with each batch between its source and its sink.
enum PipelineStep: Sendable, Hashable, Codable {
  /// Keeps the rows for which the condition is true.
  case filter(ResolvedExpression)
  /// Replaces the columns.
  case project([NamedExpression])
  /// Looks each row up in a table of another stage's rows.
  case probe(JoinProbe)
  /// Makes a row of each element of lists.
  case explode([String])
}

/// The steps of a task, with the tables that they look into.
struct Pipeline {
  private let steps: [PipelineStep]
  let probers: [JoinProber]
  /// Counts the rows that come to each step, if somebody wants to know.
  private let passed: PassedRows?

  /// - Parameters:
  ///   - tables: one for each step that probes, in their order.
  ///   - passed: where the rows are counted that come to each step, if they are.
  init(_ steps: [PipelineStep], tables: [JoinTable], passed: PassedRows? = nil) {
    self.steps = steps
    self.passed = passed
    probers = zip(steps.compactMap(\.probe), tables).map { JoinProber($0, $1) }
  }

  /// The right rows that found a partner in the last step, if that is a full join.
  var matched: Bitmap? { probers.last?.takeMatched() }

  /// Hands the batches that come of one batch to `sink`: none, one, or several where rows are multiplied, which ends when `isFull`
  /// says that there are enough.
  func run(_ batch: RecordBatch, until isFull: () -> Bool, _ sink: (RecordBatch) throws -> Void) throws {
    try run(batch, from: 0, prober: 0, isFull, sink)
  }

  private func run(
    _ batch: RecordBatch, from step: Int, prober: Int, _ isFull: () -> Bool, _ sink: (RecordBatch) throws -> Void
  ) throws {
    if batch.rowCount == 0 { return }
    passed?.counts[step] += batch.rowCount
    if step == steps.count { return try sink(batch) }
    switch steps[step] {
    case .filter(let predicate):
      let selected = batch.filter(Selection(try Evaluator.evaluate(predicate, batch)))
      try run(selected, from: step + 1, prober: prober, isFull, sink)
    case .project(let expressions):
      let projected = RecordBatch(
        schema: Schema(expressions.map(\.field)),
        columns: try expressions.map { try Evaluator.evaluate($0.expression, batch) }, rowCount: batch.rowCount)
      try run(projected, from: step + 1, prober: prober, isFull, sink)
    case .explode(let names): try run(try batch.exploding(names), from: step + 1, prober: prober, isFull, sink)
    case .probe:
      try probers[prober].run(batch, until: isFull) { try run($0, from: step + 1, prober: prober + 1, isFull, sink) }
    }
  }
}

extension PipelineStep {
  var probe: JoinProbe? {
    if case .probe(let probe) = self { return probe }
    return nil
  }
}

extension PipelineStep: CustomStringConvertible {
  var description: String {
    switch self {
    case .filter(let predicate): "filter \(predicate)"
    case .project(let expressions): "project \(expressions.map(\.description).joined(separator: ", "))"
    case .probe(let probe): probe.description
    case .explode(let names): "explode \(names.identifiers)"
    }
  }
}
