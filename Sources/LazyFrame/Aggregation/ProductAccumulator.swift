import Columnar

/// The product of floats, in about twice the precision, rounded once.
///
/// Powers of two are counted apart, so that nothing on the way is too large or too small for a float, in whatever order it is
/// multiplied.
final class ProductAccumulator: StateAccumulator {
  struct State: GroupState {
    var count: Int64 = 0
    /// At least 1 and less than 2 but for the sign, or 0, an infinity or NaN.
    private var product = DoubleDouble(0)
    /// The product is `product` times 2 to the power of this.
    private var exponent: Int64 = 0

    init() {}

    @inline(__always)
    mutating func add(_ value: Double) {
      if count == 0 { product = DoubleDouble(1) }
      count += 1
      let isRegular = value.isFinite && value != 0
      if isRegular { exponent += Int64(value.exponent) }
      multiply(DoubleDouble(!isRegular ? value : value < 0 ? -value.significand : value.significand))
    }

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      if count == 0 {
        self = other
        return
      }
      count += other.count
      exponent += other.exponent
      multiply(other.product)
    }

    private mutating func multiply(_ factor: DoubleDouble) {
      let plain = product.high * factor.high
      guard plain.isFinite, plain != 0 else {
        product = DoubleDouble(plain)
        return
      }
      product = product * factor
      guard product.high.magnitude >= 2 else { return }
      product.high /= 2
      product.low /= 2
      exponent += 1
    }

    var rounded: Double {
      Double(sign: .plus, exponent: Int(clamping: exponent), significand: product.rounded)
    }
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let states = states.of(State.self)
    let values = inputs[0].float64s.pointer
    runs.forEach(inputs[0].validity) { group, start, end in
      for row in start..<end { states[group].pointee.add(values[row]) }
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { $0.count == 0 ? nil : $0.rounded }
  }
}
