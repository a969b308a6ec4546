import Columnar
import Testing

@testable import LazyFrame

@Suite("Dates and moments")
struct TemporalKernelsTests {
  /// Every day of 1600 to 2400, two whole cycles of the calendar.
  static let days: [Int32] = {
    guard let first = CivilDate(year: 1600, month: 1, day: 1), let last = CivilDate(year: 2400, month: 12, day: 31)
    else { return [] }
    return Array(first.days...last.days)
  }()

  static func column(_ days: [Int32]) -> Column {
    Column(type: .date, values: .int32(Buffer(days)))
  }

  @Test("the fields of every day of eight centuries are those of the calendar")
  func fields() {
    let column = TemporalKernelsTests.column(TemporalKernelsTests.days)
    let years = TemporalKernels.year(column).int64s
    let (quarters, months) = (TemporalKernels.quarter(column).int64s, TemporalKernels.month(column).int64s)
    let (weeks, days) = (TemporalKernels.week(column).int64s, TemporalKernels.day(column).int64s)
    let weekdays = TemporalKernels.weekday(column).int64s
    // The first of January 1600 was a Saturday in ISO week 52 of 1599.
    var weekday: Int64 = 6
    var week: Int64 = 52
    var wrong = 0
    for index in 0..<column.count {
      let date = CivilDate(days: TemporalKernelsTests.days[index])
      if weekday == 1 {
        // A week belongs to the year of its Thursday, so the first begins from 29 December to 4 January.
        let isFirst = (date.month == 12 && date.day >= 29) || (date.month == 1 && date.day <= 4)
        week = isFirst ? 1 : week + 1
      }
      let expected = [date.year, (date.month + 2) / 3, date.month, Int(week), date.day, Int(weekday)]
      let actual = [years[index], quarters[index], months[index], weeks[index], days[index], weekdays[index]]
      if expected.map(Int64.init) != actual { wrong += 1 }
      weekday = weekday % 7 + 1
    }
    #expect(column.count == 292_560)
    #expect(wrong == 0)
  }

  @Test("the start of each unit of every day")
  func starts() {
    let column = TemporalKernelsTests.column(TemporalKernelsTests.days)
    let starts = TimeUnit.allCases.map { TemporalKernels.truncate(column, to: $0).int32s }
    let weekdays = TemporalKernels.weekday(column).int64s
    var wrong = 0
    for (index, days) in TemporalKernelsTests.days.enumerated() {
      let date = CivilDate(days: days)
      let expected = TimeUnit.allCases.map { unit -> Int32? in
        switch unit {
        case .year: CivilDate(year: date.year, month: 1, day: 1)?.days
        case .quarter: CivilDate(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1)?.days
        case .month: CivilDate(year: date.year, month: date.month, day: 1)?.days
        case .week: days - Int32(weekdays[index]) + 1
        default: days
        }
      }
      if zip(expected, starts).contains(where: { $0 != $1[index] }) { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test(
    "days far from today, where 32 bits need the calendar's cycles",
    arguments: [
      Int32.min, Int32.min + 1, -536_760_379, -537_479_846, -537_479_845, -537_479_839, -537_479_838, 536_261_970,
      536_261_971, 536_261_977, 536_261_978, 536_261_979, Int32.max - 1, Int32.max,
    ])
  func farDays(days: Int32) {
    for neighbours in [[days], [0, days, 18_000]] {
      let column = TemporalKernelsTests.column(neighbours)
      let date = CivilDate(days: days)
      let row = neighbours.count / 2
      #expect(TemporalKernels.year(column)[row] == .int(Int64(date.year)))
      #expect(TemporalKernels.month(column)[row] == .int(Int64(date.month)))
      #expect(TemporalKernels.day(column)[row] == .int(Int64(date.day)))
      let monday = Int64(days) + 3
      #expect(TemporalKernels.weekday(column)[row] == .int(monday - (Double(monday) / 7).rounded(.down).asInt * 7 + 1))
    }
  }

  @Test(
    "the ISO week around New Year",
    arguments: [
      ("2005-01-01", 53), ("2005-01-02", 53), ("2005-12-31", 52), ("2006-01-01", 52), ("2006-01-02", 1),
      ("2007-12-31", 1), ("2008-12-28", 52), ("2008-12-29", 1), ("2009-12-31", 53), ("2010-01-03", 53),
      ("2010-01-04", 1), ("2020-12-31", 53), ("2021-01-04", 1), ("1969-12-29", 1), ("1970-01-01", 1),
    ])
  func weeks(date: String, week: Int64) throws {
    let day = try #require(CivilDate(parsing: date))
    #expect(TemporalKernels.week(TemporalKernelsTests.column([day.days]))[0] == .int(week))
  }

  @Test(
    "the clock, also before 1970",
    arguments: [
      ("2020-01-31 09:30:15.25", 2020, 9, 30, 15), ("1969-12-31 23:59:59.999999", 1969, 23, 59, 59),
      ("1970-01-01 00:00:00", 1970, 0, 0, 0), ("1600-02-29 12:00:01", 1600, 12, 0, 1),
    ])
  func clock(text: String, year: Int64, hour: Int64, minute: Int64, second: Int64) throws {
    let moment: Int64 = try #require(CivilDatetime.microseconds(parsing: text))
    let column = Column(datetimes: [moment])
    #expect(TemporalKernels.year(column)[0] == .int(year))
    #expect(TemporalKernels.hour(column)[0] == .int(hour))
    #expect(TemporalKernels.minute(column)[0] == .int(minute))
    #expect(TemporalKernels.second(column)[0] == .int(second))
  }

  @Test(
    "starts of units of a moment",
    arguments: [
      ("year", "2024-01-01 00:00:00"), ("quarter", "2024-07-01 00:00:00"), ("month", "2024-08-01 00:00:00"),
      ("week", "2024-08-12 00:00:00"), ("day", "2024-08-18 00:00:00"), ("hour", "2024-08-18 21:00:00"),
      ("minute", "2024-08-18 21:43:00"), ("second", "2024-08-18 21:43:59"),
    ])
  func momentStarts(unit: String, expected: String) throws {
    let moment = try #require(CivilDatetime.microseconds(parsing: "2024-08-18 21:43:59.5"))
    let column = Column(datetimes: [moment, nil])
    let units = Column(repeating: .string(unit), type: .string, count: 2)
    let start = try ScalarFunction("date_trunc").definition.compute([units, column], .datetime)
    #expect(start.type == .datetime)
    #expect(start.printed == [expected, "null"])
  }

  @Test("a start before the earliest moment or date is null")
  func tooEarly() {
    for unit in TimeUnit.allCases where unit != .microsecond {
      let moments = TemporalKernels.truncate(Column(datetimes: [.min, 0]), to: unit)
      #expect(moments.isNull(at: 0), "\(unit)")
      #expect(!moments.isNull(at: 1), "\(unit)")
    }
    let dates = TemporalKernels.truncate(Column(dates: [.min, .max]), to: .year)
    #expect(dates.isNull(at: 0) && !dates.isNull(at: 1))
  }
}

extension Double {
  fileprivate var asInt: Int64 { Int64(self) }
}
