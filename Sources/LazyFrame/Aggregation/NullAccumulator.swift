import Columnar

/// Any aggregate of a column that knows no value: nulls.
final class NullAccumulator: Accumulator {
  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { true }
  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {}
  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {}
  func finish(_ count: Int, _ states: GroupStates) -> Column { Column(nullsOf: .null, count: count) }
}
