import Columnar

/// Aggregates over windows that move along, without ever taking a row out again.
///
/// To subtract the row that leaves would be quick, but what rounding lost, and infinities and NaN, would stay behind. So states
/// are only ever joined, as in the two stacks of which a queue can be made:
///
///     rows      a b c d e f g h
///     window      [       ]          middle lies between d and e
///     front       bcd cd d           the state from each row up to the middle, made once from the middle to the left
///     back                ef         the state from the middle up to the end, grown row by row
///
/// The window's state is front[start] joined with back. When the start passes the middle, the middle moves to the end and
/// the front is made anew. Each row is joined once into a back and once into a front: O(n) in all, however long the windows are.
enum SlidingAggregate {
  /// Calls `emit` with each row and the state of its window.
  ///
  /// - Parameters:
  ///   - single: the state of one row.
  ///   - join: the state of two neighbouring ranges of rows.
  @inline(__always)
  static func forEach<State: BitwiseCopyable & Sendable>(
    _ windows: RollingWindows, _ groups: WindowGroups, empty: State, single: (Int) -> State,
    join: (State, State) -> State, emit: (Int, State) throws -> Void
  ) rethrows {
    let front = MutableBuffer<State>(count: groups.rowCount)
    for run in groups.runs {
      var back = empty
      var (middle, grown) = (run.lowerBound, run.lowerBound)
      for row in run {
        let (start, end) = (Int(windows.starts[row]), Int(windows.ends[row]))
        while grown < end {
          if windows.isValue(grown) { back = join(back, single(grown)) }
          grown += 1
        }
        if start > middle {
          var state = empty
          for index in stride(from: end - 1, through: start, by: -1) {
            if windows.isValue(index) { state = join(single(index), state) }
            front.pointer[index] = state
          }
          (middle, back) = (end, empty)
        }
        try emit(row, start < middle ? join(front.pointer[start], back) : back)
      }
    }
  }
}
