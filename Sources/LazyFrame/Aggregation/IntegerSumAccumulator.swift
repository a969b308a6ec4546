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
  private let type: DType

  /// - Parameter type: that of the result.
  init(result: Result, type: DType) {
    (self.result, self.type) = (result, type)
  }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    switch inputs[0].values {
    case .uint64(let values): add(values, inputs[0].validity, runs, states)
    default: add(inputs[0].int64s, inputs[0].validity, runs, states)
    }
  }

  @inline(__always)
  private func add<Number: FixedWidthInteger>(
    _ values: Buffer<Number>, _ validity: Bitmap?, _ runs: GroupRuns, _ states: GroupStates
  ) {
    let values = values.pointer
    let states = states.of(State.self)
    let isDone = runs.forEachRow(validity) { group, row in
      let (state, value) = (states[group], values[row])
      state.pointee.add(low: UInt64(truncatingIfNeeded: value), high: value < 0 ? -1 : 0)
      state.pointee.count &+= 1
    }
    if isDone { return }
    runs.forEach(validity) { group, start, end in
      let state = states[group]
      let total = IntegerSumAccumulator.total(values + start, end &- start)
      state.pointee.add(low: UInt64(truncatingIfNeeded: total), high: Int64(truncatingIfNeeded: total >> 64))
      state.pointee.count &+= Int64(end &- start)
    }
  }

  /// The high and the low halves are summed apart: each sum of up to 2^31 of them fits 64 bits.
  @inline(__always)
  private static func total<Number: FixedWidthInteger>(_ values: UnsafePointer<Number>, _ count: Int) -> Int128 {
    var high: Number = 0
    var low: Number = 0
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
    case .mean where type == .duration: return means(count, states)
    case .mean:
      return float64s(count, states) { state in
        state.count == 0 ? nil : IntegerSumAccumulator.nearest(state.sum) / Double(state.count)
      }
    case .sum: return try type == .uint64 ? sums(count, states, UInt64.self) : sums(count, states, Int64.self)
    }
  }

  /// Means of lengths of time: exact, rounded to the nearest microsecond, halves away from zero.
  private func means(_ count: Int, _ states: GroupStates) -> Column {
    let states = states.of(State.self)
    let means = (0..<count).map { group -> Int64? in
      let state = states[group].pointee
      if state.count == 0 { return nil }
      let half = Int128(state.high < 0 ? -state.count / 2 : state.count / 2)
      return Int64(truncatingIfNeeded: (state.sum + half) / Int128(state.count))
    }
    return CastKernels.cast(Column(means), to: type)
  }

  private func sums<Number: ColumnElement & FixedWidthInteger>(
    _ count: Int, _ states: GroupStates, _ number: Number.Type
  ) throws -> Column {
    let states = states.of(State.self)
    var known = MutableBitmap(repeating: true, count: count)
    let sums = MutableBuffer<Number>(count: count)
    let target = sums.pointer
    for group in 0..<count {
      let state = states[group].pointee
      let sum = Number(truncatingIfNeeded: state.low)
      guard state.high == (sum < 0 ? -1 : 0) else {
        let range = Number.isSigned ? "64 bits" : type.description
        throw LazyFrameError(
          .overflow, "a sum, \(state.sum), does not fit \(range)", hint: "sum floats: sum(cast(… as float64))")
      }
      target[group] = sum
      if state.count == 0 { known.clear(group) }
    }
    return Column(type: type, values: Number.values(sums.freeze()), validity: known.freeze().unlessAllSet)
  }
}
