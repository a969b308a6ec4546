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

  func merge(_ other: any Accumulator, _ groups: Buffer<UInt32>) {
    guard let other = other as? Self else { preconditionFailure("states of different aggregates") }
    for index in 0..<groups.count { states[Int(groups[index])].merge(other.states[index]) }
  }
}
