import Columnar
import Glibc

/// The groups of one partition's rows with the state of each aggregate.
///
/// It is built from batches and then sealed: from then on many tasks read it, each the groups of its own bucket. For that the
/// groups are put in the order of the upper bits of their hashes:
///
///     hash     | bucket | range in the bucket | …
///     rows     groups of bucket 0, range 0 │ bucket 0, range 1 │ … │ bucket 1, range 0 │ …
///     starts   where each range begins
///
/// Where nearly every row is a group of its own, to look for each row among the groups is dear and finds nothing. So once
/// there are some groups, or before from rows that were looked at (`SampleKeys`), the number of different keys that the
/// partition will have is estimated: if keys are drawn at random
/// from D values, after R rows there are D (1 - exp(-R / D)) groups, which gives D. If most rows are going to be new groups,
/// the rest of the rows is taken for new groups without looking. Then a key can have several groups here, which become one
/// when buckets are merged.
final class GroupedPartition: @unchecked Sendable {
  // Sendable: one task builds it; when it is sealed nothing changes any more.
  private static let rangeBits = 12
  /// How many of the upper bits of a hash choose the bucket.
  static let bucketBits = 5
  static var bucketCount: Int { 1 << bucketBits }
  static var rangeCount: Int { 1 << (rangeBits - bucketBits) }

  private let specification: GroupSpecification
  let encoder: GroupKeyEncoder
  private(set) var table: GroupTable
  let interner: KeyInterner
  let accumulators: [any Accumulator]
  /// Once sealed, the number that each group had before: the order in which the groups first appear.
  private(set) var places = HalfWords(capacity: 0)
  private var starts: [UInt32] = []

  private let rows: KeyRows
  /// The runs of a batch, kept from one to the next.
  private var groups = HalfWords(capacity: 0)
  private var runStarts = HalfWords(capacity: 1)

  /// How many rows a partition may have, for the estimate of its groups.
  private let expectedRows: Int
  private var seenRows = 0
  private var estimateAt = 32_768
  private var takesRowsForGroups = false
  /// Whether rows were taken for groups without looking.
  private(set) var mayRepeatKeys = false

  /// - Parameters:
  ///   - specification: what is computed.
  ///   - encoder: how keys become words: in the same way in all partitions that will be merged.
  ///   - expectedRows: about how many rows will come, if a key may have several groups; else nil.
  init(_ specification: GroupSpecification, _ encoder: GroupKeyEncoder, expectedRows: Int?) {
    self.specification = specification
    self.expectedRows = expectedRows ?? 0
    self.encoder = encoder
    interner = KeyInterner(encoder)
    accumulators = specification.makeAccumulators()
    table = GroupTable(specification.layout(encoder, accumulators), directBits: encoder.directBits)
    rows = KeyRows(wordCount: encoder.wordCount)
    if let different = encoder.estimatedKeys, takesRows(different) {
      takesRowsForGroups = true
      mayRepeatKeys = true
      table.reserveRows(self.expectedRows)
    }
  }

  /// Whether so many different keys make most of the partition's rows new groups.
  private func takesRows(_ different: Double) -> Bool {
    let rows = Double(max(expectedRows, seenRows))
    // expm1, since of very many values 1 - exp(-R / D) would be rounded to 0.
    return expectedRows > 0 && -different * expm1(-rows / different) > 0.6 * rows
  }

  var groupCount: Int { table.count }

  /// About how many bytes the groups take.
  var byteCount: Int { table.byteCount + 4 * table.count }

  /// Adds the rows of a batch. O(rows).
  func add(_ batch: RecordBatch) throws {
    let rowCount = batch.rowCount
    guard rowCount > 0 else { return }
    if groups.capacity < rowCount {
      groups = HalfWords(capacity: rowCount)
      runStarts = HalfWords(capacity: rowCount + 1)
    }
    let keyColumns = try specification.keys.map { try Evaluator.evaluate($0.expression, batch) }
    encoder.encode(keyColumns, rowCount: rowCount, into: rows, interner)
    let runs = takesRowsForGroups ? appendGroups() : findGroups()
    for (index, aggregate) in specification.aggregates.enumerated() {
      try aggregate.update(accumulators[index], batch, runs, table.states(of: index))
    }
    seenRows += rowCount
    if table.count >= estimateAt { estimate() }
  }

  private func findGroups() -> GroupRuns {
    let count = table.assign(rows, groups: groups.pointer, starts: runStarts.pointer)
    return GroupRuns(groups: groups.pointer, starts: runStarts.pointer, count: count)
  }

  private func appendGroups() -> GroupRuns {
    let first = table.append(rows)
    for row in 0..<rows.rowCount {
      groups.pointer[row] = UInt32(truncatingIfNeeded: first &+ row)
      runStarts.pointer[row] = UInt32(truncatingIfNeeded: row)
    }
    runStarts.pointer[rows.rowCount] = UInt32(truncatingIfNeeded: rows.rowCount)
    return GroupRuns(groups: groups.pointer, starts: runStarts.pointer, count: rows.rowCount)
  }

  /// Estimates how many groups there will be, now and each time there are twice as many.
  private func estimate() {
    estimateAt = 2 * table.count
    let different = GroupedPartition.estimatedDistinct(groups: table.count, rows: seenRows)
    let wasSearching = !takesRowsForGroups
    takesRowsForGroups = takesRows(different)
    if takesRowsForGroups, wasSearching { table.reserveRows(expectedRows - seenRows) }
    mayRepeatKeys = mayRepeatKeys || takesRowsForGroups
  }

  /// The number D of values from which so many rows were drawn if they have so many different ones.
  static func estimatedDistinct(groups: Int, rows: Int) -> Double {
    let share = Double(groups) / Double(max(rows, 1))
    if share > 0.9999 { return .greatestFiniteMagnitude }
    // (1 - exp(-x)) / x falls from 1 to 0 as x = R / D grows.
    var (low, high) = (1e-4, 1e4)
    for _ in 0..<60 {
      let middle = (low * high).squareRoot()
      if (1 - exp(-middle)) / middle > share { low = middle } else { high = middle }
    }
    return Double(rows) / low
  }

  /// No more rows come. O(groups).
  func seal() {
    groups = HalfWords(capacity: 0)
    runStarts = HalfWords(capacity: 1)
    rows.reset(rowCount: 0)
    starts = [UInt32](repeating: 0, count: 1 << GroupedPartition.rangeBits + 1)
    places = HalfWords(capacity: table.count)
    let numbers = HalfWords(capacity: table.count)
    let (number, place, count, stride) = (numbers.pointer, places.pointer, table.count, table.layout.stride)
    let hashes = UnsafePointer(table.rows + table.layout.wordCount)
    let shift = UInt64(64 - GroupedPartition.rangeBits)
    starts.withUnsafeMutableBufferPointer { starts in
      for group in 0..<count { starts[Int(truncatingIfNeeded: hashes[group &* stride] &>> shift) &+ 1] += 1 }
      for range in 1..<starts.count { starts[range] += starts[range - 1] }
      // Each start moves to the end of its range, which is the start of the next one.
      for group in 0..<count {
        let range = Int(truncatingIfNeeded: hashes[group &* stride] &>> shift)
        number[group] = starts[range]
        place[Int(starts[range])] = UInt32(truncatingIfNeeded: group)
        starts[range] += 1
      }
      for range in Swift.stride(from: starts.count - 1, to: 0, by: -1) { starts[range] = starts[range - 1] }
      starts[0] = 0
    }
    let all = UnsafeBufferPointer(start: UnsafePointer(number), count: count)
    table.renumber(all)
    for accumulator in accumulators { accumulator.seal(all) }
  }

  /// The groups of some ranges of a bucket, in the order of the ranges, and in each in the order in which they first appear.
  func groups(bucket: Int, ranges: Range<Int>) -> Range<Int> {
    let first = bucket * GroupedPartition.rangeCount
    return Int(starts[first + ranges.lowerBound])..<Int(starts[first + ranges.upperBound])
  }

  /// One row for each group. Only where a key has one group. O(groups).
  func finish() throws -> RecordBatch {
    if table.count == 0 { return try specification.emptyResult() }
    return try specification.rows(table, encoder, interner, accumulators)
  }
}
