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
    private var origin = Pair()
    /// The sums of distances from them, of their squares, and of their products.
    private var distances = Sums()
    private var squares = Sums()
    private var products = CompensatedSum()

    @inline(__always)
    mutating func add(_ x: Double, _ y: Double) {
      if count == 0 {
        (count, origin) = (1, Pair(x: x, y: y))
        // 0, or NaN for an infinity or a NaN.
        (distances.x.high, distances.y.high) = (x - x, y - y)
        return
      }
      // Both inputs at once; for the formulas see `DoubleDouble` and `CompensatedSum`.
      let (values, origins) = (SIMD2(x, y), SIMD2(origin.x, origin.y))
      let distance = values - origins
      let part = distance - values
      let low = (values - (distance - part)) - (origins + part)
      let scaled = distance * 134_217_729
      let head = scaled - (scaled - distance)
      let tail = distance - head
      let square = distance * distance
      let squareLow = ((head * head - square) + 2 * head * tail) + tail * tail + 2 * distance * low
      distances.add(distance, low)
      squares.add(square, squareLow)
      let product = distance.x * distance.y
      let productLow = ((head.x * head.y - product) + head.x * tail.y + tail.x * head.y) + tail.x * tail.y
      products.add(product, error: productLow + (distance.x * low.y + low.x * distance.y))
      count += 1
    }

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      if count == 0 {
        self = other
        return
      }
      let (fromX, fromY) = (DoubleDouble.sum(other.origin.x, -origin.x), DoubleDouble.sum(other.origin.y, -origin.y))
      let (sumX, sumY) = (other.distances.x.exact, other.distances.y.exact)
      distances.x.add(other.distances.x)
      distances.x.add(fromX * other.count)
      distances.y.add(other.distances.y)
      distances.y.add(fromY * other.count)
      squares.x.add(other.squares.x)
      squares.x.add(fromX * (sumX * 2 + fromX * other.count))
      squares.y.add(other.squares.y)
      squares.y.add(fromY * (sumY * 2 + fromY * other.count))
      products.add(other.products)
      products.add(fromX * (sumY + fromY * other.count) + fromY * sumX)
      count += other.count
    }

    private var isFinite: Bool { distances.x.high.isFinite && distances.y.high.isFinite }

    /// The sum of products of deviations from both means.
    var productOfDeviations: Double {
      guard isFinite else { return .nan }
      guard products.high.isFinite else { return products.high }
      return (products.exact - distances.x.exact * distances.y.exact / count).rounded
    }

    /// The sums of squared deviations of both inputs.
    var squaredDeviations: (x: Double, y: Double) {
      guard isFinite, squares.x.high.isFinite, squares.y.high.isFinite else { return (.nan, .nan) }
      let (x, y) = (distances.x.exact, distances.y.exact)
      // Rounding can take them a little below 0.
      return (
        max((squares.x.exact - x * x / count).rounded, 0), max((squares.y.exact - y * y / count).rounded, 0)
      )
    }
  }

  private struct Pair: BitwiseCopyable {
    var x = 0.0
    var y = 0.0
  }

  /// A sum for each input. What is computed with both at once is no vector in memory, where it may lie anywhere.
  private struct Sums: BitwiseCopyable {
    private var high = Pair()
    private var lost = Pair()

    @inline(__always)
    mutating func add(_ values: SIMD2<Double>, _ errors: SIMD2<Double>) {
      let sum = SIMD2(high.x, high.y)
      let total = sum + values
      let part = total - sum
      let missing = (sum - (total - part)) + (values - part) + errors
      high = Pair(x: total.x, y: total.y)
      lost = Pair(x: lost.x + missing.x, y: lost.y + missing.y)
    }

    var x: CompensatedSum {
      get { CompensatedSum(high: high.x, lost: lost.x) }
      set { (high.x, lost.x) = (newValue.high, newValue.lost) }
    }

    var y: CompensatedSum {
      get { CompensatedSum(high: high.y, lost: lost.y) }
      set { (high.y, lost.y) = (newValue.high, newValue.lost) }
    }
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
      var state = states[group].pointee
      for row in start..<end { state.add(x[row], y[row]) }
      states[group].pointee = state
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      if result == .populationCovariance { return state.count == 0 ? nil : state.productOfDeviations / state.count }
      if state.count < 2 { return nil }
      if result == .covariance { return state.productOfDeviations / (state.count - 1) }
      let (squaresX, squaresY) = state.squaredDeviations
      let squares = squaresX * squaresY
      // One root is more exact than two, where the product is neither too large nor too small for a float.
      let scale = squares.isNormal ? squares.squareRoot() : squaresX.squareRoot() * squaresY.squareRoot()
      let correlation = state.productOfDeviations / scale
      // Rounding can take it a little past 1. NaN stays NaN.
      return correlation > 1 ? 1 : correlation < -1 ? -1 : correlation
    }
  }
}
