import Testing

@testable import CommandLineTool

@Suite("The generated market's calendar")
struct TradingCalendarTests {
  private let calendar = TradingCalendar()

  private var days: [String] {
    (0..<calendar.count).map { index in
      let start = index * TradingCalendar.textLength
      return String(decoding: calendar.text[start + 1..<start + 11], as: UTF8.self)
    }
  }

  @Test("runs from the first to the last day in order")
  func range() {
    #expect(days.first == "1962-01-02")
    #expect(days.last == "2021-11-12")
    #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(
    "knows weekends, leap days and holidays",
    arguments: [
      ("1962-01-05", true), ("1962-01-06", false), ("1962-01-07", false), ("1962-01-08", true),
      ("1964-02-29", false), ("1968-02-29", true), ("2000-02-29", true), ("2020-02-29", false),
      ("2021-01-01", false), ("2021-02-15", false), ("2021-05-31", false), ("2019-07-04", false),
      ("2021-09-06", false), ("2020-11-26", false), ("2020-12-25", false), ("2021-11-11", true),
    ])
  func isOpen(day: String, open: Bool) {
    #expect(days.contains(day) == open)
  }

  @Test("knows when prices went from eighths to sixteenths to cents")
  func ticks() {
    #expect(days[calendar.firstDayOfSixteenths] == "1997-06-24")
    #expect(days[calendar.firstDayOfCents] == "2001-04-09")
  }
}
