import Columnar

// How far two moments lie apart, in whole units.

extension TemporalKernels {
  /// How many starts of a unit lie behind the first and up to the second; below 0 where the second is earlier. Null where
  /// that does not fit 64 bits.
  static func boundaries(_ unit: TimeUnit, from start: Column, to end: Column) -> Column {
    difference(start, end) { start, end in
      guard let first = number(start, unit), let last = number(end, unit) else { return nil }
      let (count, overflow) = last.subtractingReportingOverflow(first)
      return overflow ? nil : count
    }
  }

  /// How many whole units pass between both; below 0 where the second is earlier. A month has passed on the same day of the
  /// next month, or on its last where it lacks that day. Null where the number does not fit 64 bits.
  static func elapsed(_ unit: TimeUnit, from start: Column, to end: Column) -> Column {
    difference(start, end) { start, end in
      let isForward = start.day < end.day || (start.day == end.day && start.microsecond <= end.microsecond)
      let count = isForward ? complete(unit, start, end) : complete(unit, end, start)
      return isForward ? count : count.map { 0 - $0 }
    }
  }

  private static func complete(_ unit: TimeUnit, _ start: DayTime, _ end: DayTime) -> Int64? {
    if let length = unit.months {
      guard let first = start.date, let last = end.date else { return nil }
      let months = last.monthNumber - first.monthNumber
      let lastDay = CivilDate.dayCount(year: last.year, month: last.month)
      let (day, wanted) = (last.day, min(first.day, lastDay))
      let isShort = day < wanted || (day == wanted && end.microsecond < start.microsecond)
      return (months - (isShort ? 1 : 0)) / length
    }
    let days = end.day - start.day
    let clock = end.microsecond - start.microsecond
    if unit == .week || unit == .day { return (days - (clock < 0 ? 1 : 0)) / (unit == .week ? 7 : 1) }
    guard let length = unit.microseconds else { return nil }
    // In units first: a difference in microseconds may not fit where one in hours does.
    let (product, isTooFar) = days.multipliedReportingOverflow(by: CivilDatetime.microsecondsPerDay / length)
    let (sum, overflow) = product.addingReportingOverflow(divide(clock, by: length).quotient)
    return isTooFar || overflow ? nil : sum
  }

  /// The number of the unit that a moment lies in.
  private static func number(_ time: DayTime, _ unit: TimeUnit) -> Int64? {
    if let months = unit.months { return time.date.map { divide($0.monthNumber, by: months).quotient } }
    if unit == .week { return divide(time.day + 3, by: 7).quotient }
    guard let length = unit.microseconds else { return nil }
    let (product, isTooFar) = time.day.multipliedReportingOverflow(by: CivilDatetime.microsecondsPerDay / length)
    let (sum, overflow) = product.addingReportingOverflow(time.microsecond / length)
    return isTooFar || overflow ? nil : sum
  }

  private static func difference(
    _ start: Column, _ end: Column, _ count: (DayTime, DayTime) -> Int64?
  ) -> Column {
    let result = MutableBuffer<Int64>(count: start.count)
    let (starts, ends) = (times(start), times(end))
    let validity = CastKernels.known(start) { index in
      let count = count(starts(index), ends(index))
      result.pointer[index] = count ?? 0
      return count != nil
    }
    return Column(type: .int64, values: .int64(result.freeze()), validity: Bitmap.both(validity, end.validity))
  }

  /// Reads a column's dates or moments.
  static func times(_ column: Column) -> (Int) -> DayTime {
    if case .int64(let moments) = column.values { return { DayTime(moment: moments.pointer[$0]) } }
    let days = column.int32s
    return { DayTime(day: Int64(days.pointer[$0])) }
  }
}
