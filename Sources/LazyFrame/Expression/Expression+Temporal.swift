import Columnar

extension Expression {
  /// Functions of dates and moments.
  public var dt: Temporal { Temporal(base: self) }

  /// The functions of dates and moments: `col("date").dt.year`. All are null where the value is. The calendar is the
  /// proleptic Gregorian one, with a year 0 before year 1; there are no time zones and no leap seconds.
  public struct Temporal: Sendable {
    let base: Expression

    func call(_ function: ScalarFunction, _ arguments: Expression...) -> Expression {
      Expression(.function(function, [base] + arguments))
    }

    // MARK: Fields of the calendar

    /// The calendar year, as an integer.
    public var year: Expression { call("year") }
    /// The year that the ISO 8601 week belongs to.
    public var isoYear: Expression { call("isoyear") }
    /// The quarter, 1 to 4.
    public var quarter: Expression { call("quarter") }
    /// The month, 1 to 12.
    public var month: Expression { call("month") }
    /// The ISO 8601 week, 1 to 53.
    public var week: Expression { call("week") }
    /// The day of the month, 1 to 31.
    public var day: Expression { call("day") }
    /// The day of the week, 1 (Monday) to 7 (Sunday).
    public var weekday: Expression { call("weekday") }
    /// The day of the year, 1 to 366.
    public var ordinalDay: Expression { call("dayofyear") }
    /// How many days the month has, 28 to 31.
    public var daysInMonth: Expression { call("days_in_month") }
    /// Whether the year has a 29th of February.
    public var isLeapYear: Expression { call("is_leap_year") }
    /// The month's English name: `January`.
    public var monthName: Expression { call("monthname") }
    /// The English name of the day of the week: `Monday`.
    public var weekdayName: Expression { call("dayname") }

    // MARK: Fields of the clock

    /// The hour, 0 to 23; of a date 0.
    public var hour: Expression { call("hour") }
    /// The minute, 0 to 59; of a date 0.
    public var minute: Expression { call("minute") }
    /// The second, 0 to 59; of a date 0.
    public var second: Expression { call("second") }
    /// The milliseconds within the second, 0 to 999.
    public var millisecond: Expression { call("millisecond") }
    /// The microseconds within the second, 0 to 999,999.
    public var microsecond: Expression { call("microsecond") }
    /// The day of a moment.
    public var date: Expression { base.cast(to: .date) }
    /// The time of day as text: `09:30:00.000000`.
    public var timeOfDay: Expression { formatted("%T.%f") }

    // MARK: Numbers

    /// Whole seconds since 1970-01-01 00:00, rounded down.
    public var epoch: Expression { call("epoch") }
    /// Whole milliseconds since 1970-01-01 00:00, rounded down.
    public var epochMilliseconds: Expression { call("epoch_ms") }
    /// Microseconds since 1970-01-01 00:00.
    public var epochMicroseconds: Expression { call("epoch_us") }

    // MARK: Windows and steps

    /// The start of the window that the value lies in: of a unit, `year`, `quarter`, `month`, `week`, `day`, `hour`, `minute`,
    /// `second`, `millisecond` or `microsecond`, or of some of it, `15m`, `2h`, `1w`, `3mo`, `1q`, `5y`.
    ///
    /// Windows lie side by side from 1970-01-01 on, those of weeks from Monday 1970-01-05. A date becomes a moment where the
    /// window is shorter than a day. Null where the start lies before the first moment that there is.
    public func truncated(to window: String) -> Expression { Expression(.function("date_trunc", [lit(window), base])) }
    /// The nearest start of a window, of two that are equally near the later one: see ``truncated(to:)``.
    public func rounded(to window: String) -> Expression { Expression(.function("date_round", [lit(window), base])) }
    /// Moved by an interval: `1mo`, `-2d`, `1y3mo`. Months come first, and a day that the month does not have becomes its
    /// last: 31 January and a month is 28 or 29 February. A date becomes a moment where the interval has parts of days.
    /// Null where the result is beyond what its type holds.
    ///
    /// The units are `y q mo w d h m s ms us`; a minus sign stands in front and applies to all.
    public func offset(by interval: String) -> Expression { call("offset_by", lit(interval)) }
    /// The first day of the month, as a date.
    public var monthStart: Expression { truncated(to: "month").cast(to: .date) }
    /// The last day of the month, as a date.
    public var monthEnd: Expression { call("last_day") }

    // MARK: Differences

    /// How many whole units have passed since another date or moment; below 0 where it is later. A month has passed on the same
    /// day of the next month, or on its last where it lacks that day. SQL's `date_sub('month', other, value)` of DuckDB.
    ///
    /// - Parameters:
    ///   - unit: `year`, `quarter`, `month`, `week`, `day`, `hour`, `minute`, `second`, `millisecond`, `microsecond`.
    ///   - other: the earlier date or moment.
    public func elapsed(_ unit: String, since other: Expression) -> Expression {
      Expression(.function("date_sub", [lit(unit), other, base]))
    }
    /// How many starts of a unit lie between another date or moment and this one: from 31 December to 1 January it is one
    /// year. SQL's `date_diff('year', other, value)` of DuckDB.
    public func boundaries(of unit: String, since other: Expression) -> Expression {
      Expression(.function("date_diff", [lit(unit), other, base]))
    }
    /// How many whole days of 24 hours have passed since another date or moment; below 0 where it is later.
    public func days(since other: Expression) -> Expression { elapsed("day", since: other) }

    // MARK: Text

    /// As text, with the codes of `strftime` in English: `%a %A %b %B %C %d %D %e %f %F %g %G %H %I %j %k %l %m %M %n %p %P %r
    /// %R %s %S %t %T %u %U %V %w %W %x %X %y %Y %c %%`, where `%f` has six digits and `%3f` three. `%-d` leaves the padding out,
    /// `%_d` pads with a space.
    ///
    /// An unknown code throws before any row is read. A year beyond 9999 has as many digits as it needs.
    public func formatted(_ format: String) -> Expression { call("strftime", lit(format)) }
  }

  /// The moment so many seconds after 1970-01-01 00:00, to the nearest microsecond; null where there is none.
  public func fromEpoch() -> Expression { call("from_epoch") }
  /// The moment so many milliseconds after 1970-01-01 00:00; null where there is none.
  public func fromEpochMilliseconds() -> Expression { call("from_epoch_ms") }
  /// The moment so many microseconds after 1970-01-01 00:00; null where there is none.
  public func fromEpochMicroseconds() -> Expression { call("from_epoch_us") }
}

/// The date of a year, a month and a day; null where there is no such day.
public func date(year: Expression, month: Expression, day: Expression) -> Expression {
  Expression(.function("make_date", [year, month, day]))
}

/// The moment of a day and a time of day; null where there is no such one. The seconds may have a fraction.
public func datetime(
  year: Expression, month: Expression, day: Expression, hour: Expression = 0, minute: Expression = 0,
  second: Expression = 0
) -> Expression {
  Expression(.function("make_timestamp", [year, month, day, hour, minute, second]))
}
