import Columnar

/// An exact quantile, interpolated linearly between the two nearest values, as NumPy and SQL's `quantile_cont` do.
///
/// All values are kept with their groups, 12 bytes a row, and put in the order of the groups when the state is sealed. NaN
/// comes after every number.
final class QuantileAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  private let fraction: Double
  private var values = MutableBuffer<Double>()
  /// The group of each value.
  private var groups = MutableBuffer<UInt32>()
  /// The values in the order of their groups, once sealed.
  private var sealed: (values: Buffer<Double>, order: GroupedOrder)?

  init(fraction: Double) {
    self.fraction = fraction
  }

  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { false }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let input = inputs[0].float64s.pointer
    let validity = inputs[0].validity
    let (oldCount, room) = (values.count, inputs[0].count)
    values.resize(oldCount + room)
    groups.resize(oldCount + room)
    let (nextValue, nextGroup) = (values.pointer, groups.pointer)
    var count = oldCount
    runs.forEach(validity) { group, start, end in
      for row in start..<end {
        nextValue[count] = input[row]
        nextGroup[count] = UInt32(truncatingIfNeeded: group)
        count &+= 1
      }
    }
    values.resize(count)
    groups.resize(count)
  }

  func seal(_ numbers: UnsafeBufferPointer<UInt32>) {
    let groups = groups.pointer
    for index in 0..<self.groups.count { groups[index] = numbers[Int(groups[index])] }
    sealed = sorted(numbers.count)
  }

  private func sorted(_ groupCount: Int) -> (values: Buffer<Double>, order: GroupedOrder) {
    let order = GroupedOrder(
      groups: UnsafeBufferPointer(start: groups.pointer, count: groups.count), groupCount: groupCount)
    let sorted = MutableBuffer<Double>(count: values.count)
    let (source, target, places) = (values.pointer, sorted.pointer, order.order.pointer)
    for place in 0..<values.count { target[place] = source[Int(places[place])] }
    return (sorted.freeze(), order)
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? QuantileAccumulator, let sealed = other.sealed else {
      preconditionFailure("only a sealed state of the same aggregate can be merged")
    }
    for index in 0..<pairs.count {
      let places = sealed.order.places(of: Int(pairs.sources[index]))
      values.append(
        contentsOf: UnsafeBufferPointer(start: sealed.values.pointer + places.lowerBound, count: places.count))
      let oldCount = groups.count
      groups.resize(oldCount + places.count)
      (groups.pointer + oldCount).update(repeating: pairs.targets[index], count: places.count)
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    let (values, order) = sealed ?? sorted(count)
    // A copy of one group's values, which may be reordered.
    let scratch = MutableBuffer<Double>(count: min(values.count, PiecedNumbers.smallCount))
    return withExtendedLifetime(values) {
      Column(
        (0..<count).map { group -> Double? in
          let places = order.places(of: group)
          let first = values.pointer + places.lowerBound
          if places.count > PiecedNumbers.smallCount {
            return PiecedNumbers([PiecedNumbers.Piece(values: first, count: places.count, validity: nil)])
              .quantile(fraction)
          }
          scratch.pointer.update(from: first, count: places.count)
          return OrderStatistics.quantile(
            fraction, of: UnsafeMutableBufferPointer(start: scratch.pointer, count: places.count))
        })
    }
  }
}
