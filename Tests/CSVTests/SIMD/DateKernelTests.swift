import CSVSIMD
import Columnar
import Testing

@testable import CSV

@Suite("The date kernel")
struct DateKernelTests {
  @Test("reads every day from year 0 to 9999, and so does the reader of single fields")
  func everyDay() {
    let stride = 11
    var wrong = 0
    var expected: Int32 = -719_528
    let templates = [Self.days(isLeap: false), Self.days(isLeap: true)]
    for year in 0...9999 {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let digits = [year / 1000, year / 100 % 10, year / 10 % 10, year % 10].map { UInt8(48 + $0) }
      var bytes = templates[isLeap ? 1 : 0]
      for start in Swift.stride(from: 0, to: bytes.count, by: stride) {
        for place in 0..<4 { bytes[start + place] = digits[place] }
      }
      let start = expected
      expected += isLeap ? 366 : 365
      let count = bytes.count / stride
      let padded = PaddedBytes(bytes)
      let bounds = (0..<count).map { UInt32($0 * stride) }
      let ends = bounds.map { $0 + 10 }
      var days = [Int32](repeating: 0, count: count)
      var exceptions = [UInt32](repeating: 0, count: count + 1)
      let exceptionCount = bounds.withUnsafeBufferPointer { starts in
        ends.withUnsafeBufferPointer { ends in
          csv_parse_dates(
            csv_fields(
              data: padded.data, starts: starts.baseAddress, ends: ends.baseAddress, stride: 1, count: count, bias: 0),
            &days, &exceptions)
        }
      }
      wrong += exceptionCount
      for index in 0..<count where days[index] != start + Int32(index) { wrong += 1 }
      if year % 16 == 0 {
        for index in 0..<count {
          let field = UnsafeRawBufferPointer(start: padded.data + index * stride, count: 10)
          if TemporalText.date(field) != start + Int32(index) { wrong += 1 }
        }
      }
    }
    #expect(wrong == 0)
    #expect(expected == 2_932_897)
  }

  /// All days of a year whose digits are left open, with a comma behind each.
  private static func days(isLeap: Bool) -> [UInt8] {
    let dayCounts = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return dayCounts.enumerated().flatMap { month, dayCount in
      (1...dayCount).flatMap { day in
        let digits = [(month + 1) / 10, (month + 1) % 10, day / 10, day % 10].map { UInt8(48 + $0) }
        return Array("0000-".utf8) + digits[..<2] + [45] + digits[2...] + [44]
      }
    }
  }

  @Test("refuses what the reader of single fields refuses: any one or two bytes of a day changed")
  func neighbours() {
    var fields: [[UInt8]] = []
    for day in ["2011-11-11", "2019-02-28", "2020-02-29", "1999-12-31", "0000-01-01"] {
      for position in 0..<10 {
        for byte in UInt8.min...UInt8.max {
          var bytes = Array(day.utf8)
          bytes[position] = byte
          fields.append(bytes)
        }
      }
      for _ in 0..<500 {
        var bytes = Array(day.utf8)
        for _ in 0..<2 { bytes[Int.random(in: 0..<10)] = "0123456789-/:".utf8.randomElement() ?? 48 }
        fields.append(bytes)
      }
    }
    for length in 0...20 { fields.append(Array("2020-01-01T00:00:00Z".utf8.prefix(length))) }
    fields += [
      "2020-00-10", "2020-13-10", "2020-99-10", "2020-16-01", "2020-02-30", "2019-02-29", "1900-02-29", "2020-01-00",
    ]
    .map { Array($0.utf8) }
    for sharedBounds in [false, true] {
      let found = FieldTable(fields).parse(placeholder: 0, sharedBounds: sharedBounds, csv_parse_dates)
      for (index, field) in fields.enumerated() {
        let expected = field.withUnsafeBytes { TemporalText.date($0) }
        if found?[index] != expected {
          Issue.record("\(String(decoding: field, as: UTF8.self)) is read as \(found?[index] as Any)")
        }
      }
    }
  }
}
