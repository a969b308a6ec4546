import Columnar

/// A length of time as people say it: months differ in length, so `1mo` is no number of days.
///
/// Written as numbers with units, `15m`, `2h`, `1y3mo`, with one minus sign in front of all where it leads back, or as a
/// unit's name, `month`, for one of it. These are Polars' texts.
struct CalendarInterval: Equatable, Sendable {
  private(set) var months: Int64 = 0
  /// Whole weeks are kept apart from days, since windows of weeks begin on Mondays.
  private(set) var weeks: Int64 = 0
  private(set) var days: Int64 = 0
  private(set) var microseconds: Int64 = 0

  /// The unit, where the interval is one of it.
  private(set) var unit: TimeUnit?

  static let form =
    "write it like '15m', '1y3mo' or 'month'; the units are "
    + TimeUnit.allCases.map { "\($0.sign) (\($0))" }.joined(separator: ", ")

  /// Nil when the text says no interval, or one of more than 64 bits.
  init?(_ text: String) {
    if let unit = TimeUnit(rawValue: text.lowercased()) {
      guard add(1, unit) else { return nil }
      self.unit = unit
      return
    }
    var rest = text[...]
    let sign: Int64 = rest.first == "-" ? -1 : 1
    if sign < 0 { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let letters = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
      guard let count = Int64(digits), let unit = TimeUnit(sign: String(letters)), add(sign * count, unit) else {
        return nil
      }
      rest = rest.dropFirst(digits.count + letters.count)
    }
  }

  private mutating func add(_ count: Int64, _ unit: TimeUnit) -> Bool {
    func sum(_ total: inout Int64, _ size: Int64) -> Bool {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
      let (value, overflow) = total.addingReportingOverflow(product)
      total = value
      return !isTooLarge && !overflow
    }
    if let size = unit.months { return sum(&months, size) }
    switch unit {
    case .week: return sum(&weeks, 1)
    case .day: return sum(&days, 1)
    default: return sum(&microseconds, unit.microseconds ?? 0)
    }
  }

  /// Whether dates become moments by it.
  var hasTimeOfDay: Bool { microseconds != 0 }

  /// Whether it can be the length of windows: more than nothing, and of one kind of unit.
  var isWindow: Bool {
    let parts = [months, weeks, days, microseconds]
    return parts.allSatisfy { $0 >= 0 } && parts.filter { $0 > 0 }.count == 1
  }
}
