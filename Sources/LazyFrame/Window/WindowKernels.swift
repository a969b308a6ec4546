import Columnar

/// Computes windows over rows that lie in the order of their groups.
enum WindowKernels {
  /// A value for each row, in the same order.
  ///
  /// - Throws: `LazyFrameError` when a result does not fit its type.
  static func compute(_ window: ResolvedWindow, _ inputs: [Column], _ groups: WindowGroups) throws -> Column {
    switch window.computation {
    case .aggregate(let function):
      let inputs = zip(window.inputs, inputs).map { ($0, $1) }
      return try aggregate(function, inputs, window.type, groups)
    case .function(let function): return try compute(function, inputs, window.type, groups)
    }
  }

  private static func compute(
    _ function: WindowFunction, _ inputs: [Column], _ type: DType, _ groups: WindowGroups
  ) throws -> Column {
    switch function {
    case .shift(let count): return shift(inputs, count, groups)
    case .difference, .percentChange, .fill: preconditionFailure("the resolver replaces this function")
    case .cumulative(let function): return try cumulative(function, inputs[0], groups)
    case .rank(let method, descending: let descending):
      return rank(inputs[0], method, descending: descending, groups)
    case .rankInOrder(let method): return rankInOrder(inputs, method, groups)
    case .rowNumber: return rowNumbers(groups)
    case .forwardFill(let limit): return fill(inputs[0], limit ?? .max, groups, backwards: false)
    case .backwardFill(let limit): return fill(inputs[0], limit ?? .max, groups, backwards: true)
    case .rolling(let function, let extent, let minimum):
      let windows = RollingWindows(inputs, extent, minimum: minimum, groups)
      return try rolling(function, inputs[0], type, windows, groups)
    }
  }

  // MARK: Aggregates

  /// Each group is one run, so that the result does not depend on how its rows were partitioned.
  private static func aggregate(
    _ function: AggregateFunction, _ inputs: [(expression: ResolvedExpression, column: Column)], _ type: DType,
    _ groups: WindowGroups
  ) throws -> Column {
    let aggregate = ResolvedAggregate(
      name: "", function: function, inputs: inputs.map(\.expression), filter: nil, type: type)
    let numbers = (0..<UInt32(groups.groupCount)).map { $0 }
    let results = try aggregate.results(
      inputs.map(\.column), numbers, starts: groups.starts, count: groups.groupCount)
    var rows: [UInt32] = []
    rows.reserveCapacity(groups.rowCount)
    for (group, run) in groups.runs.enumerated() {
      for _ in run { rows.append(UInt32(truncatingIfNeeded: group)) }
    }
    return rows.withUnsafeBufferPointer { RowKernels.take(results, $0) }
  }

  // MARK: Rows of the same column

  /// Stands for no row.
  static let missing = UInt32.max

  /// The rows that a function picks, null where it picks none.
  static func picking(
    _ column: Column, _ groups: WindowGroups, _ pick: (Range<Int>, UnsafeMutablePointer<UInt32>) -> Void
  ) -> Column {
    let picks = MutableBuffer<UInt32>(repeating: missing, count: groups.rowCount)
    for run in groups.runs { pick(run, picks.pointer) }
    return RowKernels.take(
      column, UnsafeBufferPointer(start: picks.pointer, count: groups.rowCount), missing: missing)
  }

  private static func shift(_ inputs: [Column], _ count: Int, _ groups: WindowGroups) -> Column {
    func source(_ row: Int, _ run: Range<Int>) -> Int? {
      let (source, overflow) = row.subtractingReportingOverflow(count)
      return !overflow && run.contains(source) ? source : nil
    }
    guard inputs.count > 1 else {
      return picking(inputs[0], groups) { run, picks in
        for row in run { picks[row] = source(row, run).map { UInt32(truncatingIfNeeded: $0) } ?? missing }
      }
    }
    // The value of the row itself comes from the second column.
    var sources = [UInt64](repeating: 0, count: groups.rowCount)
    for run in groups.runs {
      for row in run { sources[row] = source(row, run).map { UInt64($0) } ?? 1 << 32 | UInt64(row) }
    }
    return sources.withUnsafeBufferPointer { RowKernels.take(inputs, $0) }
  }

  private static func fill(_ column: Column, _ limit: Int, _ groups: WindowGroups, backwards: Bool) -> Column {
    picking(column, groups) { run, picks in
      var last: Int?
      func step(_ row: Int) {
        if !column.isNull(at: row) { last = row }
        if let last, abs(row - last) <= limit { picks[row] = UInt32(truncatingIfNeeded: last) }
      }
      if backwards {
        for row in run.reversed() { step(row) }
      } else {
        for row in run { step(row) }
      }
    }
  }

  // MARK: Places

  private static func rowNumbers(_ groups: WindowGroups) -> Column {
    let result = MutableBuffer<Int64>(count: groups.rowCount)
    for run in groups.runs {
      for row in run { result.pointer[row] = Int64(row - run.lowerBound + 1) }
    }
    return Column(type: .int64, values: .int64(result.freeze()))
  }
}
