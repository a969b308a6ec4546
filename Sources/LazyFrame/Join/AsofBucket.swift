import Columnar

/// The rows of a bucket with their times, those of a key side by side, for an asof join.
///
///     ranges   for the first entry of each key:    start: 32 | count: 32
///     times    1 4 4 9 │ 2 3 │ …                   of each key ascending
///     rows     0 3 4 8 │ 1 2 │ …
///
/// All right rows are sorted by their times, so the chain of a key in its `JoinBucket` is too, and the rows of each need only be
/// written one behind another. Without keys that is the column of the times itself, and no row has another number.
///
/// A time is looked for by halves, in steps of all rows of a batch: with ten million times that are in no cache, a row's step
/// waits for memory a hundred nanoseconds, and the steps of several thousand rows wait together. The loads of a step come from a
/// table without gaps, so that the upper halves, which every row asks for, are in the cache.
final class AsofBucket: @unchecked Sendable {
  // Sendable: nothing changes once it is made.
  let ranges: Words
  let times: Column
  /// Nil where each is the place itself.
  private let rows: Buffer<UInt32>?

  /// - Parameters:
  ///   - bucket: the keys.
  ///   - times: those of all rows, ascending, without nulls.
  init(_ bucket: JoinBucket, _ times: Column) {
    let rows = MutableBuffer<UInt32>(count: bucket.entryCount)
    ranges = Words(capacity: bucket.entryCount)
    let (entries, stride) = (bucket.entries.pointer, bucket.stride)
    var written = 0
    var areInPlace = bucket.entryCount == times.count
    for slot in 0..<1 << Int(bucket.slotBits) where bucket.slots.pointer[slot] != 0 {
      let head = Int(bucket.slots.pointer[slot] & 0xFFFF_FFFF)
      let start = written
      var next = head
      while next != 0 {
        let word = entries[next &* stride &- 1]
        let row = UInt32(truncatingIfNeeded: word)
        areInPlace = areInPlace && row == written
        rows.pointer[written] = row
        written &+= 1
        next = Int(word &>> 32)
      }
      ranges.pointer[head - 1] = UInt64(start) << 32 | UInt64(written - start)
    }
    let order = rows.freeze()
    self.rows = areInPlace ? nil : order
    self.times = areInPlace ? times : order.withUnsafeBufferPointer { RowKernels.take(times, $0) }
  }

  /// The number of the row at a place among the times.
  @inline(__always)
  func row(_ place: Int) -> UInt32 { rows.map { $0.pointer[place] } ?? UInt32(truncatingIfNeeded: place) }

  var byteCount: Int { 8 * ranges.capacity + (rows.map { 4 * $0.count + times.byteCount } ?? 0) }

  /// For each row the number of times in its range that come before what it looks for. O(rows · log(longest range)).
  ///
  /// - Parameters:
  ///   - lows: for each row where its range begins.
  ///   - ranges: for each row the length of its range, in the lower half.
  ///   - counts: receives the numbers.
  ///   - isBefore: whether a time comes before what a row looks for.
  @inline(__always)
  static func search<Time>(
    _ rowCount: Int, _ lows: UnsafeMutableBufferPointer<UnsafePointer<Time>>, _ ranges: UnsafePointer<UInt64>,
    _ counts: UnsafeMutablePointer<UInt32>, _ isBefore: (Int, Time) -> Bool
  ) {
    let lengths = MutableBuffer<UInt32>(count: rowCount)
    let length = lengths.pointer
    var longest: UInt32 = 0
    for row in 0..<rowCount {
      counts[row] = 0
      length[row] = UInt32(truncatingIfNeeded: ranges[row])
      longest = max(longest, length[row])
    }
    // No range is longer than this after as many steps.
    while longest > 0 {
      for row in 0..<rowCount where length[row] > 0 {
        // All bits where the middle comes before, without a branch that is foreseen in half of the cases.
        let half = length[row] / 2
        let goesOn: UInt32 = isBefore(row, lows[row][Int(counts[row] &+ half)]) ? .max : 0
        counts[row] &+= goesOn & (half &+ 1)
        length[row] = half &- (goesOn & (1 &- length[row] & 1))
      }
      longest /= 2
    }
  }
}
