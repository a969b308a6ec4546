import Columnar

// Aggregates of the rows up to each row. Nulls are skipped and stay null, but for the count.

extension WindowKernels {
  static func cumulative(
    _ function: CumulativeFunction, _ column: Column, _ groups: WindowGroups
  ) throws -> Column {
    switch function {
    case .count: return counts(column, groups)
    case .min, .max:
      let words = OrderWords.words(column)
      return picking(column, groups) { run, picks in
        var best: Int?
        for row in run where !column.isNull(at: row) {
          if let found = best {
            if function == .min ? words[row] < words[found] : words[row] > words[found] { best = row }
          } else {
            best = row
          }
          picks[row] = UInt32(truncatingIfNeeded: best ?? row)
        }
      }
    case .sum, .product:
      let isSum = function == .sum
      switch column.values {
      case .float64(let values): return isSum ? sums(column, values, groups) : products(column, values, groups)
      case .uint64(let values): return try integers(column, values, groups, isSum: isSum)
      default: return try integers(column, column.int64s, groups, isSum: isSum)
      }
    }
  }

  private static func counts(_ column: Column, _ groups: WindowGroups) -> Column {
    let result = MutableBuffer<Int64>(count: column.count)
    for run in groups.runs {
      var count: Int64 = 0
      for row in run {
        if !column.isNull(at: row) { count += 1 }
        result.pointer[row] = count
      }
    }
    return Column(type: .int64, values: .int64(result.freeze()))
  }

  /// With what rounding lost, as in `FloatSumAccumulator`.
  private static func sums(_ column: Column, _ values: Buffer<Double>, _ groups: WindowGroups) -> Column {
    let source = values.pointer
    let result = MutableBuffer<Double>(repeating: 0, count: values.count)
    for run in groups.runs {
      var state = FloatSumAccumulator.State()
      for row in run where !column.isNull(at: row) {
        state.add(source[row])
        result.pointer[row] = state.total
      }
    }
    return Column(type: column.type, values: .float64(result.freeze()), validity: column.validity)
  }

  private static func products(_ column: Column, _ values: Buffer<Double>, _ groups: WindowGroups) -> Column {
    let source = values.pointer
    let result = MutableBuffer<Double>(repeating: 0, count: values.count)
    for run in groups.runs {
      var product = 1.0
      for row in run where !column.isNull(at: row) {
        product *= source[row]
        result.pointer[row] = product
      }
    }
    return Column(type: column.type, values: .float64(result.freeze()), validity: column.validity)
  }

  private static func integers<Number: ColumnElement & FixedWidthInteger>(
    _ column: Column, _ values: Buffer<Number>, _ groups: WindowGroups, isSum: Bool
  ) throws -> Column {
    let source = values.pointer
    let result = MutableBuffer<Number>(repeating: 0, count: values.count)
    for run in groups.runs {
      var total: Number = isSum ? 0 : 1
      for row in run where !column.isNull(at: row) {
        let (next, overflow) =
          isSum
          ? total.addingReportingOverflow(source[row]) : total.multipliedReportingOverflow(by: source[row])
        if overflow { throw doesNotFit(isSum ? "cumulative sum" : "cumulative product", column.type) }
        total = next
        result.pointer[row] = total
      }
    }
    return Column(type: column.type, values: Number.values(result.freeze()), validity: column.validity)
  }

  static func doesNotFit(_ what: String, _ type: DType) -> LazyFrameError {
    LazyFrameError(
      .overflow, "a \(what) does not fit \(type)", hint: "compute it of floats: cast(… as float64)")
  }
}
