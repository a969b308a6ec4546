import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Windows, steps and formats of dates and moments") struct WindowTests {
  private static func interval(_ text: String) throws -> CalendarInterval { try #require(CalendarInterval(text)) }

  private static func moment(_ text: String) throws -> Int64 { try #require(CivilDatetime.microseconds(parsing: text)) }

  /// A moment of any century, often near the start of a unit.
  private static func moment(_ random: inout SplitMix64) -> Int64 {
    let day = Int64(random.next(below: 8_000_000)) - 3_000_000
    switch random.next(below: 4) {
    case 0: return day * CivilDatetime.microsecondsPerDay
    case 1: return day * CivilDatetime.microsecondsPerDay - 1
    default: return day * CivilDatetime.microsecondsPerDay + Int64(random.next(below: 86_400_000_000))
    }
  }

  private static let windows = [
    "year", "quarter", "month", "week", "day", "hour", "15m", "7m", "2h", "1d", "5d", "1w", "3w", "1mo", "5mo", "2q",
    "1y", "7y", "400y", "90s", "3us", "1000000d",
  ]

  @Test("a window's start is not after its moment, the next one is, and starts are their own")
  func truncates() throws {
    try Fuzz.run("windows") { random in
      let interval = try Self.interval(Self.windows[random.next(below: Self.windows.count)])
      let column = Column(datetimes: (0..<100).map { _ in Self.moment(&random) })
      let starts = TemporalKernels.truncate(column, to: interval)
      let again = TemporalKernels.truncate(starts, to: interval)
      let next = TemporalKernels.offset(starts, by: interval)
      let nearest = TemporalKernels.round(column, to: interval)
      for row in 0..<100 {
        let (moment, start, end) = (column.int64s[row], starts.int64s[row], next.int64s[row])
        try #require(start <= moment && moment < end, "\(column[row]) lies in \(starts[row])..<\(next[row])")
        try #require(again.int64s[row] == start, "\(starts[row])")
        try #require(nearest.int64s[row] == (moment - start < end - moment ? start : end), "\(column[row])")
      }
    }
  }

  @Test(
    "a date's windows are those of its midnight", arguments: ["1d", "5d", "1w", "2w", "5mo", "3y", "month", "week"])
  func dates(window: String) throws {
    let interval = try Self.interval(window)
    let days = (0..<3000).map { Int32($0 * 997 - 1_400_000) }
    let dates = TemporalKernels.truncate(Column(dates: days), to: interval)
    let moments = TemporalKernels.truncate(CastKernels.cast(Column(dates: days), to: .datetime), to: interval)
    #expect(CastKernels.cast(dates, to: .datetime).all == moments.all)
    let rounded = TemporalKernels.round(Column(dates: days), to: interval)
    let other = TemporalKernels.round(CastKernels.cast(Column(dates: days), to: .datetime), to: interval)
    #expect(CastKernels.cast(rounded, to: .datetime).all == other.all)
  }

  @Test("windows of one unit are those of its name", arguments: TimeUnit.allCases)
  func units(unit: TimeUnit) throws {
    var random = SplitMix64(seed: 11)
    let column = Column(datetimes: (0..<2000).map { _ in Self.moment(&random) })
    let named = TemporalKernels.truncate(column, to: try Self.interval(unit.rawValue))
    #expect(TemporalKernels.truncate(column, to: try Self.interval("1\(unit.sign)")).all == named.all)
  }

  @Test(
    "half a window goes to the later start",
    arguments: [
      ("2024-02-15 12:00:00", "1mo", "2024-03-01 00:00:00"),
      ("2024-02-15 11:59:59.999999", "1mo", "2024-02-01 00:00:00"),
      ("2024-07-02 00:00:00", "1y", "2025-01-01 00:00:00"), ("2023-07-02 11:59:59", "1y", "2023-01-01 00:00:00"),
      ("1969-12-31 23:52:30", "15m", "1970-01-01 00:00:00"), ("1969-12-31 23:52:29", "15m", "1969-12-31 23:45:00"),
      ("2024-02-15 12:00:00", "1w", "2024-02-19 00:00:00"), ("2024-02-12 00:00:00", "1w", "2024-02-12 00:00:00"),
    ])
  func rounds(moment: String, window: String, expected: String) throws {
    let column = Column(datetimes: [try Self.moment(moment), nil])
    #expect(TemporalKernels.round(column, to: try Self.interval(window)).printed == [expected, "null"])
  }

  @Test(
    "steps of months end on the last day that there is",
    arguments: [
      ("2024-01-31", "1mo", "2024-02-29"), ("2023-01-31", "1mo", "2023-02-28"), ("2024-02-29", "1y", "2025-02-28"),
      ("2024-02-29", "-4y", "2020-02-29"), ("2024-01-31", "-1mo2d", "2023-12-29"),
      ("2024-01-31", "1mo1d", "2024-03-01"),
      ("1969-12-31", "1d", "1970-01-01"), ("2024-01-31", "1q", "2024-04-30"), ("9999-12-31", "1d", "10000-01-01"),
      ("0001-01-01", "-1d", "0000-12-31"), ("2024-05-31", "-1mo", "2024-04-30"), ("2024-01-31", "month", "2024-02-29"),
      ("2000-01-01", "1000000y", "1002000-01-01"), ("2000-01-01", "-5000000y", "-4998000-01-01"),
    ])
  func offsets(date: String, interval: String, expected: String) throws {
    let day = try #require(CivilDate(parsing: date))
    let result = TemporalKernels.offset(Column(dates: [day.days, nil]), by: try Self.interval(interval))
    #expect(result.printed == [expected, "null"])
  }

  @Test("steps there and back lead home, unless a month was too short")
  func stepsBack() throws {
    try Fuzz.run("steps") { random in
      let column = Column(datetimes: (0..<50).map { _ in Self.moment(&random) })
      let months = random.next(below: 2000)
      let days = random.next(below: 5000)
      let clock = random.next(below: 1 << 40)
      let forth = TemporalKernels.offset(
        TemporalKernels.offset(column, by: try Self.interval("\(days)d\(clock)us")),
        by: try Self.interval("\(months)mo"))
      let back = TemporalKernels.offset(
        TemporalKernels.offset(forth, by: try Self.interval("-\(months)mo")),
        by: try Self.interval("-\(days)d\(clock)us"))
      let isLong = TemporalKernels.day(TemporalKernels.offset(column, by: try Self.interval("\(days)d\(clock)us")))
      for row in 0..<50 where isLong.int64s[row] <= 28 {
        try #require(back[row] == column[row], "\(months) months, \(days) days, \(clock) us")
      }
    }
  }

  @Test("what no date or moment can hold is null, and nothing traps")
  func extremes() throws {
    let moments = Column(datetimes: [.min, .min + 1, -1, 0, .max - 1, .max])
    let dates = Column(dates: [.min, .min + 1, -1, 0, .max - 1, .max])
    for text in Self.windows + [
      "9223372036854775807us", "9223372036854775807mo", "9223372036854775807d", "-1us", "-1d", "-1mo",
    ] {
      let interval = try Self.interval(text)
      for column in [moments, dates] {
        if interval.isWindow {
          #expect(TemporalKernels.truncate(column, to: interval).count == 6)
          #expect(TemporalKernels.round(column, to: interval).count == 6)
        }
        if column.type == .datetime || !interval.hasTimeOfDay {
          #expect(TemporalKernels.offset(column, by: interval).count == 6)
        }
      }
    }
    #expect(TemporalKernels.offset(moments, by: try Self.interval("1us")).isNull(at: 5))
    #expect(TemporalKernels.offset(moments, by: try Self.interval("-1us")).printed[0] == "null")
    #expect(TemporalKernels.offset(dates, by: try Self.interval("1d")).isNull(at: 5))
    #expect(TemporalKernels.lastDay(dates).count == 6)
    for unit in TimeUnit.allCases {
      for (a, b) in [(moments, dates), (dates, moments), (moments, moments)] {
        #expect(TemporalKernels.elapsed(unit, from: a, to: b).count == 6)
        #expect(TemporalKernels.boundaries(unit, from: a, to: b).count == 6)
      }
    }
    // The whole range of moments is more microseconds than 64 bits, but not more milliseconds.
    let (first, last) = (Column(datetimes: [.min]), Column(datetimes: [.max]))
    #expect(TemporalKernels.elapsed(.microsecond, from: first, to: last).isNull(at: 0))
    #expect(TemporalKernels.elapsed(.millisecond, from: first, to: last).all == [.int(18_446_744_073_709_551)])
    for format in ["%c %f %s", "%G-%V %j %U %W %C %y"] {
      let codes = Column(repeating: .string(format), type: .string, count: 6)
      #expect(try TemporalKernels.format(moments, codes).nullCount == 0)
      #expect(try TemporalKernels.format(dates, codes).nullCount == 0)
    }
  }

  @Test("elapsed units are the most that can be added without passing the end")
  func elapsed() throws {
    try Fuzz.run("elapsed units") { random in
      let unit = TimeUnit.allCases[random.next(below: TimeUnit.allCases.count)]
      let start = Self.moment(&random)
      let end = start + Int64(random.next(below: 1 << 52))
      let count = TemporalKernels.elapsed(unit, from: Column(datetimes: [start]), to: Column(datetimes: [end])).int64s[
        0]
      let back = TemporalKernels.elapsed(unit, from: Column(datetimes: [end]), to: Column(datetimes: [start])).int64s[0]
      let reached = TemporalKernels.offset(Column(datetimes: [start]), by: try Self.interval("\(count)\(unit.sign)"))
      let passed = TemporalKernels.offset(Column(datetimes: [start]), by: try Self.interval("\(count + 1)\(unit.sign)"))
      try #require(reached.int64s[0] <= end && end < passed.int64s[0], "\(start) to \(end)")
      try #require(back == -count)
    }
  }

  private static let formats = [
    "%Y-%m-%d %H:%M:%S.%f", "%Y%m%d%H%M%S%f", "%d.%m.%Y %I:%M:%S.%f %p", "%j of %Y at %T.%f", "%A, %e %B %Y %R:%S.%f",
    "%a %b %-d %-H:%-M:%-S.%f %Y", "%s.%f", "%F%n%k:%M:%S.%f", "%l %P, %M:%S.%f on %Y-%m-%d",
  ]

  @Test("what was written is read back")
  func roundTrips() throws {
    try Fuzz.run("formats") { random in
      let format = Self.formats[random.next(below: Self.formats.count)]
      let isShort = format.hasPrefix("%Y%m")
      let moments = (0..<50).map { _ -> Int64 in
        let moment = Self.moment(&random)
        // Years of four digits, where nothing else says where they end; and none before the first for %s.
        return isShort || format.hasPrefix("%s")
          ? abs(moment) % (8_000 * 365 * CivilDatetime.microsecondsPerDay) : moment
      }
      let column = Column(datetimes: moments + [nil])
      let codes = Column(repeating: .string(format), type: .string, count: 51)
      let written = try TemporalKernels.format(column, codes)
      let read = try TemporalKernels.parse(written, codes, isStrict: true)
      try #require(read.all == column.all, "\(zip(written.printed, read.printed).map { "\($0) -> \($1)" })")
    }
  }

  @Test(
    "reads what a format allows",
    arguments: [
      ("2024-1-5", "%Y-%m-%d", "2024-01-05 00:00:00"), (" 5 FEB 24\t", "%d %b %y", "2024-02-05 00:00:00"),
      ("february 5, 2024", "%B %d, %Y", "2024-02-05 00:00:00"), ("12 am", "%I %p", "1900-01-01 00:00:00"),
      ("12 PM", "%I %p", "1900-01-01 12:00:00"), ("13 PM", "%I %p", nil), ("68", "%y", "2068-01-01 00:00:00"),
      ("69", "%y", "1969-01-01 00:00:00"), ("2024-02-30", "%F", nil), ("2023 366", "%Y %j", nil),
      ("2024 366", "%Y %j", "2024-12-31 00:00:00"), ("24:00", "%R", nil), ("23:60", "%R", nil), ("", "%Y", nil),
      ("2024-02-03 extra", "%F", nil), ("2024-02", "%F", nil), ("1.5", "%S.%f", "1900-01-01 00:00:01.500000"),
      ("1.1234567", "%S.%f", nil), ("0.125", "%s.%3f", "1970-01-01 00:00:00.125000"),
      ("-1", "%s", "1969-12-31 23:59:59"),
      ("12345-06-07", "%F", "12345-06-07 00:00:00"), ("-0044-03-15", "%F", "-0044-03-15 00:00:00"),
      ("20240203", "%Y%m%d", "2024-02-03 00:00:00"), ("Mon 2024-02-03", "%a %F", "2024-02-03 00:00:00"),
      ("Xyz 2024-02-03", "%a %F", nil), ("2024-02-03T01:02:03Z", "%FT%TZ", "2024-02-03 01:02:03"),
      ("99999-01-01", "%Y-%m-%d", "99999-01-01 00:00:00"),
      ("300000-01-01", "%F", nil), ("Sept 5", "%b %d", nil),
    ] as [(String, String, String?)])
  func reads(text: String, format: String, expected: String?) throws {
    let codes = Column(repeating: .string(format), type: .string, count: 2)
    let result = try TemporalKernels.parse(Column([text, nil]), codes, isStrict: false)
    #expect(result.printed == [expected ?? "null", "null"])
  }

  @Test("strict reading names the text that does not fit")
  func strict() throws {
    let codes = Column(repeating: .string("%F"), type: .string, count: 3)
    let error = try #require(throws: LazyFrameError.self) {
      try TemporalKernels.parse(Column(["2024-01-01", nil, "2024-02-30"]), codes, isStrict: true)
    }
    #expect(error.message == "'2024-02-30' is no moment in the format %F")
    #expect(error.hint == "try_strptime gives null for such texts")
  }
}
