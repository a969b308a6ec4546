import Columnar

/// `QuantileAccumulator` where all rows are one group: the columns are kept as they come, without a copy, and the values are found
/// in them where they lie.
final class TotalQuantileAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  private let fraction: Double
  private var pieces: [Column] = []

  init(fraction: Double) {
    self.fraction = fraction
  }

  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { false }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) { pieces.append(inputs[0]) }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? TotalQuantileAccumulator else {
      preconditionFailure("only a state of the same aggregate can be merged")
    }
    pieces += other.pieces
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    let numbers = PiecedNumbers(
      pieces.map { PiecedNumbers.Piece(values: $0.float64s.pointer, count: $0.count, validity: $0.validity) })
    return withExtendedLifetime(pieces) { Column((0..<count).map { _ in numbers.quantile(fraction) }) }
  }
}
