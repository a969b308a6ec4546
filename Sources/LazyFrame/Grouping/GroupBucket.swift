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
  /// For each group the place of its first row: the partition in the upper half, its group there in the lower one.
  private let origins = Words(capacity: 64)
  private let targets = HalfWords(capacity: GroupBucket.batch)
  private var isTakenOver = false

  init(_ specification: GroupSpecification, bucket: Int) {
    self.specification = specification
    self.bucket = bucket
    encoder = specification.encoder
    table = GroupTable(wordCount: encoder.wordCount, skippedBits: GroupedPartition.bucketBits)
    accumulators = specification.makeAccumulators()
  }

  var groupCount: Int { table.count }

  var byteCount: Int { table.byteCount + table.count * (8 + 24 * accumulators.count) }

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
    let step = total < GroupBucket.smallCount ? ranges : 1
    for start in stride(from: 0, to: ranges, by: step) {
      for partition in partitions {
        add(
          partition.groups.groups(bucket: bucket, ranges: start..<start + step), of: partition.groups, partition.number)
      }
    }
  }

  private func add(_ groups: UnsafeBufferPointer<UInt32>, of partition: GroupedPartition, _ number: Int) {
    guard let base = groups.baseAddress else { return }
    let translates = encoder.needsTranslation(partition.strings)
    for start in stride(from: 0, to: groups.count, by: GroupBucket.batch) {
      let sources = UnsafeBufferPointer(start: base + start, count: min(GroupBucket.batch, groups.count - start))
      if translates {
        findTranslated(sources, partition, number)
      } else {
        find(sources, partition, number)
      }
      let pairs = GroupPairs(sources: base + start, targets: targets.pointer, count: sources.count)
      for (accumulator, added) in zip(accumulators, partition.accumulators) {
        accumulator.grow(to: table.count)
        accumulator.merge(added, pairs)
      }
    }
  }

  private func find(_ sources: UnsafeBufferPointer<UInt32>, _ partition: GroupedPartition, _ number: Int) {
    let (words, hashes, stride) = (partition.table.words, partition.table.hashes, encoder.wordCount)
    let targets = targets.pointer
    for (index, source) in sources.enumerated() {
      let before = table.count
      let group = table.findOrAdd(words + Int(source) &* stride, hashes[Int(source)])
      targets[index] = UInt32(truncatingIfNeeded: group)
      if group == before { note(number, source) }
    }
  }

  private func findTranslated(_ sources: UnsafeBufferPointer<UInt32>, _ partition: GroupedPartition, _ number: Int) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: encoder.wordCount) { key in
      guard let key = key.baseAddress else { return }
      for (index, source) in sources.enumerated() {
        let words = partition.table.words + Int(source) * encoder.wordCount
        encoder.translate(words, from: partition.strings, to: strings, into: key)
        let before = table.count
        let group = table.findOrAdd(key, partition.table.hashes[Int(source)])
        targets.pointer[index] = UInt32(truncatingIfNeeded: group)
        if group == before { note(number, source) }
      }
    }
  }

  @inline(__always)
  private func note(_ partition: Int, _ group: UInt32) {
    origins.reserve(table.count)
    origins.pointer[table.count - 1] = UInt64(partition) << 32 | UInt64(group)
  }

  /// One row for each group, in the order of the table, and the place of each one's first row. O(groups).
  func finish() throws -> (rows: RecordBatch, origins: UnsafeBufferPointer<UInt64>) {
    let rows = try specification.columns(table, strings, accumulators)
    return (rows, UnsafeBufferPointer(start: origins.pointer, count: table.count))
  }
}
