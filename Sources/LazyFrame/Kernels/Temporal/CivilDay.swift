/// The calendar of one day, computed without branches in 32-bit lanes so that a loop over days becomes vector code.
///
/// The arithmetic is that of Neri and Schneider, "Euclidean affine functions and their application to calendar
/// algorithms" (2022), as in `CivilDate`. Years begin in March, so that the leap day comes last:
///
///     days ──÷ 146097──▶ century ──·2939745 » 32──▶ year of the century ──▶ day of the year ──·2141 » 16──▶ month
///
/// 32 bits hold the first step for days within 1.4 million years of today's. Farther ones are first moved by whole
/// cycles of 400 years, after which the calendar repeats, weekdays too.
struct CivilDay {
  /// Days from a day that is a whole number of cycles before 0000-03-01.
  let shifted: UInt32

  /// The days in 400 years.
  static let cycle: Int32 = 146_097
  private static let cycles: Int32 = 3674
  private static let epoch: Int32 = 719_468 + cycle * cycles

  /// - Parameter days: a day for which `areNear` holds.
  @inline(__always)
  init(days: Int32) {
    shifted = UInt32(bitPattern: days &+ CivilDay.epoch)
  }

  /// Whether 32 bits are enough for each of the days, and for the week around it.
  @inline(__always)
  static func areNear(_ days: UnsafePointer<Int32>, count: Int) -> Bool {
    // Four times a day fits while the top two bits are clear; a day too early wraps around and sets them.
    var bits: UInt32 = 0
    for index in 0..<count {
      let shifted = UInt32(bitPattern: days[index] &+ epoch)
      bits |= (shifted &- 7) | (shifted &+ 7)
    }
    return bits < 1 << 30
  }

  /// Days since 1970-01-01.
  var days: Int32 { Int32(bitPattern: shifted) &- CivilDay.epoch }

  /// Four times the day of the century, plus 3.
  @inline(__always)
  private var centuryDay: (century: UInt32, day: UInt32) {
    let quarters = 4 &* shifted &+ 3
    let century = quarters / 146_097
    return (century, (quarters &- century &* 146_097) | 3)
  }

  /// The year of the century in the high half, the fraction of the year that has passed in the low half.
  @inline(__always)
  private static func yearOfCentury(_ day: UInt32) -> UInt64 {
    2_939_745 &* UInt64(day)
  }

  /// What the low half of `yearOfCentury` is from the first of January on, which is day 306 of a year from March.
  private static let january: UInt32 = 306 * 4 * 2_939_745

  /// The day of a year that begins in March, from 0.
  @inline(__always)
  private var dayFromMarch: UInt32 {
    UInt32(truncatingIfNeeded: CivilDay.yearOfCentury(centuryDay.day)) / 2_939_745 / 4
  }

  @inline(__always)
  var year: Int32 {
    let (century, day) = centuryDay
    let parts = CivilDay.yearOfCentury(day)
    let isNextYear: UInt32 = UInt32(truncatingIfNeeded: parts) >= CivilDay.january ? 1 : 0
    let year = 100 &* century &+ UInt32(truncatingIfNeeded: parts >> 32) &+ isNextYear
    return Int32(bitPattern: year) &- 400 &* CivilDay.cycles
  }

  /// 1 to 12.
  @inline(__always)
  var month: Int32 {
    let day = dayFromMarch
    let month = (2141 &* day &+ 197_913) >> 16
    return Int32(bitPattern: month &- (day >= 306 ? 12 : 0))
  }

  /// 1 to 4.
  @inline(__always)
  var quarter: Int32 { Int32(bitPattern: (UInt32(bitPattern: month) &+ 2) / 3) }

  /// The day of the month, 1 to 31.
  @inline(__always)
  var day: Int32 {
    Int32(bitPattern: ((2141 &* dayFromMarch &+ 197_913) & 0xFFFF) / 2141 &+ 1)
  }

  /// 1 (Monday) to 7 (Sunday).
  @inline(__always)
  var weekday: Int32 { Int32(bitPattern: (shifted &+ 2) % 7 &+ 1) }

  /// The day of the year, from 0.
  @inline(__always)
  var dayOfYear: Int32 {
    let day = Int32(bitPattern: dayFromMarch)
    return day >= 306 ? day &- 306 : day &+ 59 &+ leapDay
  }

  /// 1 in leap years, else 0.
  @inline(__always)
  var leapDay: Int32 {
    let year = year
    return year & 3 == 0 && (year % 100 != 0 || year % 400 == 0) ? 1 : 0
  }

  /// How many days the month has.
  @inline(__always)
  var daysInMonth: Int32 {
    let month = month
    // 31 in odd months up to July and in even ones after it.
    return month == 2 ? 28 &+ leapDay : 30 &+ ((month &+ month >> 3) & 1)
  }

  /// The ISO 8601 week, 1 to 53: that of the week's Thursday, counted in its year.
  @inline(__always)
  var week: Int32 { thursday.dayOfYear / 7 &+ 1 }

  /// The year that the ISO 8601 week belongs to: that of its Thursday.
  @inline(__always)
  var isoYear: Int32 { thursday.year }

  @inline(__always)
  private var thursday: CivilDay { CivilDay(days: days &+ 4 &- weekday) }

  /// The first day of the unit that the day lies in.
  func start(of unit: TimeUnit) -> Int32 {
    switch unit {
    case .year: return days &- dayOfYear
    case .quarter:
      let starts: [Int32] = [0, 90 &+ leapDay, 181 &+ leapDay, 273 &+ leapDay]
      return days &- dayOfYear &+ starts[Int(quarter) - 1]
    case .month: return days &- day &+ 1
    case .week: return days &- weekday &+ 1
    case .day, .hour, .minute, .second, .millisecond, .microsecond: return days
    }
  }
}
