import Columnar

/// Many numbers in several pieces of memory, and their quantiles, found without moving them.
///
/// The idea is that of Floyd and Rivest ("Expected time bounds for selection", 1975): a sample says between which two numbers the
/// wanted ranks almost surely lie, and one pass over all numbers counts what lies below and keeps what lies between:
///
///     sample, sorted     · · · · · · a · · r · · b · · · · ·      r: where the rank is expected
///                                    │     │     │
///     all numbers        ────────────┼─────┼─────┼──────────
///                        only counted   kept       not looked at
///
/// The margin on either side of r is four standard deviations of a rank in the sample, so that of many numbers about three in a
/// hundred are kept, and a rank is missed less than once in ten thousand times; then all are copied and searched by
/// `OrderStatistics`, as few numbers are at once. Numbers that equal a bound are counted apart and not kept: so where few different
/// numbers come again and again, hardly any are.
///
/// The result is exact, and depends neither on the sample nor on how the numbers are cut into pieces. NaN comes after all
/// others; it is below no bound, so a rank that falls to one is missed.
struct PiecedNumbers {
  struct Piece {
    let values: UnsafePointer<Double>
    let count: Int
    /// Nulls do not count.
    let validity: Bitmap?
  }

  private let pieces: [Piece]
  private let count: Int

  /// So few numbers are copied at once.
  static let smallCount = 1 << 16
  private static let sampleCount = 1 << 14
  /// Four times √n / 2, the standard deviation of how many of n sampled numbers lie below the median.
  private static let margin = 256
  /// How many numbers are looked at twice in a row, from the first-level cache.
  private static let chunk = 2048

  /// - Parameter pieces: valid for as long as the numbers are used.
  init(_ pieces: [Piece]) {
    self.pieces = pieces
    count = pieces.reduce(0) { $0 + ($1.validity?.setCount ?? $1.count) }
  }

  /// The quantile, nil when there are no numbers. O(n).
  func quantile(_ fraction: Double) -> Double? {
    if count == 0 { return nil }
    if count > PiecedNumbers.smallCount, let found = search(QuantileRank(fraction, count: count)) { return found }
    var copy = MutableBuffer<Double>(capacity: count)
    forEachChunk { copy.append(contentsOf: $0) }
    return OrderStatistics.quantile(fraction, of: UnsafeMutableBufferPointer(start: copy.pointer, count: count))
  }

  /// The number at a rank and, where it is wanted too, the one behind it, if they lie where the sample says.
  private func search(_ rank: QuantileRank) -> Double? {
    guard let (low, high) = bounds(rank) else { return nil }
    var (belowLow, upToLow, belowHigh, upToHigh) = (0, 0, 0, 0)
    var kept = MutableBuffer<Double>(capacity: count / 16)
    forEachChunk { values in
      for value in values {
        belowLow &+= value < low ? 1 : 0
        upToLow &+= value <= low ? 1 : 0
        belowHigh &+= value < high ? 1 : 0
        upToHigh &+= value <= high ? 1 : 0
      }
      let before = kept.count
      kept.resize(before + values.count)
      let target = kept.pointer + before
      var added = 0
      // Written in any case, which costs less than a branch that is hard to foresee.
      for value in values {
        target[added] = value
        added &+= value > low && value < high ? 1 : 0
      }
      kept.resize(before + added)
    }
    let between = UnsafeMutableBufferPointer(start: kept.pointer, count: kept.count)
    func number(_ rank: Int) -> Double? {
      if rank < belowLow { return nil }
      if rank < upToLow { return low }
      if rank < belowHigh {
        OrderStatistics.select(rank - upToLow, of: between)
        return between[rank - upToLow]
      }
      return rank < upToHigh ? high : nil
    }
    guard let lower = number(rank.lower), let upper = number(rank.upper) else { return nil }
    return rank.interpolate(lower, upper)
  }

  /// Numbers between which the ranks should lie.
  private func bounds(_ rank: QuantileRank) -> (low: Double, high: Double)? {
    var sample: [Double] = []
    sample.reserveCapacity(2 * PiecedNumbers.sampleCount)
    let step = count / PiecedNumbers.sampleCount
    /// Not always the same place in a step: numbers may come again and again in some period.
    func place(_ index: Int) -> Int {
      index * step + Int((UInt64(index) &* 0x9E37_79B9_7F4A_7C15) >> 33) % step
    }
    var (start, next) = (0, 0)
    forEachChunk { values in
      while next < start + values.count {
        sample.append(values[next - start])
        // The place of one more than there are is behind those of all others.
        next = place(sample.count)
      }
      start += values.count
    }
    let scale = Double(sample.count - 1) / Double(count - 1)
    let first = Int(Double(rank.lower) * scale) - PiecedNumbers.margin
    let last = Int(Double(rank.upper) * scale) + 1 + PiecedNumbers.margin
    sample.removeAll(where: \.isNaN)
    sample.sort()
    if first >= sample.count { return nil }
    return (first < 0 ? -.infinity : sample[first], last < sample.count ? sample[last] : .infinity)
  }

  /// Calls `body` with all numbers in order, some at a time.
  private func forEachChunk(_ body: (UnsafeBufferPointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: PiecedNumbers.chunk) { scratch in
      for piece in pieces {
        for start in stride(from: 0, to: piece.count, by: PiecedNumbers.chunk) {
          let count = min(PiecedNumbers.chunk, piece.count - start)
          guard let validity = piece.validity else {
            body(UnsafeBufferPointer(start: piece.values + start, count: count))
            continue
          }
          let words = validity.words.pointer
          var kept = 0
          for row in start..<start + count {
            scratch[kept] = piece.values[row]
            kept &+= Int(truncatingIfNeeded: words[row >> 6] >> UInt64(row & 63) & 1)
          }
          body(UnsafeBufferPointer(rebasing: scratch[..<kept]))
        }
      }
    }
  }
}
