import Columnar

/// The rows of a bucket in groups, each in its order: what windows are computed along.
///
///     rows      a b a a b        order by t: 3 1 2 1 2
///     order     3 0 2 … │ 4 1    the rows of group a, then those of group b
///     starts    0       3     5
struct WindowGroups {
  /// The rows in the order of their groups.
  let order: [UInt32]
  /// Where each group begins there, and the number of rows behind the last. No group is empty.
  let starts: [UInt32]

  /// O(rows), and O(rows · log rows) with an order.
  init(_ batch: RecordBatch, _ set: WindowSet) {
    let count = batch.rowCount
    let sorted = set.order.isEmpty ? nil : RowOrder.sorted(batch, by: set.order, limit: nil)
    guard !set.frame.keys.isEmpty, count > 0 else {
      order = sorted ?? Array(0..<UInt32(count))
      starts = count == 0 ? [0] : [0, UInt32(count)]
      return
    }
    let (groups, groupCount) = WindowGroups.groups(batch, set)
    let along = sorted.map { $0.map { groups[Int($0)] } } ?? groups
    let grouped = along.withUnsafeBufferPointer { GroupedOrder(groups: $0, groupCount: groupCount) }
    starts = grouped.starts.withUnsafeBufferPointer { Array($0) }
    order = grouped.order.withUnsafeBufferPointer { places in places.map { sorted?[Int($0)] ?? $0 } }
  }

  /// The group of each row, by first appearance.
  private static func groups(_ batch: RecordBatch, _ set: WindowSet) -> (groups: [UInt32], count: Int) {
    let count = batch.rowCount
    let encoder = set.keyEncoder
    let keys = KeyRows(wordCount: encoder.wordCount)
    let strings = StringInterner()
    encoder.encode(set.keys(batch), rowCount: count, into: keys, strings)
    // The keys of a bucket share the bits that chose it.
    var table = GroupTable(
      GroupLayout(wordCount: encoder.wordCount, stateSizes: []), skippedBits: WindowSet.bucketBits)
    let (numbers, starts) = (HalfWords(capacity: count), HalfWords(capacity: count + 1))
    let runs = table.assign(keys, groups: numbers.pointer, starts: starts.pointer)
    var groups = [UInt32](repeating: 0, count: count)
    for run in 0..<runs {
      for row in Int(starts.pointer[run])..<Int(starts.pointer[run + 1]) { groups[row] = numbers.pointer[run] }
    }
    return (groups, table.count)
  }

  var rowCount: Int { order.count }
  var groupCount: Int { starts.count - 1 }

  /// Where each row of the bucket is in the order of groups.
  var inverse: [UInt32] {
    var inverse = [UInt32](repeating: 0, count: order.count)
    for (place, row) in order.enumerated() { inverse[Int(row)] = UInt32(place) }
    return inverse
  }

  /// The groups, each as a run of places.
  var runs: some Sequence<Range<Int>> {
    (0..<groupCount).lazy.map { Int(starts[$0])..<Int(starts[$0 + 1]) }
  }
}
