extension Expression {
  /// Functions of dates and moments.
  public var dt: Temporal { Temporal(base: self) }

  /// The functions of dates and moments: `col("date").dt.year`. All are null where the value is.
  public struct Temporal: Sendable {
    fileprivate let base: Expression

    private func call(_ function: ScalarFunction) -> Expression {
      Expression(.function(function, [base]))
    }

    /// The calendar year, as an integer.
    public var year: Expression { call(.year) }
    /// The quarter, 1 to 4.
    public var quarter: Expression { call(.quarter) }
    /// The month, 1 to 12.
    public var month: Expression { call(.month) }
    /// The ISO 8601 week, 1 to 53.
    public var week: Expression { call(.week) }
    /// The day of the month, 1 to 31.
    public var day: Expression { call(.day) }
    /// The day of the week, 1 (Monday) to 7 (Sunday).
    public var weekday: Expression { call(.weekday) }
    /// The hour, 0 to 23; of a date 0.
    public var hour: Expression { call(.hour) }
    /// The minute, 0 to 59; of a date 0.
    public var minute: Expression { call(.minute) }
    /// The second, 0 to 59; of a date 0.
    public var second: Expression { call(.second) }
    /// The start of the `year`, `quarter`, `month`, `week`, `day`, `hour`, `minute` or `second`.
    public func truncated(to unit: String) -> Expression {
      Expression(.function(.dateTrunc, [lit(unit), base]))
    }
  }
}
