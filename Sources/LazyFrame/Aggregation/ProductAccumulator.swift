import Columnar

/// The product of floats, multiplied in the order of the rows; of partitions, that of their products.
final class ProductAccumulator: StateAccumulator {
  struct State: GroupState {
    var count: Int64 = 0
    var product = 0.0

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
      for row in start..<end { states[group].pointee.merge(State(count: 1, product: values[row])) }
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { $0.count == 0 ? nil : $0.product }
  }
}
