import Columnar

/// The covariance of a sample or of a population, or Pearson's correlation, over the rows where both inputs have a value.
///
/// The method is that of `MomentAccumulator`, in two dimensions. The correlation of a constant is 0 / 0, NaN: there are
/// values, but they do not say it. An infinity or a NaN makes the result NaN.
final class ComomentAccumulator: StateAccumulator {
  enum Result { case covariance, populationCovariance, correlation }

  struct State: GroupState {
    var count = 0.0
    /// The first values of both inputs.
    var origin = Pair(x: 0, y: 0)
    /// The means of both inputs are `origin + mean`.
    var mean = Pair(x: 0, y: 0)
    /// The sums of squared deviations of both inputs.
    var squares = Pair(x: 0, y: 0)
    /// The sum of products of deviations.
    var products = 0.0

    /// Adds one pair of values (Welford 1962).
    @inline(__always)
    mutating func add(_ x: Double, _ y: Double) {
      if count == 0 {
        // An infinity or a NaN makes the sums of squares NaN.
        self = State(
          count: 1, origin: Pair(x: x, y: y), squares: Pair(x: x - x, y: y - y), products: (x - x) + (y - y))
        return
      }
      let total = count + 1
      let (share, weight) = (1 / total, count / total)
      let (differenceX, differenceY) = ((x - origin.x) - mean.x, (y - origin.y) - mean.y)
      mean.x += differenceX * share
      mean.y += differenceY * share
      squares.x += differenceX * differenceX * weight
      squares.y += differenceY * differenceY * weight
      products += differenceX * differenceY * weight
      count = total
    }

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      if count == 0 {
        self = other
        return
      }
      let total = count + other.count
      let difference = (other.origin.vector - origin.vector) + (other.mean.vector - mean.vector)
      let weight = count * other.count / total
      mean = Pair(mean.vector + difference * (other.count / total))
      squares = Pair(squares.vector + (other.squares.vector + difference * difference * weight))
      products += other.products + difference.x * difference.y * weight
      count = total
    }
  }

  /// Two numbers that are computed with at once. Unlike a vector they may lie anywhere in memory.
  struct Pair: BitwiseCopyable {
    var x: Double
    var y: Double

    init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
    init(_ vector: SIMD2<Double>) { (x, y) = (vector.x, vector.y) }

    var vector: SIMD2<Double> { SIMD2(x, y) }
  }

  private let result: Result

  init(result: Result) {
    self.result = result
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let states = states.of(State.self)
    let x = inputs[0].float64s.pointer
    let y = inputs[1].float64s.pointer
    let validity = Bitmap.both(inputs[0].validity, inputs[1].validity)
    if runs.forEachRow(validity, { group, row in states[group].pointee.add(x[row], y[row]) }) { return }
    runs.forEach(validity) { group, start, end in
      states[group].pointee.merge(ComomentAccumulator.state(of: x + start, y + start, end - start))
    }
  }

  /// The state of a run, which is not empty.
  private static func state(of x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ length: Int) -> State {
    let count = Double(length)
    let origin = SIMD2(x[0], y[0])
    if length == 1 {
      let zero = origin - origin
      return State(count: 1, origin: Pair(origin), squares: Pair(zero), products: zero.x + zero.y)
    }
    var sum = SIMD2(0.0, 0.0)
    for index in 0..<length { sum += SIMD2(x[index], y[index]) - origin }
    let mean = sum / count
    var rest = SIMD2(0.0, 0.0)
    var squares = SIMD2(0.0, 0.0)
    var products = 0.0
    for index in 0..<length {
      let deviation = (SIMD2(x[index], y[index]) - origin) - mean
      rest += deviation
      squares += deviation * deviation
      products += deviation.x * deviation.y
    }
    return State(
      count: count, origin: Pair(origin), mean: Pair(mean), squares: Pair(squares - rest * rest / count),
      products: products - rest.x * rest.y / count)
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      if result == .populationCovariance { return state.count == 0 ? nil : state.products / state.count }
      if state.count < 2 { return nil }
      if result == .covariance { return state.products / (state.count - 1) }
      let squares = state.squares.x * state.squares.y
      // One root is more exact than two, where the product is neither too large nor too small for a float.
      let scale =
        squares.isNormal ? squares.squareRoot() : state.squares.x.squareRoot() * state.squares.y.squareRoot()
      let correlation = state.products / scale
      // Rounding can take it a little past 1. NaN stays NaN.
      return correlation > 1 ? 1 : correlation < -1 ? -1 : correlation
    }
  }
}
