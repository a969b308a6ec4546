/// The days on which the generated market is open, oldest first: Monday to Friday from 1962-01-02 to 2021-11-12, less
/// seven holidays a year that need no table (Easter is left out for that reason).
///
/// Building it takes well under a millisecond; a day's text is then a copy of twelve bytes.
struct TradingCalendar: Sendable {
  /// Bytes of one day's text: a comma, the ISO date, a comma.
  static let textLength = 12

  /// The text of all days, one after the other, `textLength` bytes each.
  let text: [UInt8]

  /// How many days there are.
  var count: Int { text.count / Self.textLength }

  /// The index of the first day with prices in sixteenths of a dollar, 1997-06-24. Before it they are in eighths.
  let firstDayOfSixteenths: Int

  /// The index of the first day with prices in cents, 2001-04-09.
  let firstDayOfCents: Int

  init() {
    var text: [UInt8] = []
    text.reserveCapacity(16_000 * Self.textLength)
    var sixteenths = 0
    var cents = 0
    var weekday = 1  // 1962-01-01 was a Monday; Sunday is 0.
    for year in 1962...2021 {
      for month in 1...12 {
        for day in 1...Self.days(inMonth: month, of: year) {
          let date = (year, month, day)
          if date <= (2021, 11, 12), Self.isOpen(month: month, day: day, weekday: weekday) {
            if date < (1997, 6, 24) { sixteenths += 1 }
            if date < (2001, 4, 9) { cents += 1 }
            Self.append(date, to: &text)
          }
          weekday = (weekday + 1) % 7
        }
      }
    }
    self.text = text
    firstDayOfSixteenths = sixteenths
    firstDayOfCents = cents
  }

  private static func isOpen(month: Int, day: Int, weekday: Int) -> Bool {
    let isMonday = weekday == 1
    return switch (month, day) {
    case (1, 1), (7, 4), (12, 25): false
    case (2, 15...21) where isMonday: false  // the third Monday
    case (5, 25...31) where isMonday: false  // the last Monday
    case (9, 1...7) where isMonday: false  // the first Monday
    case (11, 22...28) where weekday == 4: false  // the fourth Thursday
    default: weekday != 0 && weekday != 6
    }
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func append(_ date: (year: Int, month: Int, day: Int), to text: inout [UInt8]) {
    func digits(_ number: Int) -> [UInt8] {
      [UInt8(ascii: "0") + UInt8(number / 10), UInt8(ascii: "0") + UInt8(number % 10)]
    }
    let dash = UInt8(ascii: "-")
    text.append(UInt8(ascii: ","))
    text += digits(date.year / 100) + digits(date.year % 100)
    text.append(dash)
    text += digits(date.month)
    text.append(dash)
    text += digits(date.day)
    text.append(UInt8(ascii: ","))
  }
}
