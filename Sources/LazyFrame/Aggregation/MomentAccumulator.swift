import Columnar

/// The variance or standard deviation of a sample or of a population, or the standard error of the mean.
///
/// Each group keeps its count, and the sums of its values' distances from the first one and of the squares of these, in about twice the
/// precision of floats (`CompensatedSum`, `DoubleDouble`):
///
///     S = Σ (x - origin)      Q = Σ (x - origin)²        Σ (x - mean)² = Q - S² / n
///
/// So that data far from zero, such as times, lose no digits to their size, equal values have a variance of exactly 0, and the result is
/// rounded once: it does not depend on how rows are divided into runs and partitions. Where two states meet, the distances
/// of one are moved to the origin of the other.
///
/// An infinity or a NaN makes the result NaN. Distances whose squares no float can hold make it infinite.
final class MomentAccumulator: StateAccumulator {
  enum Result { case variance, standardDeviation, standardError }

  struct State: GroupState {
    var count = 0.0
    /// The first value.
    private var origin = 0.0
    /// The sums of distances from the first value, and of their squares.
    private var distances = CompensatedSum()
    private var squares = CompensatedSum()

    init() {}

    /// The state of one value.
    init(_ value: Double) {
      (count, origin) = (1, value)
      // 0, or NaN for an infinity or a NaN.
      distances.high = value - value
    }

    @inline(__always)
    mutating func add(_ value: Double) {
      if count == 0 {
        self = State(value)
        return
      }
      let distance = DoubleDouble.sum(value, -origin)
      let square = DoubleDouble.splitProduct(distance.high, distance.high)
      distances.add(distance)
      squares.add(square.high, error: square.low + 2 * distance.high * distance.low)
      count += 1
    }

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      if count == 0 {
        self = other
        return
      }
      let distance = DoubleDouble.sum(other.origin, -origin)
      distances.add(other.distances)
      distances.add(distance * other.count)
      squares.add(other.squares)
      squares.add(distance * (other.distances.exact * 2 + distance * other.count))
      count += other.count
    }

    /// The sum of squared deviations from the mean.
    var squaredDeviations: Double {
      guard distances.high.isFinite else { return .nan }
      guard squares.high.isFinite else { return .infinity }
      let sum = distances.exact
      // Rounding can take it a little below 0.
      return max((squares.exact - sum * sum / count).rounded, 0)
    }
  }

  private let result: Result
  /// What is taken from the number of values: 1 for a sample, 0 for a population.
  private let ddof: Double

  init(result: Result, ddof: Int = 1) {
    (self.result, self.ddof) = (result, Double(ddof))
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let states = states.of(State.self)
    let values = inputs[0].float64s.pointer
    if runs.forEachRow(inputs[0].validity, { group, row in states[group].pointee.add(values[row]) }) { return }
    runs.forEach(inputs[0].validity) { group, start, end in
      var state = states[group].pointee
      for row in start..<end { state.add(values[row]) }
      states[group].pointee = state
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      let freedom = state.count - ddof
      if freedom <= 0 || state.count == 0 { return nil }
      let variance = state.squaredDeviations / freedom
      switch result {
      case .variance: return variance
      case .standardDeviation: return variance.squareRoot()
      case .standardError: return (variance / state.count).squareRoot()
      }
    }
  }
}
