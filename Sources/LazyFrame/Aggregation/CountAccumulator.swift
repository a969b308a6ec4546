import Columnar

/// `count()`: the rows of each group, or with an argument its values that are not null.
final class CountAccumulator: StateAccumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  var states: [Int64]

  init(states: [Int64] = []) {
    self.states = states
  }

  func update(_ inputs: [Column], _ runs: GroupRuns) {
    if inputs.first?.type == .null { return }
    states.withUnsafeMutableBufferPointer { counts in
      runs.forEach(inputs.first?.validity) { group, start, end in counts[group] += Int64(end - start) }
    }
  }

  func finish(_ count: Int) -> Column {
    Column(type: .int64, values: .int64(Buffer(states[..<count])))
  }
}

extension Int64: GroupState {
  mutating func merge(_ other: Int64) { self += other }
}
