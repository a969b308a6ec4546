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
  private let encoder: KeyEncoder
  private var table: GroupTable
  private let strings = StringInterner()
  private let accumulators: [any Accumulator]
  /// Whether a new group's states are simply those that it has in its partition.
  private let copiesStates: Bool
  /// For each group the place of its first row: the partition in the upper half, its group there in the lower one.
  private let origins = Words(capacity: 64)
  private let sources = HalfWords(capacity: GroupBucket.batch)
  private let targets = HalfWords(capacity: GroupBucket.batch)
  private var isTakenOver = false

  init(_ specification: GroupSpecification, bucket: Int) {
    self.specification = specification
    self.bucket = bucket
    encoder = specification.encoder
    accumulators = specification.makeAccumulators()
    copiesStates = accumulators.allSatisfy(\.isCopiedWithState)
    table = GroupTable(specification.layout(accumulators), skippedBits: GroupedPartition.bucketBits)
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
  func add(_ partitions: [(number: Int, groups: GroupedPartition)]) {
    let ranges = GroupedPartition.rangeCount
    let total = partitions.reduce(0) { $0 + $1.groups.groups(bucket: bucket, ranges: 0..<ranges).count }
    table.reserve(groups: table.count + total)
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
    let count =
      encoder.needsTranslation(partition.strings)
      ? findTranslated(groups, partition, number) : find(groups, partition, number)
    let pairs = GroupPairs(sources: sources.pointer, targets: targets.pointer, count: count)
    for (index, accumulator) in accumulators.enumerated() {
      accumulator.merge(
        partition.accumulators[index], pairs, from: partition.table.states(of: index), into: table.states(of: index))
    }
  }

  /// Finds or adds groups, and notes the pairs that are to be merged.
  private func find(_ groups: Range<Int>, _ partition: GroupedPartition, _ number: Int) -> Int {
    let (rows, layout) = (UnsafePointer(partition.table.rows), table.layout)
    let (sources, targets) = (sources.pointer, targets.pointer)
    var pairs = 0
    for source in groups {
      let row = rows + source &* layout.stride
      let before = table.count
      let group = table.findOrAdd(row, row[layout.wordCount])
      if group == before {
        note(number, partition.places.pointer[source])
        if copiesStates {
          let target = table.key(of: group)
          for word in layout.wordCount &+ 1..<max(layout.stride, layout.wordCount &+ 1) { target[word] = row[word] }
          continue
        }
      }
      sources[pairs] = UInt32(truncatingIfNeeded: source)
      targets[pairs] = UInt32(truncatingIfNeeded: group)
      pairs &+= 1
    }
    return pairs
  }

  /// The same where long strings have other numbers in the partition.
  private func findTranslated(_ groups: Range<Int>, _ partition: GroupedPartition, _ number: Int) -> Int {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: encoder.wordCount) { key in
      guard let key = key.baseAddress else { return 0 }
      for (index, source) in groups.enumerated() {
        let row = UnsafePointer(partition.table.key(of: source))
        encoder.translate(row, from: partition.strings, to: strings, into: key)
        let before = table.count
        let group = table.findOrAdd(key, row[encoder.wordCount])
        if group == before { note(number, partition.places.pointer[source]) }
        sources.pointer[index] = UInt32(truncatingIfNeeded: source)
        targets.pointer[index] = UInt32(truncatingIfNeeded: group)
      }
      return groups.count
    }
  }

  @inline(__always)
  private func note(_ partition: Int, _ group: UInt32) {
    origins.reserve(table.count)
    origins.pointer[table.count - 1] = UInt64(partition) << 32 | UInt64(group)
  }

  /// Whether what is to be known of a group is in its row, so that rows can be read in any order.
  var isReadByRow: Bool { copiesStates }

  /// For each group the place of its first row: the partition in the upper half, its group there in the lower one.
  var places: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: origins.pointer, count: table.count) }

  /// One row for each group, in the order of the table. O(groups).
  func finish() throws -> RecordBatch { try specification.rows(table, strings, accumulators) }

  /// The rows of some groups of several buckets, in pieces: the bucket in the upper half of a number, the group in the lower
  /// one. Only where `isReadByRow` holds. O(groups).
  static func rows(_ buckets: [GroupBucket], _ groups: UnsafeBufferPointer<UInt64>) throws -> [RecordBatch] {
    let specification = buckets[0].specification
    let layout = buckets[0].table.layout
    let piece = RecordBatch.pieceRows
    let scratch = Words(capacity: min(piece, groups.count) * layout.stride)
    return try Swift.stride(from: 0, to: groups.count, by: piece).map { start in
      let count = min(piece, groups.count - start)
      // Numbers of long strings are those of the bucket; here the rows of all meet.
      let strings = StringInterner()
      var target = scratch.pointer
      for place in start..<start + count {
        let bucket = buckets[Int(groups[place] >> 32)]
        let row = UnsafePointer(bucket.table.key(of: Int(groups[place] & 0xFFFF_FFFF)))
        for word in 0..<layout.stride { target[word] = row[word] }
        if bucket.strings.count > 0 { bucket.encoder.translate(row, from: bucket.strings, to: strings, into: target) }
        target += layout.stride
      }
      return try specification.rows(scratch.pointer, layout, count: count, strings, buckets[0].accumulators)
    }
  }
}
