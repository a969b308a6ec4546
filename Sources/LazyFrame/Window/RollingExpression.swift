extension Expression {
  /// The row and those above it, `rows` of them: `col("x").rolling(rows: 3).mean()`.
  ///
  /// - Parameters:
  ///   - rows: how many rows the window has, at least 1.
  ///   - minimum: how many values that are not null it needs, or the result is null; all rows when it is left out.
  public func rolling(rows: Int, minimum: Int? = nil) -> RollingExpression {
    RollingExpression(arguments: [self], extent: .rows(rows), minimum: minimum)
  }

  /// The rows whose time lies in a window that ends with this row's: `col("x").rolling(by: col("t"), window: "7d").sum()`.
  ///
  /// A row at time t has the window (t - w, t]: without its start, with all rows of its own time; `closed` says it otherwise,
  /// and `.both` is SQL's `range between … preceding and current row`. A row without a time has no
  /// window and is in none. The times must be in order, within each group where there are groups, or the run ends with an
  /// error that names the row; `over(…, orderBy:)` puts them in order.
  ///
  /// - Parameters:
  ///   - time: a date or moment.
  ///   - window: a length of time of one unit, such as `15m`, `7d` or `3mo`. Months have the length that they have.
  ///   - minimum: how many values that are not null it needs, or the result is null; 1 when it is left out.
  ///   - closed: which ends belong to the window: t - w is the lower one, t the upper one.
  public func rolling(
    by time: Expression, window: String, minimum: Int? = nil, closed: ClosedEnds = .upper
  ) -> RollingExpression {
    RollingExpression(arguments: [self, time], extent: .interval(window, closed: closed), minimum: minimum)
  }
}

/// A rolling window that waits for what is to be computed of it. Nulls in the window are skipped; NaN is a number.
///
/// No window's result depends on rows outside of it: nothing is subtracted when a row leaves, so neither rounding errors nor
/// infinities stay behind.
public struct RollingExpression: Sendable {
  let arguments: [Expression]
  let extent: RollingExtent
  let minimum: Int?

  private func aggregate(_ function: AggregateFunction) -> Expression {
    Expression(.window(.rolling(function, extent, minimum: minimum), arguments))
  }

  /// The sum, of floats with compensation. Integers that do not fit 64 bits are an error of the run.
  public func sum() -> Expression { aggregate(.sum) }
  /// The arithmetic mean.
  public func mean() -> Expression { aggregate(.mean) }
  /// The smallest value. NaN is larger than every number.
  public func min() -> Expression { aggregate(.min) }
  /// The largest value. NaN is larger than every number.
  public func max() -> Expression { aggregate(.max) }
  /// The sample standard deviation, with n - 1; null for fewer than two values.
  public func standardDeviation() -> Expression { aggregate(.standardDeviation) }
  /// The sample variance, with n - 1; null for fewer than two values.
  public func variance() -> Expression { aggregate(.variance) }
  /// How many values are not null; null where they are fewer than the minimum.
  public func count() -> Expression { aggregate(.count) }
  /// The middle value, or the mean of the two in the middle. O(n log n).
  public func median() -> Expression { aggregate(.quantile(0.5)) }
  /// The value below which `fraction` (0 to 1) of the values lie, interpolated linearly. O(n log n).
  public func quantile(_ fraction: Double) -> Expression { aggregate(.quantile(fraction)) }
}
