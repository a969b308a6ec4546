import Columnar

/// The skewness or the excess kurtosis of a sample, corrected for its size as pandas and DuckDB do:
///
///     skewness    sqrt(n (n - 1)) / (n - 2) · m3 / m2^(3/2)
///     kurtosis    (n - 1) / ((n - 2) (n - 3)) · ((n + 1) (m4 / m2² - 3) + 6)
///
/// where mk is the mean of the k-th powers of the deviations from the mean (G1 and G2 of Joanes and Gill 1998). Each group keeps
/// its count, its mean and the sums of the powers. A run is in memory, so it is read twice; runs and states are joined
/// pairwise by the formulas of Pébay 2008 (SAND2008-6212). As in `MomentAccumulator` a mean is kept as its distance from
/// the first value. The shape of a constant is 0 / 0, NaN. An infinity or a NaN makes the result NaN.
final class ShapeAccumulator: StateAccumulator {
  enum Result { case skewness, kurtosis }

  struct State: GroupState {
    var count = 0.0
    /// The first value.
    var origin = 0.0
    /// The mean is `origin + mean`.
    var mean = 0.0
    /// The sums of the second, third and fourth powers of deviations from the mean.
    var squares = 0.0
    var cubes = 0.0
    var fourths = 0.0

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      if count == 0 {
        self = other
        return
      }
      let (a, b, total) = (count, other.count, count + other.count)
      let difference = (other.origin - origin) + (other.mean - mean)
      let step = difference / total
      let product = a * b * difference * step
      fourths += other.fourths + product * step * step * (a * a - a * b + b * b)
      fourths += 6 * step * step * (a * a * other.squares + b * b * squares)
      fourths += 4 * step * (a * other.cubes - b * cubes)
      cubes += other.cubes + product * step * (a - b) + 3 * step * (a * other.squares - b * squares)
      squares += other.squares + product
      mean += step * b
      count = total
    }
  }

  private let result: Result

  init(result: Result) {
    self.result = result
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let states = states.of(State.self)
    let values = inputs[0].float64s.pointer
    runs.forEach(inputs[0].validity) { group, start, end in
      states[group].pointee.merge(
        ShapeAccumulator.state(of: UnsafeBufferPointer(start: values + start, count: end - start)))
    }
  }

  /// The state of a run, which is not empty.
  private static func state(of values: UnsafeBufferPointer<Double>) -> State {
    let count = Double(values.count)
    let origin = values[0]
    var state = State(count: count, origin: origin, squares: origin - origin)
    if values.count == 1 { return state }
    var sum = 0.0
    for value in values { sum += value - origin }
    state.mean = sum / count
    for value in values {
      let deviation = (value - origin) - state.mean
      let square = deviation * deviation
      state.squares += square
      state.cubes += square * deviation
      state.fourths += square * square
    }
    return state
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      let n = state.count
      switch result {
      case .skewness:
        if n < 3 { return nil }
        let variance = state.squares / n
        return (n * (n - 1)).squareRoot() / (n - 2) * (state.cubes / n) / (variance * variance.squareRoot())
      case .kurtosis:
        if n < 4 { return nil }
        let excess = n * state.fourths / (state.squares * state.squares) - 3
        return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6)
      }
    }
  }
}
