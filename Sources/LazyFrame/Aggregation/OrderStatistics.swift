/// Values at ranks, found without sorting.
enum OrderStatistics {
  /// The quantile of the values, nil when there is none. Reorders them. O(n).
  static func quantile(_ fraction: Double, of values: UnsafeMutableBufferPointer<Double>) -> Double? {
    if values.isEmpty { return nil }
    var values = values
    let numberCount = values.partition { $0.isNaN }
    let numbers = UnsafeMutableBufferPointer(rebasing: values[..<numberCount])
    let rank = QuantileRank(fraction, count: values.count)
    guard rank.upper < numbers.count else { return .nan }
    select(rank.lower, of: numbers)
    let low = numbers[rank.lower]
    if rank.upper == rank.lower { return rank.interpolate(low, low) }
    var high = numbers[rank.upper]
    for value in numbers[rank.upper...] where value < high { high = value }
    return rank.interpolate(low, high)
  }

  /// Puts the value of rank `rank` in its place, none larger before it and none smaller behind it.
  ///
  /// Hoare's quickselect. Should its pivots turn out bad again and again, the rest is sorted instead, which keeps the
  /// worst case at O(n log n).
  static func select(_ rank: Int, of values: UnsafeMutableBufferPointer<Double>) {
    var low = 0
    var high = values.count - 1
    var attempts = 2 * (Int.bitWidth - values.count.leadingZeroBitCount)
    while low < high {
      if high - low < 16 || attempts == 0 {
        var rest = UnsafeMutableBufferPointer(rebasing: values[low...high])
        rest.sort()
        return
      }
      attempts -= 1
      let pivot = median(values[low], values[(low + high) / 2], values[high])
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      // Now low...right is at most the pivot, left...high at least, and what lies between equals it.
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        return
      }
    }
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
