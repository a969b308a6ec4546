import TestSupport
import Testing

@testable import Columnar

@Suite("Lengths of time in text")
struct DurationTextTests {
  static let printed: [(Int64, String)] = [
    (0, "00:00:00"), (1, "00:00:00.000001"), (-1, "-00:00:00.000001"), (5_000_000, "00:00:05"),
    (86_399_999_999, "23:59:59.999999"), (86_400_000_000, "1d 00:00:00"), (183_845_000_006, "2d 03:04:05.000006"),
    (-183_845_000_006, "-2d 03:04:05.000006"), (.max, "106751991d 04:00:54.775807"),
    (.min, "-106751991d 04:00:54.775808"),
  ]

  private func parsed(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { DurationText.microseconds(UnsafeRawBufferPointer($0)) }
  }

  @Test("are days and a clock", arguments: printed)
  func printing(microseconds: Int64, text: String) {
    #expect(Value.duration(microseconds: microseconds).description == text)
    #expect(parsed(text) == microseconds)
  }

  @Test(
    "are also written in units",
    arguments: [
      ("1h 30m", 5_400_000_000), ("1h30m", 5_400_000_000), ("90m", 5_400_000_000), ("1.5h", 5_400_000_000),
      ("-1h 30m", -5_400_000_000), ("+2w", 1_209_600_000_000), ("1w 1d", 691_200_000_000), ("2d", 172_800_000_000),
      ("3s 4ms 5us", 3_004_005), ("5µs", 5), ("6 μs", 6), ("0.5ms", 500), ("2 days 03:04:05.000006", 183_845_000_006),
      ("2 days", 172_800_000_000), ("1 hour 1 minute 1 second", 3_661_000_000), ("100:00", 360_000_000_000),
      ("1:02:03.5", 3_723_500_000), ("1d 30:00", 194_400_000_000), ("9223372036854775807us", .max),
      ("-9223372036854775808us", .min), ("0s", 0), ("1d  2h", 93_600_000_000),
    ] as [(String, Int64)])
  func reading(text: String, microseconds: Int64) {
    #expect(parsed(text) == microseconds, "\(text)")
    #expect(Duration(parsing: text) == .microseconds(microseconds))
  }

  @Test(
    "and nothing else",
    arguments: [
      "", "-", "1", "h", "1x", "1h 30", "1:2", "1:60", "1:00:60", "1:00:00.", "1:00:00.1234567", "1h-30m", "--1h",
      "1.h",
      "12:30 1h", "0.5us", "1.0000001s", "9223372036854775808us", "-9223372036854775809us", "999999999999999999999h",
      "20000000w", "1e3s", "1:00 x", " 1h", "1H", "1:0a", "18446744073709551615h", "1d 5124095577:00",
    ])
  func refusing(text: String) {
    #expect(parsed(text) == nil, "\(text)")
  }

  @Test("read back as what was printed, whatever it was")
  func roundTrip() {
    Fuzz.run("durations") { numbers in
      let value = Int64(bitPattern: numbers.next()) >> Int64(numbers.next(below: 64))
      let text = Value.duration(microseconds: value).description
      #expect(parsed(text) == value, "\(text)")
      var buffer = TextBuffer()
      buffer.append(duration: value)
      #expect(buffer.string == text)
    }
  }

  @Test("take from Swift's durations what microseconds can hold")
  func swiftDurations() {
    #expect(Duration.seconds(-1.5).wholeMicroseconds == -1_500_000)
    #expect(Duration.nanoseconds(1_499).wholeMicroseconds == 1)
    #expect(Duration.nanoseconds(1_500).wholeMicroseconds == 2)
    #expect(Duration.nanoseconds(-1_500).wholeMicroseconds == -2)
    #expect(Duration.microseconds(Int64.max).wholeMicroseconds == .max)
    #expect(Duration.microseconds(Int64.min).wholeMicroseconds == .min)
    #expect((Duration.microseconds(Int64.max) + .microseconds(1)).wholeMicroseconds == nil)
    #expect(Duration.seconds(Int64.max).wholeMicroseconds == nil)
    #expect(Column([.seconds(1), nil] as [Duration?])[0] == .duration(microseconds: 1_000_000))
  }
}
