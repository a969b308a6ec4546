import Columnar

/// An exact quantile, interpolated linearly between the two nearest values, as NumPy and SQL's `quantile_cont` do.
///
/// All values are kept, each with its group, 12 bytes a row, and sorted by group only at the end. States share the values:
/// merging writes only the groups anew. NaN comes after every number.
final class QuantileAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.

  /// The values of a batch without the nulls, and their groups.
  private struct Part {
    let values: Buffer<Double>
    let groups: Buffer<UInt32>
  }

  private let fraction: Double
  private var parts: [Part] = []

  init(fraction: Double) {
    self.fraction = fraction
  }

  func grow(to count: Int) {}

  func update(_ inputs: [Column], _ runs: GroupRuns) {
    let input = inputs[0].float64s.pointer
    let validity = inputs[0].validity
    var valueCount = 0
    runs.forEach(validity) { _, start, end in valueCount += end - start }
    if valueCount == 0 { return }
    let values = MutableBuffer<Double>(count: valueCount)
    let groups = MutableBuffer<UInt32>(count: valueCount)
    var (nextValue, nextGroup) = (values.pointer, groups.pointer)
    runs.forEach(validity) { group, start, end in
      nextValue.update(from: input + start, count: end - start)
      nextGroup.update(repeating: UInt32(group), count: end - start)
      nextValue += end - start
      nextGroup += end - start
    }
    parts.append(Part(values: values.freeze(), groups: groups.freeze()))
  }

  func merge(_ other: any Accumulator, _ groups: Buffer<UInt32>) {
    guard let other = other as? QuantileAccumulator else { preconditionFailure("states of different aggregates") }
    groups.withUnsafeBufferPointer { groups in
      for part in other.parts {
        let renamed = MutableBuffer<UInt32>(count: part.groups.count)
        let (old, new) = (part.groups.pointer, renamed.pointer)
        for index in 0..<part.groups.count { new[index] = groups[Int(old[index])] }
        parts.append(Part(values: part.values, groups: renamed.freeze()))
      }
    }
  }

  func finish(_ count: Int) -> Column {
    // A counting sort: `ends[g]` starts as the place of group g's first value and moves behind its last one.
    var ends = [Int](repeating: 0, count: count + 1)
    for part in parts {
      part.groups.withUnsafeBufferPointer { for group in $0 { ends[Int(group) + 1] += 1 } }
    }
    for group in 0..<count { ends[group + 1] += ends[group] }
    let sorted = MutableBuffer<Double>(count: ends[count])
    let target = sorted.pointer
    for part in parts {
      let (values, groups) = (part.values.pointer, part.groups.pointer)
      for index in 0..<part.groups.count {
        let group = Int(groups[index])
        target[ends[group]] = values[index]
        ends[group] += 1
      }
    }
    var quantiles: [Double?] = []
    quantiles.reserveCapacity(count)
    var start = 0
    for end in ends[..<count] {
      let values = UnsafeMutableBufferPointer(start: sorted.pointer + start, count: end - start)
      quantiles.append(OrderStatistics.quantile(fraction, of: values))
      start = end
    }
    return Column(quantiles)
  }
}
