import Columnar

/// The mean of one input with the other as weights, over the rows where both have a value: sum(x · w) / sum(w), both sums with
/// compensation as in `FloatSumAccumulator`. Weights that sum to 0 make it NaN or infinite.
final class WeightedMeanAccumulator: StateAccumulator {
  struct State: GroupState {
    var products = FloatSumAccumulator.State()
    var weights = FloatSumAccumulator.State()

    mutating func merge(_ other: State) {
      products.merge(other.products)
      weights.merge(other.weights)
    }
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let states = states.of(State.self)
    let (values, weights) = (inputs[0].float64s.pointer, inputs[1].float64s.pointer)
    runs.forEach(Bitmap.both(inputs[0].validity, inputs[1].validity)) { group, start, end in
      let state = states[group]
      for row in start..<end {
        state.pointee.products.add(values[row] * weights[row])
        state.pointee.weights.add(weights[row])
      }
      state.pointee.weights.count += Int64(end - start)
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      state.weights.count == 0 ? nil : state.products.total / state.weights.total
    }
  }
}
