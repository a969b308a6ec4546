import Columnar

/// What an aggregate remembers of one group, in fixed size.
protocol GroupState {
  /// The state of a group that has seen nothing.
  init()

  /// Adds what `other` has seen; its rows come after this state's.
  mutating func merge(_ other: Self)
}

/// An accumulator that is an array of states, one for each group.
protocol StateAccumulator: Accumulator {
  associatedtype State: GroupState

  var states: [State] { get set }
}

extension StateAccumulator {

  func grow(to count: Int) {
    states.append(contentsOf: repeatElement(State(), count: max(0, count - states.count)))
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs) {
    guard let other = other as? Self else { preconditionFailure("states of different aggregates") }
    states.withUnsafeMutableBufferPointer { states in
      other.states.withUnsafeBufferPointer { others in
        for index in 0..<pairs.count { states[Int(pairs.targets[index])].merge(others[Int(pairs.sources[index])]) }
      }
    }
  }

  /// A column of what each of the first `count` states gives.
  func float64s(_ count: Int, _ result: (State) -> Double?) -> Column {
    let values = MutableBuffer<Double>(count: count)
    var validity = MutableBitmap(repeating: true, count: count)
    var hasNull = false
    for (index, state) in states[..<count].enumerated() {
      if let value = result(state) {
        values.pointer[index] = value
      } else {
        values.pointer[index] = 0
        validity.clear(index)
        hasNull = true
      }
    }
    return Column(type: .float64, values: .float64(values.freeze()), validity: hasNull ? validity.freeze() : nil)
  }
}
