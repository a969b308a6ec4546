import Columnar

/// An accumulator of which all that it remembers is a state in the group's row.
protocol StateAccumulator: Accumulator {
  associatedtype State: GroupState
}

extension StateAccumulator {
  var stateSize: Int { (MemoryLayout<State>.size + 7) & ~7 }

  var isCopiedWithState: Bool { true }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    let (sources, targets) = (others.of(State.self), states.of(State.self))
    for index in 0..<pairs.count {
      targets[Int(pairs.targets[index])].pointee.merge(sources[Int(pairs.sources[index])].pointee)
    }
  }

  /// A column of what each of the first `count` states gives.
  func float64s(_ count: Int, _ states: GroupStates, _ result: (State) -> Double?) -> Column {
    let states = states.of(State.self)
    let values = MutableBuffer<Double>(count: count)
    let target = values.pointer
    var validity = MutableBitmap(repeating: true, count: count)
    var hasNull = false
    for group in 0..<count {
      if let value = result(states[group].pointee) {
        target[group] = value
      } else {
        target[group] = 0
        validity.clear(group)
        hasNull = true
      }
    }
    return Column(type: .float64, values: .float64(values.freeze()), validity: hasNull ? validity.freeze() : nil)
  }
}
