import Columnar

/// What a group-by computes.
struct GroupSpecification: Sendable, Hashable, Codable {
  let keys: [NamedExpression]
  let aggregates: [ResolvedAggregate]

  var schema: Schema { Schema(keys.map(\.field) + aggregates.map(\.field)) }

  var encoder: KeyEncoder { KeyEncoder(types: keys.map(\.expression.type)) }

  func makeAccumulators() -> [any Accumulator] { aggregates.map { $0.makeAccumulator() } }

  /// The table's columns, in the order of its groups.
  func columns(
    _ table: borrowing GroupTable, _ strings: StringInterner, _ accumulators: [any Accumulator]
  ) throws -> RecordBatch {
    // Without keys there is one group, also when it has no rows.
    let count = keys.isEmpty ? 1 : table.count
    var accumulators = accumulators
    if count > table.count {
      accumulators = makeAccumulators()
      for accumulator in accumulators { accumulator.grow(to: count) }
    }
    let keyColumns = encoder.decode(table.words, count: keys.isEmpty ? 0 : count, strings)
    return RecordBatch(
      schema: schema, columns: try keyColumns + accumulators.map { try $0.finish(count) }, rowCount: count)
  }
}
