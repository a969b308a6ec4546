import TestSupport
import Testing

@testable import Columnar

@Suite("Dates and moments in text")
struct TemporalTextTests {
  @Test(
    "reads a day",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("1970-01-02", 1), ("2000-02-29", 11016), ("2000-03-01", 11017),
      ("0000-01-01", -719528), ("9999-12-31", 2_932_896), ("2024-02-29", 19782),
    ] as [(String, Int32)])
  func days(text: String, expected: Int32) {
    #expect(CivilDate(parsing: text)?.days == expected)
  }

  @Test(
    "refuses what is no day",
    arguments: [
      "", "2020-1-01", "2020-01-1", "2020-00-01", "2020-13-01", "2020-01-00", "2020-01-32", "2020-02-30", "2019-02-29",
      "1900-02-29", "2020-04-31", "2020/01/01", "2020-01/01", "20200101", "2020-01-01 ", " 2020-01-01", "202O-01-01",
      "-020-01-01", "2020-01-0a", "2020-01-011", "２020-01-", "2020-01-3:", "2020-19-01", "2020-01-:1", "20:0-01-01",
    ])
  func noDays(text: String) {
    #expect(CivilDate(parsing: text) == nil)
  }

  @Test("takes any one byte of a day only where the day then exists", arguments: 0..<10)
  func changedBytes(position: Int) {
    for byte in UInt8.min...UInt8.max {
      var bytes = Array("2011-11-11".utf8)
      bytes[position] = byte
      let digits = [0, 1, 2, 3, 5, 6, 8, 9].map { Int(bytes[$0]) - 48 }
      let isForm = digits.allSatisfy { (0...9).contains($0) } && bytes[4] == 45 && bytes[7] == 45
      let year = digits[..<4].reduce(0) { $0 * 10 + $1 }
      let month = digits[4] * 10 + digits[5]
      let day = digits[6] * 10 + digits[7]
      let exists = isForm && CivilDate(year: year, month: month, day: day) != nil
      let days = bytes.withUnsafeBytes { TemporalText.date($0) }
      #expect((days != nil) == exists, "byte \(byte) at \(position)")
    }
  }

  @Test(
    "reads a moment",
    arguments: [
      ("1970-01-01 00:00", 0), ("1970-01-01T00:00:01", 1_000_000), ("1970-01-01 00:00:00.5", 500_000),
      ("1970-01-01 00:00:00.000001", 1), ("1970-01-01T01:02:03.000004Z", 3_723_000_004),
      ("1970-01-01 23:59Z", 86_340_000_000),
      ("1969-12-31 23:59:59.999999", -1), ("1970-01-02", 86_400_000_000), ("1970-01-01 00:00:00.120", 120_000),
    ] as [(String, Int64)])
  func moments(text: String, expected: Int64) {
    #expect(CivilDatetime.microseconds(parsing: text) == expected)
  }

  @Test(
    "leaves other moments to be text",
    arguments: [
      "1970-01-01 24:00", "1970-01-01 00:60", "1970-01-01 00:00:60", "1970-01-01 00:00:00.0000001",
      "1970-01-01 00:00:00.",
      "1970-01-01 00:00:", "1970-01-01 00:00:0", "1970-01-01 0:00:00", "1970-01-01_00:00:00", "1970-01-01 00:00+01:00",
      "1970-01-01 00:00:00+01:00", "1970-13-01 00:00", "1970-01-01 00-00", "1970-01-01 00:00-00",
      "1970-01-01 00:00:00,5",
      "1970-01-01 00:00:00.5a", "1970-01-01 00:00:00.Z", "1970-01-01 00:00ZZ", "1970-01-01 ", "1970-01-01 00:0Z",
      "1970-01-01 0a:00", "1970-01-01 00:00:0Z", "1970-01-01 00:00:00z",
    ])
  func noMoments(text: String) {
    #expect(CivilDatetime.microseconds(parsing: text) == nil)
  }

  @Test("what is printed is read as the same moment")
  func roundTrip() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      let day = Int64.random(in: -719_528...2_932_896, using: &generator)
      let moment = day * CivilDatetime.microsecondsPerDay + Int64.random(in: 0..<86_400_000_000, using: &generator)
      #expect(CivilDatetime.microseconds(parsing: "\(CivilDatetime(microseconds: moment))") == moment)
      #expect(CivilDate(parsing: "\(CivilDate(days: Int32(day)))")?.days == Int32(day))
    }
  }
}

@Suite("Truth values in text")
struct BoolTextTests {
  @Test(
    "reads true and false in three spellings",
    arguments: [
      ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false),
      ("", nil), ("tRUE", nil), ("t", nil), ("yes", nil), ("1", nil), ("true ", nil), ("truee", nil), ("fals", nil),
    ] as [(String, Bool?)])
  func spellings(text: String, expected: Bool?) {
    var text = text
    #expect(text.withUTF8 { BoolText.value(UnsafeRawBufferPointer($0)) } == expected)
  }
}
