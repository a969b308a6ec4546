import Columnar

/// The groups of some rows with the state of each aggregate: built from batches, merged in partition order, finished once.
final class PartialGroups: @unchecked Sendable {
  // Sendable: written by one task, and only read once the task has handed it on.
  private let keys: [NamedExpression]
  private let aggregates: [ResolvedAggregate]
  private let encoder: KeyEncoder
  private var table: GroupTable
  private let strings: StringInterner
  private let accumulators: [any Accumulator]

  /// Room for one batch, kept from one to the next.
  private var scratch = Scratch(rowCount: 0, wordCount: 1)

  init(keys: [NamedExpression], aggregates: [ResolvedAggregate]) {
    self.keys = keys
    self.aggregates = aggregates
    encoder = KeyEncoder(types: keys.map(\.expression.type))
    table = GroupTable(wordCount: encoder.wordCount)
    strings = StringInterner()
    accumulators = aggregates.map { $0.makeAccumulator() }
  }

  private init(copying state: PartialGroups, capacity: Int) {
    keys = state.keys
    aggregates = state.aggregates
    encoder = state.encoder
    table = state.table.copy(capacity: capacity)
    strings = state.strings.copy()
    accumulators = state.accumulators.map { accumulator in
      let copy = accumulator.copy()
      copy.reserve(capacity)
      return copy
    }
  }

  /// Adds the rows of a batch. O(rows).
  func add(_ batch: RecordBatch) throws {
    let rowCount = batch.rowCount
    guard rowCount > 0 else { return }
    if scratch.rowCount < rowCount { scratch = Scratch(rowCount: rowCount, wordCount: encoder.wordCount) }
    let keyColumns = try keys.map { try Evaluator.evaluate($0.expression, batch) }
    encoder.encode(keyColumns, rowCount: rowCount, into: scratch.words.pointer, strings)
    let runCount = table.assign(
      scratch.words.pointer, rowCount: rowCount, groups: scratch.groups.pointer, starts: scratch.starts.pointer)
    let runs = GroupRuns(groups: scratch.groups.pointer, starts: scratch.starts.pointer, count: runCount)
    for (aggregate, accumulator) in zip(aggregates, accumulators) {
      accumulator.grow(to: table.count)
      try accumulator.update(try aggregate.inputs.map { try Evaluator.evaluate($0, batch) }, runs)
    }
  }

  /// The groups of several states in the order in which they first appear. The states stay as they are. O(groups).
  static func merged(_ states: [PartialGroups]) -> PartialGroups {
    precondition(!states.isEmpty, "a merge needs at least one state")
    if states.count == 1 { return states[0] }
    // Memory that is reserved and not used costs nothing.
    let result = PartialGroups(copying: states[0], capacity: states.reduce(0) { $0 + $1.table.count })
    for state in states.dropFirst() { result.add(state) }
    return result
  }

  private func add(_ other: PartialGroups) {
    let translate: ((UnsafePointer<UInt64>, UnsafeMutablePointer<UInt64>) -> Void)? =
      encoder.needsTranslation(other.strings)
      ? { [encoder, strings] in encoder.translate($0, from: other.strings, to: strings, into: $1) } : nil
    let groups = table.add(other.table, translate: translate)
    for (accumulator, added) in zip(accumulators, other.accumulators) {
      accumulator.grow(to: table.count)
      accumulator.merge(added, groups)
    }
  }

  /// One row for each group; without keys one row even when there was none. O(groups).
  func finish() throws -> RecordBatch {
    let count = keys.isEmpty ? 1 : table.count
    var accumulators = accumulators
    if count > table.count {
      accumulators = accumulators.map { $0.copy() }
      for accumulator in accumulators { accumulator.grow(to: count) }
    }
    let keyColumns = encoder.decode(table.words.pointer, count: table.count, strings)
    let columns = try keyColumns + accumulators.map { try $0.finish(count) }
    let schema = Schema(keys.map(\.field) + aggregates.map(\.field))
    return RecordBatch(schema: schema, columns: columns, rowCount: count)
  }

  private struct Scratch {
    let rowCount: Int
    let words: GroupTable.MutableWords
    let groups: Buffer32
    let starts: Buffer32

    init(rowCount: Int, wordCount: Int) {
      self.rowCount = rowCount
      words = GroupTable.MutableWords(count: rowCount * wordCount)
      groups = Buffer32(count: rowCount)
      starts = Buffer32(count: rowCount + 1)
    }

    final class Buffer32 {
      let pointer: UnsafeMutablePointer<UInt32>

      init(count: Int) { pointer = .allocate(capacity: count) }

      deinit { pointer.deallocate() }
    }
  }
}
