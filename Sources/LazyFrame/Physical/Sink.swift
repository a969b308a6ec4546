import Columnar

/// What becomes of the rows at the end of a stage, and how the results of its partitions become one.
enum Sink: Sendable, Hashable, Codable {
  /// The rows themselves, at most so many.
  case rows(limit: Int?)
  /// The groups with their aggregates.
  case groups(keys: [NamedExpression], aggregates: [ResolvedAggregate])
  /// The rows in order, at most so many.
  case sorted([ResolvedSortKey], limit: Int?)
}

/// What a partition's task hands on.
struct PartialResult: Sendable {
  enum Payload: Sendable {
    case rows([RecordBatch])
    case groups(PartialGroups)
  }

  let payload: Payload
  /// What was seen of the file's records; nil when the rows do not come from a file.
  let extent: ScanExtent?
}

/// Collects the batches of one partition.
struct SinkState {
  private let sink: Sink
  private var batches: [RecordBatch] = []
  private var rowCount = 0
  private let groups: PartialGroups?

  init(_ sink: Sink) {
    self.sink = sink
    if case .groups(let keys, let aggregates) = sink {
      groups = PartialGroups(keys: keys, aggregates: aggregates)
    } else {
      groups = nil
    }
  }

  /// Whether further rows would change nothing.
  var isFull: Bool {
    if case .rows(let limit?) = sink { return rowCount >= limit }
    return false
  }

  mutating func add(_ batch: RecordBatch) throws {
    if let groups { return try groups.add(batch) }
    if batch.rowCount == 0 { return }
    batches.append(batch)
    rowCount += batch.rowCount
  }

  func finish(extent: ScanExtent?) -> PartialResult {
    if let groups { return PartialResult(payload: .groups(groups), extent: extent) }
    // All rows are sorted once, at the end; but only the first ones of a partition can be among the first of all.
    if case .sorted(_, nil) = sink { return PartialResult(payload: .rows(batches), extent: extent) }
    return PartialResult(payload: .rows(sink.arranged(batches)), extent: extent)
  }
}

extension Sink {
  /// The partial results of neighbouring partitions as one. O(rows or groups).
  ///
  /// - Throws: `ScanRevision.exactStarts` when their records do not fit together.
  func merged(_ parts: [PartialResult]) throws -> PartialResult {
    let extents = parts.compactMap(\.extent)
    let extent = try extents.dropFirst().reduce(extents.first) { try $0?.joined($1) }
    var states: [PartialGroups] = []
    var batches: [RecordBatch] = []
    for part in parts {
      switch part.payload {
      case .groups(let state): states.append(state)
      case .rows(let rows): batches += rows
      }
    }
    if !states.isEmpty { return PartialResult(payload: .groups(PartialGroups.merged(states)), extent: extent) }
    return PartialResult(payload: .rows(batches), extent: extent)
  }

  /// The stage's result: one batch.
  func finish(_ part: PartialResult, schema: Schema) throws -> RecordBatch {
    switch part.payload {
    case .groups(let state): return try state.finish()
    case .rows(let batches): return RecordBatch.concatenated(arranged(batches), schema: schema)
    }
  }

  /// The rows in the result's order, without those beyond its limit.
  fileprivate func arranged(_ batches: [RecordBatch]) -> [RecordBatch] {
    guard let schema = batches.first?.schema else { return [] }
    switch self {
    case .groups: return batches
    case .rows(let limit):
      guard let limit, batches.reduce(0, { $0 + $1.rowCount }) > limit else { return batches }
      return [RecordBatch.concatenated(batches, schema: schema).prefix(limit)]
    case .sorted(let keys, let limit):
      let all = RecordBatch.concatenated(batches, schema: schema)
      return [all.taking(RowOrder.sorted(all, by: keys, limit: limit))]
    }
  }
}

extension RecordBatch {
  /// The rows of several batches below each other. O(rows · columns).
  static func concatenated(_ batches: [RecordBatch], schema: Schema) -> RecordBatch {
    if batches.count == 1 { return batches[0] }
    let columns = schema.fields.indices.map { index in
      batches.isEmpty
        ? Column(nullsOf: schema.fields[index].type, count: 0)
        : RowKernels.concatenate(batches.map { $0.columns[index] })
    }
    return RecordBatch(schema: schema, columns: columns, rowCount: batches.reduce(0) { $0 + $1.rowCount })
  }

  /// The first rows.
  func prefix(_ count: Int) -> RecordBatch {
    if count >= rowCount { return self }
    return RecordBatch(
      schema: schema, columns: columns.map { RowKernels.slice($0, 0..<count) }, rowCount: count)
  }

  /// The rows with these numbers, in this order.
  func taking(_ rows: [UInt32]) -> RecordBatch {
    rows.withUnsafeBufferPointer { rows in
      RecordBatch(schema: schema, columns: columns.map { RowKernels.take($0, rows) }, rowCount: rows.count)
    }
  }
}
