import Columnar

// Aggregates of the rows that end with each row.

extension WindowKernels {
  static func rolling(
    _ function: AggregateFunction, _ column: Column, _ type: DType, _ windows: RollingWindows, _ groups: WindowGroups
  ) throws -> Column {
    if windows.isEmpty { return Column(nullsOf: type, count: groups.rowCount) }
    switch function {
    case .count:
      let result = MutableBuffer<Int64>(count: groups.rowCount)
      let known = rows(groups.rowCount) { row in
        result.pointer[row] = Int64(windows.count(row) ?? 0)
        return windows.count(row) != nil
      }
      return Column(type: .int64, values: .int64(result.freeze()), validity: known)
    case .min, .max: return extremes(column, windows, groups, isMaximum: function == .max)
    case .quantile(let fraction): return RollingQuantile.compute(fraction, column.float64s, windows, groups)
    case .variance, .standardDeviation:
      return moments(column.float64s, windows, groups, isVariance: function == .variance)
    case .sum, .mean:
      let isSum = function == .sum
      switch column.values {
      case .float64(let values): return floats(values, windows, groups, isSum: isSum)
      case .uint64(let values): return try integers(values, type, windows, groups, isSum: isSum)
      default: return try integers(column.int64s, type, windows, groups, isSum: isSum)
      }
    default: preconditionFailure("no rolling window has \(function.name)")
    }
  }

  /// The rows for which `isKnown` holds; nil for all.
  static func rows(_ count: Int, _ isKnown: (Int) throws -> Bool) rethrows -> Bitmap? {
    var bits = MutableBitmap(repeating: true, count: count)
    for row in 0..<count where !(try isKnown(row)) { bits.clear(row) }
    return bits.freeze().unlessAllSet
  }

  /// The first of the smallest, or largest, values.
  private static func extremes(
    _ column: Column, _ windows: RollingWindows, _ groups: WindowGroups, isMaximum: Bool
  ) -> Column {
    let words = OrderWords.words(column)
    let picks = MutableBuffer<UInt32>(repeating: missing, count: groups.rowCount)
    SlidingAggregate.forEach(
      windows, groups, empty: missing, single: { UInt32(truncatingIfNeeded: $0) },
      join: { left, right in
        if left == missing || right == missing { return left == missing ? right : left }
        let (first, second) = (words[Int(left)], words[Int(right)])
        return (isMaximum ? second > first : second < first) ? right : left
      },
      emit: { row, pick in if windows.count(row) != nil { picks.pointer[row] = pick } })
    return RowKernels.take(
      column, UnsafeBufferPointer(start: picks.pointer, count: groups.rowCount), missing: missing)
  }

  private static func floats(
    _ values: Buffer<Double>, _ windows: RollingWindows, _ groups: WindowGroups, isSum: Bool
  ) -> Column {
    typealias State = FloatSumAccumulator.State
    let result = MutableBuffer<Double>(count: groups.rowCount)
    SlidingAggregate.forEach(
      windows, groups, empty: State(), single: { State(sum: CompensatedSum(high: values.pointer[$0]), count: 1) },
      join: { left, right in
        var joined = left
        joined.merge(right)
        return joined
      },
      emit: { row, state in result.pointer[row] = isSum ? state.total : state.total / Double(state.count) })
    let known = rows(groups.rowCount) { windows.count($0) != nil }
    return Column(type: .float64, values: .float64(result.freeze()), validity: known)
  }

  private static func moments(
    _ values: Buffer<Double>, _ windows: RollingWindows, _ groups: WindowGroups, isVariance: Bool
  ) -> Column {
    typealias State = MomentAccumulator.State
    let result = MutableBuffer<Double>(count: groups.rowCount)
    SlidingAggregate.forEach(
      windows, groups, empty: State(),
      single: { State(values.pointer[$0]) },
      join: { left, right in
        var joined = left
        joined.merge(right)
        return joined
      },
      emit: { row, state in
        let variance = state.squaredDeviations / (state.count - 1)
        result.pointer[row] = isVariance ? variance : variance.squareRoot()
      })
    let known = rows(groups.rowCount) { (windows.count($0) ?? 0) >= 2 }
    return Column(type: .float64, values: .float64(result.freeze()), validity: known)
  }

  /// Integers are summed in 128 bits, from which a row can be taken away again exactly.
  private static func integers<Number: ColumnElement & FixedWidthInteger>(
    _ values: Buffer<Number>, _ type: DType, _ windows: RollingWindows, _ groups: WindowGroups, isSum: Bool
  ) throws -> Column {
    let floats = MutableBuffer<Double>(count: type == .float64 ? groups.rowCount : 0)
    let whole = MutableBuffer<Number>(repeating: 0, count: type == .float64 ? 0 : groups.rowCount)
    for run in groups.runs {
      var total: Int128 = 0
      var (first, next) = (run.lowerBound, run.lowerBound)
      for row in run {
        while next < windows.ends[row] {
          if windows.isValue(next) { total += Int128(values.pointer[next]) }
          next += 1
        }
        while first < windows.starts[row] {
          if windows.isValue(first) { total -= Int128(values.pointer[first]) }
          first += 1
        }
        guard let count = windows.count(row) else { continue }
        if type == .float64 {
          floats.pointer[row] = Double(total) / Double(count)
          continue
        }
        // Means of lengths of time are rounded to the nearest microsecond, halves away from zero.
        let half = Int128(total < 0 ? -count / 2 : count / 2)
        guard let value = Number(exactly: isSum ? total : (total + half) / Int128(count)) else {
          throw doesNotFit("rolling sum", type)
        }
        whole.pointer[row] = value
      }
    }
    let known = rows(groups.rowCount) { windows.count($0) != nil }
    if type == .float64 { return Column(type: type, values: .float64(floats.freeze()), validity: known) }
    return Column(type: type, values: Number.values(whole.freeze()), validity: known)
  }
}
