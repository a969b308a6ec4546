import Columnar

/// About where the quantiles of many numbers are, in a few kilobytes: a merging t-digest (Dunning and Ertl 2019,
/// arXiv 1902.04023).
///
/// Neighbours are put together into clusters, each kept as its mean and its size:
///
///     sizes    1 1 1 2 3 5  8  12  14  12  8  5 3 2 1 1 1
///              least            median              largest
///
/// A cluster around the quantile q holds at most 1% · sqrt(q (1 - q)) of the values, or one: clusters are small at the ends,
/// where a quantile is to be exact, and there are between 300 and 700 of them. Values that come are clusters of one until
/// there are 1200 in all; then all are sorted, and neighbours are put together again, first to last. So up to 1200 values the
/// quantiles are exact, and beyond that the rank of an answer is off by about the size of a cluster at most, 0.5% of the rows
/// at the median and less elsewhere.
///
/// Only additions, multiplications and square roots are used, in the order of the rows and of the partitions, so that the same
/// partitions give the same bits. Infinities and NaN are counted apart.
struct QuantileSketch: GroupSketch {
  private struct Cluster {
    var mean: Double
    var size: Double
  }

  private static let clusterLimit = 1200
  private static let share = 0.01

  private var clusters: [Cluster] = []
  private var lowest = Double.infinity
  private var highest = -Double.infinity
  /// How many numbers there are, and how many values that are none.
  private var count = 0
  private var negativeInfinities = 0
  private var positiveInfinities = 0
  private var notNumbers = 0

  init() {}

  static func elements(of column: Column) -> Buffer<Double> { column.float64s }

  mutating func add(_ value: Double) {
    guard value.isFinite else {
      if value.isNaN { notNumbers += 1 } else if value < 0 { negativeInfinities += 1 } else { positiveInfinities += 1 }
      return
    }
    count += 1
    lowest = min(lowest, value)
    highest = max(highest, value)
    add(Cluster(mean: value, size: 1))
  }

  private mutating func add(_ cluster: Cluster) {
    clusters.append(cluster)
    if clusters.count >= QuantileSketch.clusterLimit { joinClusters() }
  }

  mutating func merge(_ other: QuantileSketch) {
    count += other.count
    negativeInfinities += other.negativeInfinities
    positiveInfinities += other.positiveInfinities
    notNumbers += other.notNumbers
    lowest = min(lowest, other.lowest)
    highest = max(highest, other.highest)
    for cluster in other.clusters { add(cluster) }
  }

  private mutating func joinClusters() {
    clusters.sort { $0.mean < $1.mean }
    let total = clusters.reduce(0) { $0 + $1.size }
    var joined: [Cluster] = []
    var current = clusters[0]
    var before = 0.0
    for next in clusters.dropFirst() {
      let size = current.size + next.size
      let middle = (before + size / 2) / total
      if size <= QuantileSketch.share * total * (middle * (1 - middle)).squareRoot() {
        // Halves, so that the difference of the largest numbers fits.
        current.mean += 2 * ((next.mean / 2 - current.mean / 2) * (next.size / size))
        current.size = size
      } else {
        joined.append(current)
        before += current.size
        current = next
      }
    }
    joined.append(current)
    clusters = joined
  }

  /// The quantile, interpolated linearly between ranks, nil without values. NaN comes after every number.
  func quantile(_ fraction: Double) -> Double? {
    let total = negativeInfinities + count + positiveInfinities + notNumbers
    if total == 0 { return nil }
    let position = fraction * Double(total - 1)
    let lower = min(Int(position), total - 1)
    let weight = position - Double(lower)
    let upper = weight == 0 ? lower : lower + 1
    if lower >= negativeInfinities, upper < negativeInfinities + count {
      return number(at: position - Double(negativeInfinities))
    }
    let (low, high) = (value(at: lower), value(at: upper))
    return low == high || weight == 0 ? low : low + (high - low) * weight
  }

  /// The value of a rank that is not between two numbers.
  private func value(at rank: Int) -> Double {
    if rank < negativeInfinities { return -.infinity }
    if rank < negativeInfinities + count { return rank == negativeInfinities ? lowest : highest }
    return rank < negativeInfinities + count + positiveInfinities ? .infinity : .nan
  }

  /// The number at a position between ranks: clusters have their mean at their middle.
  private func number(at position: Double) -> Double {
    var (left, leftMean) = (0.0, lowest)
    var before = 0.0
    for cluster in clusters.sorted(by: { $0.mean < $1.mean }) {
      let middle = before + (cluster.size - 1) / 2
      if position <= middle { return interpolate(position, left, leftMean, middle, cluster.mean) }
      (left, leftMean) = (middle, cluster.mean)
      before += cluster.size
    }
    return interpolate(position, left, leftMean, Double(count - 1), highest)
  }

  private func interpolate(
    _ position: Double, _ left: Double, _ leftMean: Double, _ right: Double, _ rightMean: Double
  ) -> Double {
    if position == right || right == left || leftMean == rightMean { return rightMean + 0 }
    let weight = (position - left) / (right - left)
    let difference = rightMean - leftMean
    return difference.isFinite ? leftMean + difference * weight + 0 : leftMean * (1 - weight) + rightMean * weight
  }
}
