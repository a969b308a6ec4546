/// Between which of the values in order a quantile lies.
struct QuantileRank {
  let lower: Int
  /// How far from the value at `lower` to the next one it is, from 0 to 1.
  private let weight: Double

  /// - Parameter count: the number of values, of which there is one at least.
  init(_ fraction: Double, count: Int) {
    let position = fraction * Double(count - 1)
    lower = min(Int(position), count - 1)
    weight = position - Double(lower)
  }

  /// The next rank, or the same where the quantile is a value itself.
  var upper: Int { weight == 0 ? lower : lower + 1 }

  /// The quantile from the values at both ranks.
  func interpolate(_ low: Double, _ high: Double) -> Double {
    // Adding zero makes -0.0 the zero that it equals: which of them comes first is chance.
    if low == high { return low + 0 }
    let difference = high - low
    // The difference of two large numbers of different sign does not fit; their parts do.
    if !difference.isFinite, low.isFinite, high.isFinite { return low * (1 - weight) + high * weight + 0 }
    return low + difference * weight + 0
  }
}
