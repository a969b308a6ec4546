import Columnar

/// What a group-by computes.
struct GroupSpecification: Sendable, Hashable, Codable {
  let keys: [NamedExpression]
  let aggregates: [ResolvedAggregate]

  var schema: Schema { Schema(keys.map(\.field) + aggregates.map(\.field)) }

  /// How keys become words where nothing is known of their values.
  var encoder: GroupKeyEncoder { GroupKeyEncoder(KeyEncoder(types: keys.map(\.expression.type))) }

  func makeAccumulators() -> [any Accumulator] { aggregates.map { $0.makeAccumulator(ofOneGroup: keys.isEmpty) } }

  /// How the groups lie in memory.
  func layout(_ encoder: GroupKeyEncoder, _ accumulators: [any Accumulator]) -> GroupLayout {
    GroupLayout(wordCount: encoder.wordCount, stateSizes: accumulators.map(\.stateSize))
  }

  /// One row for each group, in the order of the table. O(groups).
  func rows(
    _ table: borrowing GroupTable, _ encoder: GroupKeyEncoder, _ interner: KeyInterner,
    _ accumulators: [any Accumulator]
  ) throws -> RecordBatch {
    try rows(table.rows, table.layout, count: table.count, encoder, interner, accumulators)
  }

  /// The same of groups that lie in memory as those of a table.
  func rows(
    _ rows: UnsafeMutablePointer<UInt64>, _ layout: GroupLayout, count: Int, _ encoder: GroupKeyEncoder,
    _ interner: KeyInterner, _ accumulators: [any Accumulator]
  ) throws -> RecordBatch {
    var columns = encoder.decode(rows, stride: layout.stride, count: count, interner)
    for (index, accumulator) in accumulators.enumerated() {
      do {
        columns.append(try accumulator.finish(count, layout.states(of: index, in: rows)))
      } catch let error as LazyFrameError {
        throw error.about(aggregates[index].description)
      }
    }
    return RecordBatch(schema: schema, columns: columns, rowCount: count)
  }

  /// The result where there are no rows: no group, or without keys the one group of no rows.
  func emptyResult() throws -> RecordBatch {
    let accumulators = makeAccumulators()
    let encoder = encoder
    var table = GroupTable(layout(encoder, accumulators))
    if keys.isEmpty {
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1) {
        _ = $0.baseAddress.map { table.findOrAdd($0, KeyHash.seed) }
      }
    }
    return try rows(table, encoder, KeyInterner(encoder), accumulators)
  }
}
