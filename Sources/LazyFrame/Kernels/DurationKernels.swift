import Columnar

/// Lengths of time times and divided by numbers, rounded to the nearest microsecond, halves away from zero.
///
/// By integers it is exact. A quotient by zero is null, and so is what NaN makes; what does not fit 64 bits is an error.
enum DurationKernels {
  /// - Parameter operation: `multiply` or `divide`.
  static func scale(_ operation: BinaryOperator, _ durations: Column, by numbers: Column) throws -> Column {
    let values = durations.int64s
    switch numbers.values {
    case .int64(let factors):
      return try map(operation, durations, numbers) { row in
        if operation == .divide { return factors[row] == 0 ? .none : .rounded(values[row], over: factors[row]) }
        let (product, overflow) = values[row].multipliedReportingOverflow(by: factors[row])
        return overflow ? .overflow : .value(product)
      }
    default:
      let factors = numbers.float64s
      return try map(operation, durations, numbers) { row in
        let value = Double(values[row])
        if operation == .divide, factors[row] == 0 { return .none }
        let scaled = operation == .divide ? value / factors[row] : value * factors[row]
        if scaled.isNaN { return .none }
        return CastKernels.whole(scaled.rounded(), Int64.self).map { .value($0) } ?? .overflow
      }
    }
  }

  private enum Scaled {
    case value(Int64)
    case none
    case overflow

    /// The quotient, whose divisor is not 0, rounded to the nearest.
    static func rounded(_ value: Int64, over divisor: Int64) -> Scaled {
      let (below, rest) = value.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
      let magnitude = below + (rest >= divisor.magnitude - rest ? 1 : 0)
      let isNegative = (value < 0) != (divisor < 0)
      if !isNegative { return Int64(exactly: magnitude).map { .value($0) } ?? .overflow }
      return .value(Int64(truncatingIfNeeded: 0 &- magnitude))
    }
  }

  private static func map(
    _ operation: BinaryOperator, _ durations: Column, _ numbers: Column, _ scaled: (Int) -> Scaled
  ) throws -> Column {
    let known = Bitmap.both(durations.validity, numbers.validity)
    var validity = MutableBitmap(repeating: true, count: durations.count)
    let result = MutableBuffer<Int64>(repeating: 0, count: durations.count)
    for row in 0..<durations.count {
      guard known?[row] ?? true else {
        validity.clear(row)
        continue
      }
      switch scaled(row) {
      case .value(let value): result.pointer[row] = value
      case .none: validity.clear(row)
      case .overflow:
        throw LazyFrameError(
          .overflow, "\(durations[row]) \(operation.rawValue) \(numbers[row]) does not fit 64 bits of microseconds")
      }
    }
    return Column(type: .duration, values: .int64(result.freeze()), validity: validity.freeze().unlessAllSet)
  }
}
