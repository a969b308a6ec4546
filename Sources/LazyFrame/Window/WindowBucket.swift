import Columnar
import TaskGraph

/// The windows of the rows of one bucket, computed.
struct WindowBucket: Sendable {
  /// A row that comes before an earlier one in time.
  struct Disorder: Sendable {
    /// Its number in the frame, from 0.
    let row: Int
    let time: Value

    var error: LazyFrameError {
      LazyFrameError(
        .unsupported,
        "a rolling window over time needs the times in order, and row \(row + 1), \(time), is earlier than one before it",
        hint: "sort by the time first, or order the window: over(key, orderBy: time)")
    }
  }

  /// A column for each window, in the order of the bucket's rows.
  let columns: [Column]
  /// Where the rows of each partition begin among them.
  let starts: [Int]
  /// The first row out of order, if the times are not in order.
  let disorder: Disorder?

  /// - Throws: `LazyFrameError` when a result does not fit its type.
  init(_ parts: [WindowRows], _ set: WindowSet, bucket: Int) throws {
    let batch = RecordBatch.concatenated(parts.map { $0.buckets[bucket] }, schema: set.schema)
    var starts: [Int] = []
    var total = 0
    for part in parts {
      starts.append(total)
      total += part.buckets[bucket].rowCount
    }
    self.starts = starts
    let groups = WindowGroups(batch, set)
    let inverse = groups.inverse
    var disordered: (row: Int, time: Value)?
    columns = try zip(set.windows, set.inputs).map { window, inputs in
      let inputs = inputs.map { input in
        groups.order.withUnsafeBufferPointer { RowKernels.take(batch.columns[input], $0) }
      }
      if window.refusesDisorder, let place = RollingWindows.firstDisorder(inputs[1], groups) {
        let row = Int(groups.order[place])
        if row < disordered?.row ?? .max { disordered = (row, inputs[1][place]) }
        return Column(nullsOf: window.type, count: batch.rowCount)
      }
      let column = try WindowKernels.compute(window, inputs, groups)
      return inverse.withUnsafeBufferPointer { RowKernels.take(column, $0) }
    }
    disorder = disordered.map { found in
      let part = (starts.lastIndex { $0 <= found.row }) ?? 0
      let above = parts[..<part].reduce(0) { $0 + $1.rowCount }
      let place = parts[part].place(bucket: bucket, row: found.row - starts[part])
      return Disorder(row: above + place, time: found.time)
    }
  }

  /// The rows of a partition, of the buckets in their order, put back where they were.
  static func columns(_ buckets: [WindowBucket], _ rows: WindowRows, part: Int) -> [Column] {
    guard let places = rows.places else {
      let start = buckets[0].starts[part]
      return buckets[0].columns.map { RowKernels.slice($0, start..<start + rows.rowCount) }
    }
    var sources = [UInt64](repeating: 0, count: rows.rowCount)
    for (number, bucket) in buckets.enumerated() {
      for (index, place) in places.places(of: number).enumerated() {
        sources[Int(places.order.pointer[place])] = UInt64(number) << 32 | UInt64(bucket.starts[part] + index)
      }
    }
    return buckets[0].columns.indices.map { column in
      sources.withUnsafeBufferPointer { RowKernels.take(buckets.map { $0.columns[column] }, $0) }
    }
  }
}

extension WindowBucket: MemorySized {
  var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}
