import Columnar

/// The fields of dates and moments.
enum TemporalFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = [
    date("year", gives: .int64) { TemporalKernels.year($0) },
    date("isoyear", gives: .int64) { TemporalKernels.isoYear($0) },
    date("quarter", gives: .int64) { TemporalKernels.quarter($0) },
    date("month", gives: .int64) { TemporalKernels.month($0) },
    date("week", gives: .int64) { TemporalKernels.week($0) },
    date("day", gives: .int64) { TemporalKernels.day($0) },
    date("weekday", gives: .int64) { TemporalKernels.weekday($0) },
    date("dayofyear", gives: .int64) { TemporalKernels.dayOfYear($0) },
    date("days_in_month", gives: .int64) { TemporalKernels.daysInMonth($0) },
    date("is_leap_year", gives: .bool) { TemporalKernels.isLeapYear($0) },
    date("monthname", gives: .string) { TemporalKernels.monthName($0) },
    date("dayname", gives: .string) { TemporalKernels.weekdayName($0) },
    clock("hour") { TemporalKernels.hour($0) },
    clock("minute") { TemporalKernels.minute($0) },
    clock("second") { TemporalKernels.second($0) },
    clock("millisecond") { TemporalKernels.millisecond($0) },
    clock("microsecond") { TemporalKernels.microsecond($0) },
    clock("epoch") { TemporalKernels.epoch($0, .second) },
    clock("epoch_ms") { TemporalKernels.epoch($0, .millisecond) },
    clock("epoch_us") { TemporalKernels.epoch($0, .microsecond) },
  ]

  private static func date(
    _ name: String, gives result: FunctionResult, _ kernel: @escaping @Sendable (Column) -> Column
  ) -> FunctionDefinition {
    Definition(name, nil, [.temporal], gives: result) { arguments, _ in kernel(arguments[0]) }
  }

  private static func clock(_ name: String, _ kernel: @escaping @Sendable (Column) -> Column) -> FunctionDefinition {
    Definition(name, nil, [.moment], gives: .int64) { arguments, _ in kernel(arguments[0]) }
  }
}
