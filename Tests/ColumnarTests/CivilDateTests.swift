import Testing

@testable import Columnar

@Suite("The calendar")
struct CivilDateTests {
  @Test("counts days like a calendar that is turned page by page, for three million days either way")
  func pageByPage() {
    var wrong = 0
    for direction in [1, -1] {
      var year = 1970
      var month = 1
      var day = 1
      for offset in 0...3_000_000 {
        let days = Int32(direction * offset)
        let date = CivilDate(days: days)
        if date.year != year || date.month != month || date.day != day || date.days != days { wrong += 1 }
        day += direction
        if day == 0 {
          month -= 1
          if month == 0 {
            month = 12
            year -= 1
          }
          day = naiveDayCount(year, month)
        } else if day > 28, day > naiveDayCount(year, month) {
          day = 1
          month += 1
          if month == 13 {
            month = 1
            year += 1
          }
        }
      }
    }
    #expect(wrong == 0)
  }

  private func naiveDayCount(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 400 == 0 ? true : year % 100 == 0 ? false : year % 4 == 0
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  @Test("reaches as far as 32 bits of days", arguments: [Int32.min, Int32.min + 1, -1, 0, 1, Int32.max - 1, Int32.max])
  func extremes(days: Int32) {
    let date = CivilDate(days: days)
    #expect(date.days == days)
    #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
  }

  @Test(
    "knows which days exist",
    arguments: [
      (2020, 2, 29, true), (2019, 2, 29, false), (1900, 2, 29, false), (2000, 2, 29, true), (2020, 4, 31, false),
      (2020, 0, 1, false), (2020, 13, 1, false), (2020, 1, 0, false), (2020, 1, 32, false), (-4, 2, 29, true),
      (0, 2, 29, true), (-100, 2, 29, false),
    ])
  func existence(year: Int, month: Int, day: Int, exists: Bool) {
    #expect((CivilDate(year: year, month: month, day: day) != nil) == exists)
  }

  @Test(
    "prints as ISO 8601 says",
    arguments: [(0, "1970-01-01"), (-719_528, "0000-01-01"), (-719_529, "-0001-12-31"), (2_932_897, "10000-01-01")]
      as [(Int32, String)])
  func description(days: Int32, expected: String) {
    #expect(CivilDate(days: days).description == expected)
  }
}

@Suite("Moments of the calendar")
struct CivilDatetimeTests {
  @Test(
    "splits a moment into its parts, also before 1970",
    arguments: [
      (0, "1970-01-01 00:00:00"), (-1, "1969-12-31 23:59:59.999999"), (1, "1970-01-01 00:00:00.000001"),
      (-86_400_000_000, "1969-12-31 00:00:00"), (-86_400_000_001, "1969-12-30 23:59:59.999999"),
      (86_399_999_999, "1970-01-01 23:59:59.999999"), (86_400_000_000, "1970-01-02 00:00:00"),
      (3_723_000_004, "1970-01-01 01:02:03.000004"), (-62_167_219_200_000_000, "0000-01-01 00:00:00"),
    ] as [(Int64, String)])
  func parts(microseconds: Int64, expected: String) {
    #expect(CivilDatetime(microseconds: microseconds).description == expected)
  }

  @Test("is in time order for every moment", arguments: [Int64.min, Int64.min + 1, -1, 0, Int64.max])
  func extremes(microseconds: Int64) {
    let moment = CivilDatetime(microseconds: microseconds)
    #expect((0..<CivilDatetime.microsecondsPerDay).contains(moment.microsecondOfDay))
    let days = Int64(moment.date.days)
    #expect(days &* CivilDatetime.microsecondsPerDay &+ moment.microsecondOfDay == microseconds)
    #expect(moment.hour * 3600 + moment.minute * 60 + moment.second == Int(moment.microsecondOfDay / 1_000_000))
  }
}
