import Columnar

/// What the rows of one partition add to a group-by without keys: the groups of each part. See `TotalsSpecification`.
///
/// It is built from batches and then sealed, as its parts are.
struct TotalsPartition {
  private let specification: TotalsSpecification
  private let plain: GroupedPartition
  private let distinct: [DistinctValues]

  /// - Parameter expectedRows: about how many rows will come, if the parts are going to be merged; else nil.
  init(_ specification: TotalsSpecification, _ rows: PartitionRows, expectedRows: Int?) {
    self.specification = specification
    plain = GroupedPartition(specification.plain, specification.plain.encoder, expectedRows: nil)
    distinct = specification.distinct.map {
      DistinctValues($0, GroupKeyEncoder(rows.encoder(of: $0.keys)), expectedRows: expectedRows)
    }
  }

  /// Adds the rows of a batch. O(rows · aggregates).
  func add(_ batch: RecordBatch) throws {
    try plain.add(batch)
    for values in distinct { try values.add(batch) }
  }

  /// The parts, to be merged with those of other partitions. No more rows come. O(groups).
  func seal() -> GroupedParts {
    let parts = [plain] + distinct.map(\.groups)
    for part in parts { part.seal() }
    return GroupedParts(parts)
  }

  /// The one row of the result, where no other partition adds to it.
  func finish() throws -> RecordBatch {
    if plain.groupCount == 0 { return try specification.whole.emptyResult() }
    let counts = distinct.map { Column([Int64($0.groups.groupCount)]) }
    return specification.row(try plain.finish().columns, counts)
  }
}

/// The different values of one part as groups.
private struct DistinctValues {
  private let values: TotalsSpecification.Distinct
  private let schema: Schema
  let groups: GroupedPartition

  init(_ values: TotalsSpecification.Distinct, _ encoder: GroupKeyEncoder, expectedRows: Int?) {
    self.values = values
    let specification = values.specification
    schema = specification.schema
    groups = GroupedPartition(specification, encoder, expectedRows: expectedRows)
  }

  func add(_ batch: RecordBatch) throws {
    var batch = batch
    if let filter = values.filter {
      let selection = Selection(try Evaluator.evaluate(filter, batch))
      if selection.rows.count == 0 { return }
      if !selection.isComplete { batch = batch.filter(selection, columnsOf: values.inputs) }
    }
    let columns = try values.inputs.map { try Evaluator.evaluate($0, batch) }
    let keys = RecordBatch(schema: schema, columns: columns, rowCount: batch.rowCount)
    guard let validity = columns.reduce(nil, { Bitmap.both($0, $1.validity) }) else { return try groups.add(keys) }
    let isThere = Selection(Column(type: .bool, values: .bool(validity)))
    try groups.add(isThere.isComplete ? keys : keys.filter(isThere))
  }
}

/// The groups of one partition's rows, for each of several group-bys.
struct GroupedParts: Sendable {
  let parts: [GroupedPartition]

  init(_ parts: [GroupedPartition]) { self.parts = parts }

  var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }
}
