import Columnar

/// The window of each row as a range of rows of its group. Neither end ever moves back within a group.
struct RollingWindows {
  let starts: [UInt32]
  let ends: [UInt32]
  /// Which rows have a value that counts.
  let validity: Bitmap?
  /// Whether every row's result is null.
  let isEmpty: Bool
  private let minimum: Int
  /// How many values there are in each row's window.
  private let counts: [UInt32]

  /// - Parameter inputs: the values, and of windows of time the times, which are in order in each group.
  init(_ inputs: [Column], _ extent: RollingExtent, minimum: Int?, _ groups: WindowGroups) {
    var starts = [UInt32](repeating: 0, count: groups.rowCount)
    var ends = starts
    var validity = inputs[0].validity
    var isEmpty = RollingWindows.isNulls(inputs[0])
    // Which rows have a window, where some have none.
    var isTimed: Bitmap?
    switch extent {
    case .rows(let rows):
      self.minimum = minimum ?? rows
      for run in groups.runs {
        for row in run {
          starts[row] = UInt32(row - min(rows - 1, row - run.lowerBound))
          ends[row] = UInt32(row + 1)
        }
      }
    case .interval(let text, let closed):
      self.minimum = minimum ?? 1
      validity = Bitmap.both(validity, inputs[1].validity)
      isEmpty = isEmpty || RollingWindows.isNulls(inputs[1])
      isTimed = inputs[1].validity
      RollingWindows.find(inputs[1], text, closed, groups, &starts, &ends)
    case .range(let frame):
      self.minimum = minimum ?? 1
      if isEmpty { validity = MutableBitmap(repeating: false, count: groups.rowCount).freeze() }
      isEmpty = isEmpty && self.minimum > 0
      RollingWindows.find(inputs[1], frame, groups, &starts, &ends)
    }
    (self.starts, self.ends, self.validity, self.isEmpty) = (starts, ends, validity, isEmpty)
    var below = [UInt32](repeating: 0, count: groups.rowCount + 1)
    for row in 0..<groups.rowCount { below[row + 1] = below[row] + (validity.map { $0[row] ? 1 : 0 } ?? 1) }
    var counts = zip(starts, ends).map { below[Int($1)] - below[Int($0)] }
    if let isTimed {
      for row in counts.indices where !isTimed[row] { counts[row] = 0 }
    }
    self.counts = counts
  }

  /// How many values that count a row's window has, or nil where they are too few for a result.
  func count(_ row: Int) -> Int? {
    let count = Int(counts[row])
    return count >= minimum ? count : nil
  }

  func isValue(_ row: Int) -> Bool { validity.map { $0[row] } ?? true }

  private static func isNulls(_ column: Column) -> Bool {
    if case .null = column.values { return true }
    return false
  }

  // MARK: Time

  /// The times as microseconds or days; those of null rows are any.
  private static func times(_ column: Column) -> [Int64] {
    switch column.values {
    case .int32(let days): (0..<column.count).map { Int64(days.pointer[$0]) }
    default: (0..<column.count).map { column.int64s.pointer[$0] }
    }
  }

  /// The first of the rows, as they stood before they were grouped, whose time is before that of one above it in its group.
  static func firstDisorder(_ column: Column, _ groups: WindowGroups) -> Int? {
    let times = times(column)
    var first: Int?
    for run in groups.runs {
      var latest = Int64.min
      for row in run where !column.isNull(at: row) {
        if times[row] < latest, first.map({ groups.order[row] < groups.order[$0] }) ?? true { first = row }
        latest = max(latest, times[row])
      }
    }
    return first
  }

  /// The window of a row at t is (t - w, t], or with other ends. A row without a time has none.
  private static func find(
    _ column: Column, _ text: String, _ closed: ClosedEnds, _ groups: WindowGroups, _ starts: inout [UInt32],
    _ ends: inout [UInt32]
  ) {
    guard let back = CalendarInterval(before: text) else { preconditionFailure("the resolver reads the interval") }
    let times = times(column)
    // Null where 64 bits do not reach that far back: then every row above is in the window.
    let edges = TemporalKernels.offset(column, by: back)
    let limits = self.times(edges)
    for run in groups.runs {
      var (start, end) = (run.lowerBound, run.lowerBound)
      for row in run {
        if !column.isNull(at: row) {
          let time = times[row]
          while end < run.upperBound,
            column.isNull(at: end) || times[end] < time || closed.hasHigh && times[end] == time
          { end += 1 }
          if !edges.isNull(at: row) {
            let limit = limits[row]
            while start < end,
              column.isNull(at: start) || times[start] < limit || !closed.hasLow && times[start] == limit
            { start += 1 }
          }
        }
        (starts[row], ends[row]) = (UInt32(start), UInt32(end))
      }
    }
  }

  /// The window of a row is SQL's frame. The times are sorted, with the nulls of a group at one of its ends; those are the frame
  /// of each other.
  private static func find(
    _ column: Column, _ frame: RangeFrame, _ groups: WindowGroups, _ starts: inout [UInt32], _ ends: inout [UInt32]
  ) {
    let times = times(column)
    let (firsts, lasts) = (limits(column, times, frame.start), limits(column, times, frame.end))
    for run in groups.runs {
      let low = run.first { !column.isNull(at: $0) } ?? run.upperBound
      let high = run.last { !column.isNull(at: $0) }.map { $0 + 1 } ?? low
      func set(_ row: Int, _ start: Int, _ end: Int) {
        let last = lasts == nil ? run.upperBound : end
        (starts[row], ends[row]) = (UInt32(firsts == nil ? run.lowerBound : min(start, last)), UInt32(last))
      }
      for row in run.lowerBound..<low { set(row, run.lowerBound, low) }
      var (start, end) = (low, low)
      for row in low..<high {
        if let firsts { while start < high, times[start] < firsts[row] { start += 1 } }
        if let lasts { while end < high, times[end] <= lasts[row] { end += 1 } }
        set(row, start, end)
      }
      for row in high..<run.upperBound { set(row, high, run.upperBound) }
    }
  }

  /// The times at which each row's frame begins or ends; nil where it does so with the group. What 64 bits do not hold is the
  /// least or the largest time.
  private static func limits(_ column: Column, _ times: [Int64], _ edge: RangeFrame.Edge) -> [Int64]? {
    let interval: CalendarInterval?
    let beyond: Int64
    switch edge {
    case .unbounded: return nil
    case .current: return times
    case .preceding(let text): (interval, beyond) = (CalendarInterval(before: text), .min)
    case .following(let text): (interval, beyond) = (CalendarInterval(text), .max)
    }
    guard let interval else { preconditionFailure("the parser reads the interval") }
    let edges = TemporalKernels.offset(column, by: interval)
    let moved = self.times(edges)
    return moved.indices.map { edges.isNull(at: $0) ? beyond : moved[$0] }
  }
}
