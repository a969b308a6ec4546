import Columnar

/// The calendar and the clock: fields of dates and moments, and the start of units.
///
/// Dates are days, moments microseconds, both from 1970-01-01 and possibly negative. A null slot may hold anything, so
/// nothing here traps.
enum TemporalKernels {
  static func year(_ column: Column) -> Column { calendar(column, perCycle: 400) { $0.year } }
  static func quarter(_ column: Column) -> Column { calendar(column) { $0.quarter } }
  static func month(_ column: Column) -> Column { calendar(column) { $0.month } }
  static func week(_ column: Column) -> Column { calendar(column) { $0.week } }
  static func day(_ column: Column) -> Column { calendar(column) { $0.day } }
  static func weekday(_ column: Column) -> Column { calendar(column) { $0.weekday } }

  static func isoYear(_ column: Column) -> Column { calendar(column, perCycle: 400) { $0.isoYear } }
  static func dayOfYear(_ column: Column) -> Column { calendar(column) { $0.dayOfYear &+ 1 } }
  static func daysInMonth(_ column: Column) -> Column { calendar(column) { $0.daysInMonth } }

  static func isLeapYear(_ column: Column) -> Column {
    let leapDays = calendar(column) { $0.leapDay }.int64s
    let bits = Bitmap.filled(leapDays.count) { leapDays.pointer[$0] == 1 }
    return Column(type: .bool, values: .bool(bits), validity: column.validity)
  }

  static func hour(_ column: Column) -> Column { clock(column, 3_600_000_000, 24) }
  static func minute(_ column: Column) -> Column { clock(column, 60_000_000, 60) }
  static func second(_ column: Column) -> Column { clock(column, 1_000_000, 60) }
  static func millisecond(_ column: Column) -> Column { clock(column, 1_000, 1_000) }
  static func microsecond(_ column: Column) -> Column { clock(column, 1, 1_000_000) }

  // MARK: The calendar

  /// How many days are looked at before their fields are computed: they stay in the first-level cache.
  private static let blockSize = 1024

  /// A field of each day.
  ///
  /// - Parameter perCycle: what the field grows by in 400 years.
  @inline(__always)
  private static func calendar(_ column: Column, perCycle: Int32 = 0, _ field: (CivilDay) -> Int32) -> Column {
    let days = days(column)
    let result = MutableBuffer<Int64>(count: days.count)
    withExtendedLifetime(days) {
      for start in stride(from: 0, to: days.count, by: blockSize) {
        let count = min(blockSize, days.count - start)
        let (source, target) = (days.pointer + start, result.pointer + start)
        if CivilDay.areNear(source, count: count) {
          for index in 0..<count { target[index] = Int64(field(CivilDay(days: source[index]))) }
        } else {
          for index in 0..<count {
            let (cycle, day) = divide(source[index], by: CivilDay.cycle)
            target[index] = Int64(field(CivilDay(days: day)) &+ cycle &* perCycle)
          }
        }
      }
    }
    return Column(type: .int64, values: .int64(result.freeze()), validity: column.validity)
  }

  /// The column's days: of moments those they lie in.
  private static func days(_ column: Column) -> Buffer<Int32> {
    guard case .int64(let moments) = column.values else { return column.int32s }
    let result = MutableBuffer<Int32>(count: moments.count)
    for index in 0..<moments.count {
      let day = divide(moments.pointer[index], by: CivilDatetime.microsecondsPerDay).quotient
      result.pointer[index] = Int32(truncatingIfNeeded: day)
    }
    return result.freeze()
  }

  /// Division that rounds down, with a remainder that is never negative.
  @inline(__always)
  static func divide<Number: FixedWidthInteger>(_ number: Number, by divisor: Number) -> (
    quotient: Number, remainder: Number
  ) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient &- 1, remainder &+ divisor) : (quotient, remainder)
  }

  // MARK: The clock

  /// How many whole `unit`s have passed, counted around `modulus`.
  @inline(__always)
  private static func clock(_ column: Column, _ unit: Int64, _ modulus: Int64) -> Column {
    let moments = column.int64s
    let result = MutableBuffer<Int64>(count: moments.count)
    for index in 0..<moments.count {
      let passed = divide(moments.pointer[index], by: unit * modulus).remainder
      result.pointer[index] = passed / unit
    }
    return Column(type: .int64, values: .int64(result.freeze()), validity: column.validity)
  }

  // MARK: Starts of units

  /// The start of the unit that each date or moment lies in; null where no date or moment is that early.
  static func truncate(_ column: Column, to unit: TimeUnit) -> Column {
    if case .int64(let moments) = column.values {
      let (starts, fits) = starts(moments) { moment in
        if let length = unit.microseconds { return moment &- divide(moment, by: length).remainder }
        let day = divide(moment, by: CivilDatetime.microsecondsPerDay).quotient
        return Int64(start(Int32(truncatingIfNeeded: day), unit)) &* CivilDatetime.microsecondsPerDay
      }
      return Column(type: .datetime, values: .int64(starts), validity: Bitmap.both(column.validity, fits))
    }
    let (starts, fits) = starts(column.int32s) { start($0, unit) }
    return Column(type: .date, values: .int32(starts), validity: Bitmap.both(column.validity, fits))
  }

  /// A start that lies after its moment has wrapped around.
  static func starts<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Element>, _ start: (Element) -> Element
  ) -> (Buffer<Element>, fits: Bitmap?) {
    let result = MutableBuffer<Element>(count: values.count)
    var allFit = true
    for index in 0..<values.count {
      let value = values.pointer[index]
      result.pointer[index] = start(value)
      allFit = allFit && result.pointer[index] <= value
    }
    let starts = result.freeze()
    return (starts, allFit ? nil : Bitmap((0..<values.count).map { starts[$0] <= values[$0] }))
  }

  private static func start(_ days: Int32, _ unit: TimeUnit) -> Int32 {
    let (cycle, day) = divide(days, by: CivilDay.cycle)
    // Cycles are whole years and whole weeks, so the start moves along with its day.
    return CivilDay(days: day).start(of: unit) &+ cycle &* CivilDay.cycle
  }
}
