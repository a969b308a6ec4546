import Columnar

/// The groups of some rows with the state of each aggregate: built from batches, merged in partition order, finished once.
final class PartialGroups: @unchecked Sendable {
  // Sendable: one task at a time has it, and hands it on when it is done.
  private let keys: [NamedExpression]
  private let aggregates: [ResolvedAggregate]
  private let encoder: KeyEncoder
  private var table: GroupTable
  private let strings: StringInterner
  private let accumulators: [any Accumulator]
  private var isTakenOver = false

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

  /// About how many bytes the groups take: their keys three times over, as words, hash and slots, and 24 bytes a state.
  var byteCount: Int { table.count * (24 * table.wordCount + 24 * accumulators.count) }

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

  /// The groups of several states in the order in which they first appear. O(groups of the later ones).
  ///
  /// The first state is taken over and becomes the result: a copy of all groups for each merge would cost more than the
  /// merging. It must not be used again, which is checked; every partial result has one consumer.
  static func merged(_ states: [PartialGroups]) -> PartialGroups {
    precondition(!states.isEmpty, "a merge needs at least one state")
    let result = PartialGroups(takingOver: states[0])
    for state in states.dropFirst() { result.add(state) }
    return result
  }

  private init(takingOver state: PartialGroups) {
    precondition(!state.isTakenOver, "a partial result was merged twice")
    state.isTakenOver = true
    keys = state.keys
    aggregates = state.aggregates
    encoder = state.encoder
    table = GroupTable(wordCount: encoder.wordCount)
    swap(&table, &state.table)
    strings = state.strings
    accumulators = state.accumulators
  }

  private func add(_ other: PartialGroups) {
    precondition(!other.isTakenOver, "a partial result was merged twice")
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
      accumulators = aggregates.map { $0.makeAccumulator() }
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
