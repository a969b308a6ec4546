import Columnar

/// The sum or mean of integers, in 128 bits: exact, and in no need of an overflow check for each row.
final class IntegerSumAccumulator: StateAccumulator {
  enum Result { case sum, mean }

  /// The sum in two halves: 128-bit numbers would have to lie at multiples of 16 bytes.
  struct State: GroupState {
    var low: UInt64 = 0
    var high: Int64 = 0
    var count: Int64 = 0

    var sum: Int128 { Int128(high) << 64 | Int128(low) }

    @inline(__always)
    mutating func add(_ value: Int64) {
      add(low: UInt64(bitPattern: value), high: value >> 63)
      count &+= 1
    }

    @inline(__always)
    mutating func add(low other: UInt64, high otherHigh: Int64) {
      let (sum, carry) = low.addingReportingOverflow(other)
      low = sum
      high &+= otherHigh &+ (carry ? 1 : 0)
    }

    @inline(__always)
    mutating func merge(_ other: State) {
      add(low: other.low, high: other.high)
      count &+= other.count
    }
  }

  private let result: Result

  init(result: Result) {
    self.result = result
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let values = inputs[0].int64s.pointer
    let states = states.of(State.self)
    runs.forEach(inputs[0].validity) { group, start, end in
      if end &- start == 1 { return states[group].pointee.add(values[start]) }
      let total = IntegerSumAccumulator.total(values + start, end &- start)
      states[group].pointee.add(low: UInt64(truncatingIfNeeded: total), high: Int64(truncatingIfNeeded: total >> 64))
      states[group].pointee.count &+= Int64(end &- start)
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

  func finish(_ count: Int, _ states: GroupStates) throws -> Column {
    switch result {
    case .mean:
      return float64s(count, states) { state in
        state.count == 0 ? nil : IntegerSumAccumulator.nearest(state.sum) / Double(state.count)
      }
    case .sum:
      let states = states.of(State.self)
      let sums = MutableBuffer<Int64>(count: count)
      var validity = MutableBitmap(repeating: true, count: count)
      var hasNull = false
      for group in 0..<count {
        let state = states[group].pointee
        sums.pointer[group] = Int64(bitPattern: state.low)
        if state.count == 0 {
          validity.clear(group)
          hasNull = true
        } else if state.high != Int64(bitPattern: state.low) >> 63 {
          throw LazyFrameError(
            .overflow, "a sum, \(state.sum), does not fit 64 bits", hint: "sum floats: sum(cast(… as float64))")
        }
      }
      return Column(type: .int64, values: .int64(sums.freeze()), validity: hasNull ? validity.freeze() : nil)
    }
  }
}
