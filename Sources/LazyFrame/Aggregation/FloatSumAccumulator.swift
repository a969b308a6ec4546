import Columnar

/// The sum or mean of floats, with an error that does not grow with the number of rows: each group has a `CompensatedSum`. A run
/// of one group is summed in four lanes first, each with its own lost part, so that long runs cost hardly more than plain
/// addition.
final class FloatSumAccumulator: StateAccumulator {
  enum Result { case sum, mean }

  struct State: GroupState {
    var sum = CompensatedSum()
    var count: Int64 = 0

    @inline(__always)
    mutating func add(_ value: Double) { sum.add(value) }

    mutating func merge(_ other: State) {
      sum.add(other.sum)
      count += other.count
    }

    var total: Double { sum.total }
  }

  private let result: Result

  init(result: Result) {
    self.result = result
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let states = states.of(State.self)
    let values = inputs[0].float64s.pointer
    let isDone = runs.forEachRow(inputs[0].validity) { group, row in
      states[group].pointee.add(values[row])
      states[group].pointee.count &+= 1
    }
    if isDone { return }
    runs.forEach(inputs[0].validity) { group, start, end in
      FloatSumAccumulator.addRun(values + start, end - start, &states[group].pointee)
    }
  }

  private static func addRun(_ values: UnsafePointer<Double>, _ count: Int, _ state: inout State) {
    var index = 0
    if count >= 8 {
      var sum = SIMD4<Double>(values[0], values[1], values[2], values[3])
      var lost = SIMD4<Double>(repeating: 0)
      index = 4
      while index + 4 <= count {
        let value = SIMD4<Double>(values[index], values[index + 1], values[index + 2], values[index + 3])
        let total = sum + value
        let part = total - sum
        lost += (sum - (total - part)) + (value - part)
        sum = total
        index += 4
      }
      for lane in 0..<4 { state.add(sum[lane]) }
      state.sum.lost += (lost[0] + lost[1]) + (lost[2] + lost[3])
    }
    while index < count {
      state.add(values[index])
      index += 1
    }
    state.count += Int64(count)
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    float64s(count, states) { state in
      if state.count == 0 { return nil }
      return result == .mean ? state.total / Double(state.count) : state.total
    }
  }
}
