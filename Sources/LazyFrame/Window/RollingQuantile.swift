import Columnar

/// Quantiles over windows that move along.
///
/// The values of a group are sorted once, and each gets its place. A Fenwick tree (Fenwick 1994) over the places counts which of
/// them are in the window: to let one in or out takes O(log n), and so does finding the one of a rank, by going down the tree
/// from its largest power of two. NaN comes after every number.
enum RollingQuantile {
  static func compute(
    _ fraction: Double, _ values: Buffer<Double>, _ windows: RollingWindows, _ groups: WindowGroups
  ) -> Column {
    let result = MutableBuffer<Double>(count: groups.rowCount)
    let words = OrderWords.words(Column(type: .float64, values: .float64(values)))
    for run in groups.runs {
      // Rows by place, and places by row of the group.
      let sorted = run.filter(windows.isValue).sorted { words[$0] < words[$1] }
      var places = [Int](repeating: 0, count: run.count)
      for (place, row) in sorted.enumerated() { places[row - run.lowerBound] = place }
      var tree = RankTree(count: sorted.count)
      var (first, next) = (run.lowerBound, run.lowerBound)
      for row in run {
        while next < windows.ends[row] {
          if windows.isValue(next) { tree.add(1, at: places[next - run.lowerBound]) }
          next += 1
        }
        while first < windows.starts[row] {
          if windows.isValue(first) { tree.add(-1, at: places[first - run.lowerBound]) }
          first += 1
        }
        guard let count = windows.count(row) else { continue }
        let position = fraction * Double(count - 1)
        let lower = min(Int(position), count - 1)
        let low = values.pointer[sorted[tree.place(ofRank: lower)]]
        let high = lower + 1 < count ? values.pointer[sorted[tree.place(ofRank: lower + 1)]] : low
        result.pointer[row] = between(low, high, position - Double(lower))
      }
    }
    let known = WindowKernels.rows(groups.rowCount) { windows.count($0) != nil }
    return Column(type: .float64, values: .float64(result.freeze()), validity: known)
  }

  /// The value between two neighbours, as a group's quantile has it.
  private static func between(_ low: Double, _ high: Double, _ weight: Double) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2) { pair in
      pair[0] = low
      pair[1] = high
      return OrderStatistics.quantile(weight, of: pair) ?? .nan
    }
  }
}

/// Counts at places, and the place of a rank among them.
private struct RankTree {
  private var counts: [Int32]
  private let top: Int

  init(count: Int) {
    counts = Array(repeating: 0, count: count + 1)
    top = count == 0 ? 0 : 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount)
  }

  mutating func add(_ change: Int32, at place: Int) {
    var index = place + 1
    while index < counts.count {
      counts[index] += change
      index += index & -index
    }
  }

  /// The first place up to which more than `rank` are counted.
  func place(ofRank rank: Int) -> Int {
    var (index, rest, step) = (0, Int32(rank), top)
    while step > 0 {
      if index + step < counts.count, counts[index + step] <= rest {
        index += step
        rest -= counts[index]
      }
      step >>= 1
    }
    return index
  }
}
