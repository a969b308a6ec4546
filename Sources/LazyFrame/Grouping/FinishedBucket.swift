import Columnar

/// A bucket's groups, listed by the block of partitions in which they first appear.
struct FinishedBucket: Sendable {
  private let bucket: GroupBucket
  /// The rows in the order of the bucket's table, where they cannot be made of single groups.
  private let rows: RecordBatch?
  private let byBlock: GroupedOrder

  init(_ bucket: GroupBucket, blockSize: Int, blockCount: Int) throws {
    self.bucket = bucket
    rows = bucket.isReadByRow ? nil : try bucket.finish()
    let blocks = bucket.places.map { UInt32(truncatingIfNeeded: Int($0 >> 32) / blockSize) }
    byBlock = blocks.withUnsafeBufferPointer { GroupedOrder(groups: $0, groupCount: blockCount) }
  }

  var groupCount: Int { bucket.groupCount }

  var byteCount: Int { bucket.byteCount + (rows?.byteCount ?? 0) + 4 * groupCount }

  /// The groups of several buckets that first appear in some blocks, in the order of their first rows. O(groups).
  ///
  /// Each group's first row has a place of its own: the group writes itself there, and the places are read in order.
  static func ordered(_ buckets: [FinishedBucket], blocks: Range<Int>) throws -> [RecordBatch] {
    func forEach(_ body: (_ bucket: Int, _ group: Int, _ partition: Int, _ place: Int) -> Void) {
      for (number, bucket) in buckets.enumerated() {
        let order = bucket.byBlock
        for place in Int(order.starts[blocks.lowerBound])..<Int(order.starts[blocks.upperBound]) {
          let group = Int(order.order.pointer[place])
          let origin = bucket.bucket.places[group]
          body(number, group, Int(origin >> 32), Int(origin & 0xFFFF_FFFF))
        }
      }
    }
    var sizes: [Int] = []
    forEach { _, _, partition, place in
      if sizes.count <= partition { sizes += Array(repeating: 0, count: partition + 1 - sizes.count) }
      sizes[partition] = max(sizes[partition], place + 1)
    }
    var starts: [Int] = []
    var total = 0
    for size in sizes {
      starts.append(total)
      total += size
    }
    // A group's bucket and number plus one, or zero where no group begins.
    let places = Words(zeros: total)
    var count = 0
    forEach { bucket, group, partition, place in
      places.pointer[starts[partition] + place] = UInt64(bucket) << 32 | UInt64(group + 1)
      count += 1
    }
    let rows = Words(capacity: count)
    var written = 0
    for place in 0..<total where places.pointer[place] != 0 {
      rows.pointer[written] = places.pointer[place] - 1
      written += 1
    }
    let chosen = UnsafeBufferPointer(start: UnsafePointer(rows.pointer), count: count)
    let finished = buckets.compactMap(\.rows)
    guard let schema = finished.first?.schema else { return try GroupBucket.rows(buckets.map(\.bucket), chosen) }
    let columns = schema.fields.indices.map { index in
      RowKernels.take(finished.map { $0.columns[index] }, chosen)
    }
    return [RecordBatch(schema: schema, columns: columns, rowCount: count)]
  }
}
