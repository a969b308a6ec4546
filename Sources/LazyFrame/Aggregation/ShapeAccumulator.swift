import Columnar

/// The skewness or the excess kurtosis of a sample, corrected for its size as pandas and DuckDB do:
///
///     skewness    sqrt(n (n - 1)) / (n - 2) · m3 / m2^(3/2)
///     kurtosis    (n - 1) / ((n - 2) (n - 3)) · ((n + 1) (m4 / m2² - 3) + 6)
///
/// where mk is the mean of the k-th powers of the deviations from the mean (G1 and G2 of Joanes and Gill 1998). As in
/// `MomentAccumulator` each group keeps its count, and the sums of the first four powers of its values' distances from the first one, in
/// about twice the precision of floats. The shape of a constant is 0 / 0, NaN. An infinity or a NaN makes the result NaN.
final class ShapeAccumulator: StateAccumulator {
  enum Result { case skewness, kurtosis }

  struct State: GroupState {
    var count = 0.0
    /// The first value.
    private var origin = 0.0
    /// The sums of powers of distances from it.
    private var distances = CompensatedSum()
    private var squares = CompensatedSum()
    private var cubes = CompensatedSum()
    private var fourths = CompensatedSum()

    mutating func add(_ value: Double) {
      if count == 0 {
        (count, origin) = (1, value)
        // 0, or NaN for an infinity or a NaN.
        distances.high = value - value
        return
      }
      let distance = DoubleDouble.sum(value, -origin)
      let square = distance * distance
      distances.add(distance)
      squares.add(square)
      cubes.add(square * distance)
      fourths.add(square * square)
      count += 1
    }

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      if count == 0 {
        self = other
        return
      }
      // The powers of (x - other.origin) + (other.origin - origin).
      let (n, d) = (other.count, DoubleDouble.sum(other.origin, -origin))
      let (s1, s2, s3) = (other.distances.exact, other.squares.exact, other.cubes.exact)
      distances.add(other.distances)
      distances.add(d * n)
      squares.add(other.squares)
      squares.add(d * (s1 * 2 + d * n))
      cubes.add(other.cubes)
      cubes.add(d * (s2 * 3 + d * (s1 * 3 + d * n)))
      fourths.add(other.fourths)
      fourths.add(d * (s3 * 4 + d * (s2 * 6 + d * (s1 * 4 + d * n))))
      count += n
    }

    /// The sums of the second, third and fourth powers of deviations from the mean.
    var deviations: (squares: Double, cubes: Double, fourths: Double) {
      let mean = distances.exact / count
      let (s2, s3) = (squares.exact, cubes.exact)
      let square = mean * mean
      return (
        (s2 - square * count).rounded,
        (s3 - mean * (s2 * 3 - square * (2 * count))).rounded,
        (fourths.exact - mean * (s3 * 4 - mean * (s2 * 6 - square * (3 * count)))).rounded
      )
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
      for row in start..<end { states[group].pointee.add(values[row]) }
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      let n = state.count
      switch result {
      case .skewness:
        if n < 3 { return nil }
        let (squares, cubes, _) = state.deviations
        let variance = squares / n
        return (n * (n - 1)).squareRoot() / (n - 2) * (cubes / n) / (variance * variance.squareRoot())
      case .kurtosis:
        if n < 4 { return nil }
        let (squares, _, fourths) = state.deviations
        let excess = n * fourths / (squares * squares) - 3
        return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6)
      }
    }
  }
}
