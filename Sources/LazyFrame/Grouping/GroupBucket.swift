import Columnar

/// The groups of all partitions whose hashes begin with the same bits.
///
/// Partitions are added in their order, and of each the groups in the order of ranges of hashes: so the table, whose slots are in
/// the order of the hashes too, is passed through from one end to the other, a piece at a time that the cache holds.
final class GroupBucket: @unchecked Sendable {
  // Sendable: one task at a time has it, and hands it on when it is done.
  /// The only bucket of a group-by without keys.
  static let ofNoKeys = Int(truncatingIfNeeded: KeyHash.seed >> UInt64(64 - GroupedPartition.bucketBits))

  /// How many groups are added at once.
  private static let batch = 2048
  /// Fewer groups than this are added without regard to ranges: the cache holds them all.
  private static let smallCount = 16_384

  private let specification: GroupSpecification
  let bucket: Int
  private let encoder: GroupKeyEncoder
  private var table: GroupTable
  private let interner: KeyInterner
  private let translation = Words(capacity: 0)
  private let accumulators: [any Accumulator]
  /// Whether a new group's states are simply those that it has in its partition.
  private let copiesStates: Bool
  /// For each group the place of its first row: the partition in the upper half, its group there in the lower one.
  private let origins = Words(capacity: 64)
  private let sources = HalfWords(capacity: GroupBucket.batch)
  private let targets = HalfWords(capacity: GroupBucket.batch)
  private var isTakenOver = false

  init(_ specification: GroupSpecification, _ encoder: GroupKeyEncoder, bucket: Int) {
    self.specification = specification
    self.bucket = bucket
    self.encoder = encoder
    interner = KeyInterner(encoder)
    accumulators = specification.makeAccumulators()
    copiesStates = accumulators.allSatisfy(\.isCopiedWithState)
    table = GroupTable(
      specification.layout(encoder, accumulators), skippedBits: GroupedPartition.bucketBits,
      directBits: encoder.directBits)
  }

  var groupCount: Int { table.count }

  var byteCount: Int { table.byteCount + 8 * origins.capacity }

  /// The bucket is changed by the next who has it, and not used by the last any more.
  func takeOver() {
    precondition(!isTakenOver, "a bucket of groups was taken over twice")
    isTakenOver = true
  }

  /// The bucket for who has it next.
  func handOn() -> GroupBucket {
    isTakenOver = false
    return self
  }

  /// Adds the bucket's groups of partitions that come next. O(groups).
  ///
  /// - Parameters:
  ///   - partitions: the partitions.
  ///   - partitionCount: how many there are in all.
  func add(_ partitions: [(number: Int, groups: GroupedPartition)], of partitionCount: Int) {
    let ranges = GroupedPartition.rangeCount
    let total = partitions.reduce(0) { $0 + $1.groups.groups(bucket: bucket, ranges: 0..<ranges).count }
    if partitions.contains(where: { $0.groups.mayRepeatKeys }) {
      // Nearly all will be new, here and in the partitions to come.
      table.reserve(groups: max(table.count + total, total / partitions.count * partitionCount))
      table.reserveRows(total)
      origins.reserve(table.count + total)
    } else {
      table.reserve(groups: table.count + total)
    }
    let step = total < GroupBucket.smallCount ? ranges : 1
    for start in stride(from: 0, to: ranges, by: step) {
      for partition in partitions {
        let groups = partition.groups.groups(bucket: bucket, ranges: start..<start + step)
        for first in stride(from: groups.lowerBound, to: groups.upperBound, by: GroupBucket.batch) {
          add(first..<min(first + GroupBucket.batch, groups.upperBound), of: partition.groups, partition.number)
        }
      }
    }
  }

  private func add(_ groups: Range<Int>, of partition: GroupedPartition, _ number: Int) {
    let isTranslated = encoder.needsTranslation(partition.interner)
    let rows =
      isTranslated ? translated(groups, partition) : partition.table.rows + groups.lowerBound * table.layout.stride
    let count = find(rows, groups, partition, number)
    let pairs = GroupPairs(sources: sources.pointer, targets: targets.pointer, count: count)
    for (index, accumulator) in accumulators.enumerated() {
      accumulator.merge(
        partition.accumulators[index], pairs, from: partition.table.states(of: index), into: table.states(of: index))
    }
  }

  /// A copy of groups' rows with the numbers that their keys have in this bucket.
  private func translated(_ groups: Range<Int>, _ partition: GroupedPartition) -> UnsafeMutablePointer<UInt64> {
    let stride = table.layout.stride
    translation.reserve(groups.count * stride)
    let rows = translation.pointer
    rows.update(from: partition.table.rows + groups.lowerBound * stride, count: groups.count * stride)
    for index in 0..<groups.count {
      let row = rows + index * stride
      encoder.translate(row, hash: row[encoder.wordCount], from: partition.interner, to: interner)
    }
    return rows
  }

  /// Finds or adds groups, and notes the pairs that are to be merged.
  ///
  /// - Parameter others: the rows of the groups.
  private func find(
    _ others: UnsafePointer<UInt64>, _ groups: Range<Int>, _ partition: GroupedPartition, _ number: Int
  ) -> Int {
    let known = table.count
    table.findOrAdd(others, count: groups.count, into: targets.pointer)
    let (layout, added) = (table.layout, table.count - known)
    origins.reserve(table.count)
    let (rows, stride) = (table.rows, layout.stride)
    let (sources, targets, origins) = (sources.pointer, targets.pointer, origins.pointer)
    let places = partition.places.pointer
    var (pairs, next) = (0, known)
    for (index, source) in groups.enumerated() {
      let group = Int(targets[index])
      // New groups have ascending numbers; the next one is met here for the first time.
      if group == next, next < known + added {
        origins[group] = UInt64(number) << 32 | UInt64(places[source])
        next += 1
        if copiesStates {
          let (row, target) = (others + index &* stride, rows + group &* stride)
          for word in layout.wordCount &+ 1..<max(stride, layout.wordCount &+ 1) { target[word] = row[word] }
          continue
        }
      }
      sources[pairs] = UInt32(truncatingIfNeeded: source)
      targets[pairs] = UInt32(truncatingIfNeeded: group)
      pairs &+= 1
    }
    return pairs
  }

  /// Whether what is to be known of a group is in its row, so that rows can be read in any order.
  var isReadByRow: Bool { copiesStates }

  /// For each group the place of its first row: the partition in the upper half, its group there in the lower one.
  var places: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: origins.pointer, count: table.count) }

  /// One row for each group, in the order of the table. O(groups).
  func finish() throws -> RecordBatch { try specification.rows(table, encoder, interner, accumulators) }

  /// What one aggregate is for each group, in the order of the table. O(groups).
  func finish(aggregate: Int) throws -> Column {
    try accumulators[aggregate].finish(table.count, table.states(of: aggregate))
  }

  /// The rows of some groups of several buckets, in pieces: the bucket in the upper half of a number, the group in the lower
  /// one. Only where `isReadByRow` holds. O(groups).
  static func rows(_ buckets: [GroupBucket], _ groups: UnsafeBufferPointer<UInt64>) throws -> [RecordBatch] {
    let specification = buckets[0].specification
    let layout = buckets[0].table.layout
    let stride = layout.stride
    let tables = buckets.map { UnsafePointer($0.table.rows) }
    let encoder = buckets[0].encoder
    let isTranslated = buckets.contains { encoder.needsTranslation($0.interner) }
    let piece = RecordBatch.pieceRows
    let scratch = Words(capacity: min(piece, groups.count) * stride)
    return try Swift.stride(from: 0, to: groups.count, by: piece).map { start in
      let count = min(piece, groups.count - start)
      // Numbers are those of the bucket; here the rows of all meet.
      let interner = KeyInterner(encoder)
      tables.withUnsafeBufferPointer { tables in
        var target = scratch.pointer
        for place in start..<start + count {
          let row = tables[Int(groups[place] &>> 32)] + Int(groups[place] & 0xFFFF_FFFF) &* stride
          for word in 0..<stride { target[word] = row[word] }
          target += stride
        }
      }
      if isTranslated {
        for place in 0..<count {
          let row = scratch.pointer + place * stride
          let bucket = buckets[Int(groups[start + place] >> 32)]
          encoder.translate(row, hash: row[encoder.wordCount], from: bucket.interner, to: interner)
        }
      }
      return try specification.rows(
        scratch.pointer, layout, count: count, encoder, interner, buckets[0].accumulators)
    }
  }
}
