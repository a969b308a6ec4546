import Columnar

/// `approx_count_distinct`: about how many different values that are not null each group has. See `CardinalitySketch`.
///
/// What is counted are the hashes that `hash(x)` gives, the same in every process. 0.0 equals -0.0, and NaN equals NaN.
final class SketchAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  private var sketches: [CardinalitySketch] = []

  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { false }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    if inputs[0].type == .null { return }
    let hashes = HashKernels.hash(inputs[0]).int64s
    let words = hashes.pointer
    runs.forEach(inputs[0].validity) { group, start, end in
      reserve(group)
      for row in start..<end { sketches[group].add(UInt64(bitPattern: words[row])) }
    }
    withExtendedLifetime(hashes) {}
  }

  private func reserve(_ group: Int) {
    while sketches.count <= group { sketches.append(CardinalitySketch()) }
  }

  func seal(_ numbers: UnsafeBufferPointer<UInt32>) {
    var sealed = Array(repeating: CardinalitySketch(), count: numbers.count)
    for (group, sketch) in sketches.enumerated() { sealed[Int(numbers[group])] = sketch }
    sketches = sealed
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? SketchAccumulator else { preconditionFailure("states of different aggregates") }
    for index in 0..<pairs.count {
      let target = Int(pairs.targets[index])
      reserve(target)
      sketches[target].merge(other.sketches[Int(pairs.sources[index])])
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    let counts = (0..<count).map { group in
      group < sketches.count ? Int64(sketches[group].count().rounded()) : 0
    }
    return Column(type: .int64, values: .int64(Buffer(counts)))
  }
}
