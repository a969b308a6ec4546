import Columnar

/// `count()`: the rows of each group, or with an argument its values that are not null; `null_count`, those that are.
final class CountAccumulator: StateAccumulator {
  typealias State = Int64

  /// What counts of the argument.
  enum Counted { case values, nulls }

  private let counted: Counted

  init(counts counted: Counted) { self.counted = counted }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let counts = states.of(State.self)
    let validity: Bitmap?
    switch (counted, inputs.first?.type == .null) {
    case (.values, true): return
    case (.values, false): validity = inputs.first?.validity
    case (.nulls, true): validity = nil
    case (.nulls, false):
      guard let known = inputs.first?.validity else { return }
      validity = known.inverted
    }
    runs.forEach(validity) { group, start, end in counts[group].pointee &+= Int64(end &- start) }
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
