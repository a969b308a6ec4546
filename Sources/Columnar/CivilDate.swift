/// A day of the proleptic Gregorian calendar.
///
/// The conversions are those of Neri and Schneider, "Euclidean affine functions and their application to calendar
/// algorithms" (2022): years begin in March, so that the leap day comes last, and divisions are by constants.
public struct CivilDate: Hashable, Sendable, Codable {
  /// The year by astronomers' count: 0 is 1 BC, -1 is 2 BC.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// Nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= CivilDate.dayCount(year: year, month: month) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that is `days` days after 1970-01-01.
  public init(days: Int32) {
    // Days since 0000-03-01, moved by a whole number of 400-year cycles so that no intermediate is negative.
    let shifted = UInt64(Int64(days) + CivilDate.epochOffset)
    let century = (4 * shifted + 3) / 146_097
    let dayOfCentury = (4 * shifted + 3) % 146_097 / 4
    let yearOfCentury = (4 * dayOfCentury + 3) / 1461
    let dayOfYear = (4 * dayOfCentury + 3) % 1461 / 4
    let packed = 2141 * dayOfYear + 197_913
    let startsNextYear = dayOfYear >= 306
    year = Int(100 * century + yearOfCentury) - CivilDate.yearOffset + (startsNextYear ? 1 : 0)
    month = Int(packed >> 16) - (startsNextYear ? 12 : 0)
    day = Int((packed & 0xFFFF) / 2141) + 1
  }

  /// Days since 1970-01-01, which fit 32 bits for years within about five million of today's.
  public var days: Int32 {
    let startsNextYear = month <= 2
    let shiftedYear = Int64(year) + Int64(CivilDate.yearOffset) - (startsNextYear ? 1 : 0)
    let shiftedMonth = Int64(month) + (startsNextYear ? 12 : 0)
    let century = shiftedYear / 100
    let dayOfYears = 1461 * shiftedYear / 4 - century + century / 4
    let dayOfMonths = (979 * shiftedMonth - 2919) / 32
    return Int32(truncatingIfNeeded: dayOfYears + dayOfMonths + Int64(day) - 1 - CivilDate.epochOffset)
  }

  private static let cycles: Int64 = 14_704
  private static let yearOffset = Int(400 * cycles)
  private static let epochOffset: Int64 = 719_468 + 146_097 * cycles

  /// Whether the year has a 29th of February.
  public static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days the month has.
  public static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: CustomStringConvertible {
  /// ISO 8601: `2020-01-31`.
  public var description: String {
    "\(paddedYear)-\(padded(month, 2))-\(padded(day, 2))"
  }

  private var paddedYear: String {
    year < 0 ? "-\(padded(-year, 4))" : padded(year, 4)
  }
}

/// A moment of the proleptic Gregorian calendar, without a time zone.
public struct CivilDatetime: Hashable, Sendable, Codable {
  /// The day.
  public let date: CivilDate
  /// Microseconds since midnight.
  public let microsecondOfDay: Int64

  /// How many microseconds a day has: there are no leap seconds.
  public static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The moment that is `microseconds` after 1970-01-01 00:00.
  public init(microseconds: Int64) {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: CivilDatetime.microsecondsPerDay)
    let days = remainder < 0 ? quotient - 1 : quotient
    date = CivilDate(days: Int32(truncatingIfNeeded: days))
    microsecondOfDay = microseconds &- days &* CivilDatetime.microsecondsPerDay
  }

  /// Microseconds since 1970-01-01 00:00.
  public var microseconds: Int64 {
    // The first day that 64 bits reach into begins before them.
    Int64(Int128(date.days) * Int128(CivilDatetime.microsecondsPerDay) + Int128(microsecondOfDay))
  }

  /// 0 to 23.
  public var hour: Int { Int(microsecondOfDay / 3_600_000_000) }
  /// 0 to 59.
  public var minute: Int { Int(microsecondOfDay / 60_000_000 % 60) }
  /// 0 to 59.
  public var second: Int { Int(microsecondOfDay / 1_000_000 % 60) }
  /// Microseconds within the second, 0 to 999,999.
  public var microsecond: Int { Int(microsecondOfDay % 1_000_000) }
}

extension CivilDatetime: CustomStringConvertible {
  /// ISO 8601 with a space, with microseconds only where there are some: `2020-01-31 09:30:00`.
  public var description: String {
    let clock = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    return microsecond == 0 ? "\(date) \(clock)" : "\(date) \(clock).\(padded(microsecond, 6))"
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
