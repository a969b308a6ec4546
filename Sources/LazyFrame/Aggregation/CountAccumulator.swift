import Columnar

/// `count()`: the rows of each group, or with an argument its values that are not null.
final class CountAccumulator: StateAccumulator {
  typealias State = Int64

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    if inputs.first?.type == .null { return }
    let counts = states.of(State.self)
    runs.forEach(inputs.first?.validity) { group, start, end in counts[group].pointee &+= Int64(end &- start) }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    let counts = states.of(State.self)
    let values = MutableBuffer<Int64>(count: count)
    for group in 0..<count { values.pointer[group] = counts[group].pointee }
    return Column(type: .int64, values: .int64(values.freeze()))
  }
}

extension Int64: GroupState {
  mutating func merge(_ other: Int64) { self += other }
}
