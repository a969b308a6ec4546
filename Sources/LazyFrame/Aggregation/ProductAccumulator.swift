import Columnar

/// The product of floats, in about twice the precision, rounded once. What is on the way to it is not rounded, but a part of it that is
/// too large for a float, or too small, makes the product infinite, or zero.
final class ProductAccumulator: StateAccumulator {
  struct State: GroupState {
    var count: Int64 = 0
    var product = DoubleDouble(0)

    @inline(__always)
    mutating func add(_ value: Double) {
      product = count == 0 ? DoubleDouble(value) : product * value
      count += 1
    }

    mutating func merge(_ other: State) {
      if other.count == 0 { return }
      product = count == 0 ? other.product : product * other.product
      count += other.count
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
    float64s(count, states) { $0.count == 0 ? nil : $0.product.rounded }
  }
}
