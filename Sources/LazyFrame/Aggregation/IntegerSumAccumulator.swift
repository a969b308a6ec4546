import Columnar

/// The sum or mean of integers, in 128 bits: exact, and in no need of an overflow check for each row.
final class IntegerSumAccumulator: StateAccumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  enum Result { case sum, mean }

  struct State: GroupState {
    var sum: Int128 = 0
    var count: Int64 = 0

    mutating func merge(_ other: State) {
      sum += other.sum
      count += other.count
    }
  }

  private let result: Result
  var states: [State]

  init(result: Result, states: [State] = []) {
    (self.result, self.states) = (result, states)
  }

  func update(_ inputs: [Column], _ runs: GroupRuns) {
    let values = inputs[0].int64s.pointer
    states.withUnsafeMutableBufferPointer { states in
      runs.forEach(inputs[0].validity) { group, start, end in
        states[group].sum += IntegerSumAccumulator.total(values + start, end - start)
        states[group].count += Int64(end - start)
      }
    }
  }

  /// The high and the low halves are summed apart: each sum of up to 2^31 of them fits 64 bits.
  private static func total(_ values: UnsafePointer<Int64>, _ count: Int) -> Int128 {
    var high: Int64 = 0
    var low: Int64 = 0
    for index in 0..<count {
      high &+= values[index] >> 32
      low &+= values[index] & 0xFFFF_FFFF
    }
    return Int128(high) << 32 + Int128(low)
  }

  /// The conversion of 128 bits takes hundreds of nanoseconds, and most sums do not need it.
  private static func nearest(_ sum: Int128) -> Double {
    let low = Int64(truncatingIfNeeded: sum)
    return Int128(low) == sum ? Double(low) : Double(sum)
  }

  func finish(_ count: Int) throws -> Column {
    switch result {
    case .mean:
      return float64s(count) { $0.count == 0 ? nil : IntegerSumAccumulator.nearest($0.sum) / Double($0.count) }
    case .sum:
      let sums = try states[..<count].map { state -> Int64? in
        if state.count == 0 { return nil }
        guard let sum = Int64(exactly: state.sum) else {
          throw LazyFrameError(
            .overflow, "a sum, \(state.sum), does not fit 64 bits", hint: "sum floats: sum(cast(… as float64))")
        }
        return sum
      }
      return Column(sums)
    }
  }
}
