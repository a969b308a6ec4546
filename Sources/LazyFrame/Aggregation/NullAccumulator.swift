import Columnar

/// Any aggregate of a column that knows no value: nulls.
final class NullAccumulator: Accumulator {
  func grow(to count: Int) {}
  func update(_ inputs: [Column], _ runs: GroupRuns) {}
  func merge(_ other: any Accumulator, _ pairs: GroupPairs) {}
  func finish(_ count: Int) -> Column { Column(nullsOf: .null, count: count) }
}
