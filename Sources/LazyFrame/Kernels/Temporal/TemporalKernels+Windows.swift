import Columnar

// Windows of equal length, and steps of the calendar.
//
// Windows lie side by side from 1970-01-01 on in both directions, as in Polars; those of weeks from Monday 1970-01-05.
// A window of months begins on the first of a month:
//
//        2024-01-01            2024-04-01            2024-07-01
//     ───────┼─────────────────────┼─────────────────────┼────▶      3mo
//
// All of it is computed on pairs of a day and a microsecond in it, in 64 bits; what leaves the range of its type is null.

/// A moment as its day and the microsecond in that day, which is in 0..<86,400,000,000.
struct DayTime: Equatable {
  var day: Int64
  var microsecond: Int64 = 0

  init(day: Int64, microsecond: Int64 = 0) {
    (self.day, self.microsecond) = (day, microsecond)
  }

  init(moment: Int64) {
    (day, microsecond) = TemporalKernels.divide(moment, by: CivilDatetime.microsecondsPerDay)
  }

  /// Nil where 64 bits of microseconds do not reach.
  var moment: Int64? {
    // The first day has only its end within reach, so one day is taken off the product where it is negative.
    let back: Int64 = day < 0 ? 1 : 0
    let (product, isTooFar) = (day + back).multipliedReportingOverflow(by: CivilDatetime.microsecondsPerDay)
    let rest = microsecond - back * CivilDatetime.microsecondsPerDay
    let (moment, overflow) = product.addingReportingOverflow(rest)
    return isTooFar || overflow ? nil : moment
  }

  /// Nil where no calendar day is that far.
  var date: CivilDate? { Int32(exactly: day).map(CivilDate.init(days:)) }
}

extension CivilDate {
  /// Months since January of year 0.
  var monthNumber: Int64 { Int64(year) * 12 + Int64(month) - 1 }

  /// The first day of a month, as days since 1970-01-01; nil where that does not fit 32 bits.
  static func firstDay(monthNumber: Int64) -> Int64? {
    let (year, month) = TemporalKernels.divide(monthNumber, by: 12)
    guard year.magnitude < 5_800_000, let date = CivilDate(year: Int(year), month: Int(month) + 1, day: 1) else {
      return nil
    }
    return Int64(date.days)
  }
}

extension TemporalKernels {
  /// The start of the window in which each date or moment lies.
  static func truncate(_ column: Column, to window: CalendarInterval) -> Column {
    if let unit = window.unit { return truncate(column, to: unit) }
    return map(column) { start($0, window) }
  }

  /// The nearest start of a window; of two that are equally near the later one.
  static func round(_ column: Column, to window: CalendarInterval) -> Column {
    map(column) { time in
      guard let start = start(time, window), let end = add(window, to: start) else { return nil }
      let before = (time.day - start.day, time.microsecond - start.microsecond)
      let after = (end.day - time.day, end.microsecond - time.microsecond)
      // A difference of days counts more than any of microseconds, once both are those of one sign.
      let (days, microseconds) = (before.0 - after.0, before.1 - after.1)
      let (carry, rest) = divide(microseconds, by: CivilDatetime.microsecondsPerDay)
      return days + carry > 0 || (days + carry == 0 && rest >= 0) ? end : start
    }
  }

  /// Each date or moment moved by an interval: first by its months, where a day that the month does not have becomes its
  /// last, then by its days, then by its time.
  static func offset(_ column: Column, by interval: CalendarInterval) -> Column {
    map(column) { add(interval, to: $0) }
  }

  private static func start(_ time: DayTime, _ window: CalendarInterval) -> DayTime? {
    if window.months > 0 {
      guard let date = time.date else { return nil }
      let number = date.monthNumber - 1970 * 12
      return CivilDate.firstDay(monthNumber: date.monthNumber - divide(number, by: window.months).remainder)
        .map { DayTime(day: $0) }
    }
    if window.weeks > 0 {
      let (length, overflow) = window.weeks.multipliedReportingOverflow(by: 7)
      return overflow ? nil : DayTime(day: time.day - divide(time.day - 4, by: length).remainder)
    }
    if window.days > 0 { return DayTime(day: time.day - divide(time.day, by: window.days).remainder) }
    guard let moment = time.moment else { return nil }
    let (start, overflow) = moment.subtractingReportingOverflow(divide(moment, by: window.microseconds).remainder)
    return overflow ? nil : DayTime(moment: start)
  }

  static func add(_ interval: CalendarInterval, to time: DayTime) -> DayTime? {
    var day = time.day
    if interval.months != 0 {
      guard let date = time.date else { return nil }
      let (number, isTooFar) = date.monthNumber.addingReportingOverflow(interval.months)
      guard !isTooFar, let first = CivilDate.firstDay(monthNumber: number),
        let next = CivilDate.firstDay(monthNumber: number + 1)
      else { return nil }
      day = min(first + Int64(date.day) - 1, next - 1)
    }
    let (clock, isTooLong) = time.microsecond.addingReportingOverflow(interval.microseconds)
    let (weekDays, isTooFar) = interval.weeks.multipliedReportingOverflow(by: 7)
    guard !isTooLong, !isTooFar else { return nil }
    let (carry, microsecond) = divide(clock, by: CivilDatetime.microsecondsPerDay)
    for step in [weekDays, interval.days, carry] {
      let (sum, overflow) = day.addingReportingOverflow(step)
      if overflow { return nil }
      day = sum
    }
    return DayTime(day: day, microsecond: microsecond)
  }

  /// Each date or moment to another, or to null.
  static func map(_ column: Column, _ convert: (DayTime) -> DayTime?) -> Column {
    if case .int64(let moments) = column.values {
      let result = MutableBuffer<Int64>(count: moments.count)
      let validity = CastKernels.known(column) { index in
        let moment = convert(DayTime(moment: moments.pointer[index]))?.moment
        result.pointer[index] = moment ?? 0
        return moment != nil
      }
      return Column(type: .datetime, values: .int64(result.freeze()), validity: validity)
    }
    let days = column.int32s
    let result = MutableBuffer<Int32>(count: days.count)
    let validity = CastKernels.known(column) { index in
      let day = convert(DayTime(day: Int64(days.pointer[index]))).flatMap { Int32(exactly: $0.day) }
      result.pointer[index] = day ?? 0
      return day != nil
    }
    return Column(type: .date, values: .int32(result.freeze()), validity: validity)
  }

  /// The last day of the month that each date or moment lies in, as a date.
  static func lastDay(_ column: Column) -> Column {
    let dates = CastKernels.cast(column, to: .date)
    return map(dates) { time in
      time.date.flatMap { CivilDate.firstDay(monthNumber: $0.monthNumber + 1) }.map { DayTime(day: $0 - 1) }
    }
  }
}
