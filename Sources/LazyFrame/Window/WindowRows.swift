import Columnar
import TaskGraph

/// What a set of windows needs of the rows of one partition, set apart by the hashes of the keys.
struct WindowRows: Sendable {
  /// The rows of each bucket, in the order of the partition.
  let buckets: [RecordBatch]
  /// Which rows of the partition they are; nil where one bucket has all.
  let places: GroupedOrder?
  let rowCount: Int

  /// O(rows · columns).
  init(_ partition: FramePartition, _ set: WindowSet, bucketCount: Int) throws {
    let schema = set.schema
    let batches = try partition.batches.map { batch in
      RecordBatch(
        schema: schema, columns: try set.expressions.map { try Evaluator.evaluate($0, batch) },
        rowCount: batch.rowCount)
    }
    let all = RecordBatch.concatenated(batches, schema: schema)
    rowCount = all.rowCount
    guard bucketCount > 1 else {
      (buckets, places) = ([all], nil)
      return
    }
    let encoder = set.keyEncoder
    let keys = KeyRows(wordCount: encoder.wordCount)
    encoder.encode(set.keys(all), rowCount: rowCount, into: keys, StringInterner())
    let numbers = (0..<rowCount).map { WindowSet.bucket(keys.hashes[$0]) }
    let order = numbers.withUnsafeBufferPointer { GroupedOrder(groups: $0, groupCount: bucketCount) }
    buckets = (0..<bucketCount).map { bucket in
      all.taking(order.order.withUnsafeBufferPointer { Array($0[order.places(of: bucket)]) })
    }
    places = order
  }

  /// The row of the partition that a row of a bucket is.
  func place(bucket: Int, row: Int) -> Int {
    places.map { Int($0.order.pointer[$0.places(of: bucket).lowerBound + row]) } ?? row
  }
}

extension WindowRows: MemorySized {
  var byteCount: Int { buckets.reduce(0) { $0 + $1.byteCount } + (places == nil ? 0 : rowCount * 4) }
}
