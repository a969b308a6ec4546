import Columnar

/// A unit of the calendar or the clock.
enum TimeUnit: String, CaseIterable, Sendable {
  case year, quarter, month, week, day, hour, minute, second, millisecond, microsecond

  /// How it is written in an interval such as `15m`.
  var sign: String {
    switch self {
    case .year: "y"
    case .quarter: "q"
    case .month: "mo"
    case .week: "w"
    case .day: "d"
    case .hour: "h"
    case .minute: "m"
    case .second: "s"
    case .millisecond: "ms"
    case .microsecond: "us"
    }
  }

  init?(sign: String) {
    guard let unit = TimeUnit.allCases.first(where: { $0.sign == sign }) else { return nil }
    self = unit
  }

  var isShorterThanDay: Bool {
    switch self {
    case .hour, .minute, .second, .millisecond, .microsecond: true
    case .year, .quarter, .month, .week, .day: false
    }
  }

  /// How many months it is, of a unit that is a number of months.
  var months: Int64? {
    switch self {
    case .year: 12
    case .quarter: 3
    case .month: 1
    default: nil
    }
  }

  /// How long it is, of a unit up to a day: these are always equally long.
  var microseconds: Int64? {
    switch self {
    case .microsecond: 1
    case .millisecond: 1_000
    case .second: 1_000_000
    case .minute: 60_000_000
    case .hour: 3_600_000_000
    case .day: CivilDatetime.microsecondsPerDay
    case .year, .quarter, .month, .week: nil
    }
  }
}
