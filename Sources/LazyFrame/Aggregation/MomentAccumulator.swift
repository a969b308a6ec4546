import Columnar

/// The variance or standard deviation of a sample or of a population, or the standard error of the mean.
///
/// Each group keeps its count, its mean and the sum of squared deviations from it. A run is in memory, so it is read
/// twice: for its mean, then for the deviations, whose plain sum corrects for the rounding of that mean. Runs and states
/// are joined pairwise (both after Chan, Golub and LeVeque 1983).
///
/// A mean is kept as its distance from the first value, so that data far from zero, such as times, lose no digits to
/// their size, and equal values have a variance of exactly 0.
///
/// An infinity or a NaN makes the result NaN.
final class MomentAccumulator: StateAccumulator {
  enum Result { case variance, standardDeviation, standardError }

  struct State: GroupState {
    var count = 0.0
    /// The first value.
    var origin = 0.0
    /// The mean is `origin + mean`.
    var mean = 0.0
    /// The sum of squared deviations from the mean.
    var squares = 0.0

    /// Adds one value (Welford 1962).
    @inline(__always)
    mutating func add(_ value: Double) {
      if count == 0 {
        // An infinity or a NaN makes the sum of squares NaN.
        (count, origin, squares) = (1, value, value - value)
        return
      }
      let total = count + 1
      let difference = (value - origin) - mean
      let step = difference / total
      mean += step
      squares += difference * (step * count)
      count = total
    }

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      if count == 0 {
        self = other
        return
      }
      let total = count + other.count
      let difference = (other.origin - origin) + (other.mean - mean)
      mean += difference * (other.count / total)
      squares += other.squares + difference * difference * (count * other.count / total)
      count = total
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
      states[group].pointee.merge(
        MomentAccumulator.state(of: UnsafeBufferPointer(start: values + start, count: end - start)))
    }
  }

  /// The state of a run, which is not empty.
  private static func state(of values: UnsafeBufferPointer<Double>) -> State {
    let count = Double(values.count)
    let origin = values[0]
    if values.count == 1 { return State(count: 1, origin: origin, squares: origin - origin) }
    var sum = 0.0
    for value in values { sum += value - origin }
    let mean = sum / count
    var rest = 0.0
    var squares = 0.0
    for value in values {
      let deviation = (value - origin) - mean
      rest += deviation
      squares += deviation * deviation
    }
    return State(count: count, origin: origin, mean: mean, squares: squares - rest * rest / count)
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      let freedom = state.count - ddof
      if freedom <= 0 || state.count == 0 { return nil }
      // Rounding can take the sum of squares a little below 0. NaN stays NaN.
      let variance = (state.squares < 0 ? 0 : state.squares) / freedom
      switch result {
      case .variance: return variance
      case .standardDeviation: return variance.squareRoot()
      case .standardError: return (variance / state.count).squareRoot()
      }
    }
  }
}
