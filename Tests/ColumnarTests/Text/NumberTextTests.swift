import TestSupport
import Testing

@testable import Columnar

private func double(_ text: String) -> Double? {
  var text = text
  return text.withUTF8 { NumberText.double(UnsafeRawBufferPointer($0)) }
}

private func integer(_ text: String) -> Int64? {
  var text = text
  return text.withUTF8 { NumberText.integer(UnsafeRawBufferPointer($0)) }
}

@Suite("Numbers in text")
struct NumberTextTests {
  @Test(
    "reads the forms of a number",
    arguments: [
      ("0", 0), ("5", 5), ("+5", 5), ("-5", -5), ("5.", 5), (".5", 0.5), ("-.5", -0.5), ("0.5", 0.5), ("00.5", 0.5),
      ("007.25", 7.25), ("1e3", 1000), ("1E+3", 1000), ("1e-3", 0.001), ("1.5e3", 1500), ("0e999999", 0),
      ("0.1", 0.1), ("123456789012345678901234567890", 1.2345678901234568e29),
      ("12345678901234567890123.", 1.2345678901234568e22),
      (".12345678901234567890123", 0.12345678901234568), ("+123456789012345678901234.5e1", 1.2345678901234568e24),
      ("1e400", .infinity), ("-1e400", -.infinity), ("1e-400", 0), ("1e99999999999999999999", .infinity),
      ("inf", .infinity), ("-inf", -.infinity), ("+Infinity", .infinity), ("-INFINITY", -.infinity),
    ] as [(String, Double)])
  func forms(text: String, expected: Double) {
    #expect(double(text)?.bitPattern == expected.bitPattern, "\(text)")
  }

  @Test("reads NaN in any case", arguments: ["nan", "NaN", "NAN", "-nan"])
  func nan(text: String) {
    #expect(double(text)?.isNaN == true)
  }

  @Test("keeps the sign of zero", arguments: ["-0", "-0.0", "-.0", "-0e5", "-1e-400"])
  func negativeZero(text: String) {
    #expect(double(text)?.bitPattern == (-0.0).bitPattern)
  }

  @Test(
    "refuses what is no number",
    arguments: [
      "", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e+", "1e-", "1.2.3", "1,5", " 5", "5 ", "--5", "+-5", "0x10",
      "1_000", "5a", "a5", "007", "-007", "00", "1e5.5", "infin", "nano", "na", "n", "NA", "١", "1e5e5", "infinity1",
    ])
  func refused(text: String) {
    #expect(double(text) == nil, "\(text)")
  }

  @Test(
    "reads integers to the ends of 64 bits",
    arguments: [
      ("0", 0), ("+0", 0), ("7", 7), ("-7", -7), ("+7", 7), ("9223372036854775807", .max),
      ("+9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
      ("9999999999999999999", nil), ("-9999999999999999999", nil), ("18446744073709551616", nil),
      ("10000000000000000000", nil), ("99999999999999999999", nil), ("-0", nil), ("00", nil), ("007", nil),
      ("-01", nil),
      ("+01", nil), ("", nil), ("-", nil), ("+", nil), ("1.", nil), ("1e3", nil), ("1 ", nil), (" 1", nil), ("/", nil),
      (":", nil), ("1:", nil), ("1/", nil),
    ] as [(String, Int64?)])
  func integers(text: String, expected: Int64?) {
    #expect(integer(text) == expected, "\(text)")
  }

  @Test(
    "knows digits of any length",
    arguments: [
      ("1", true), ("-1", true), ("+1", true), ("00000000000000000000000000", true), ("", false), ("-", false),
      ("1.0", false), ("1a", false), ("--1", false),
    ])
  func digits(text: String, expected: Bool) {
    var text = text
    #expect(text.withUTF8 { NumberText.isDigits(UnsafeRawBufferPointer($0)) } == expected)
  }

  @Test("equals the standard library on random decimals, bit for bit")
  func randomDecimals() {
    Fuzz.run("decimals") { generator in
      for _ in 0..<200 {
        let text = randomDecimal(&generator)
        let expected = Double(text)
        #expect(expected != nil, "\(text)")
        #expect(double(text)?.bitPattern == expected?.bitPattern, "\(text)")
      }
    }
  }

  @Test("equals the standard library between two neighbouring doubles, bit for bit")
  func halfway() {
    Fuzz.run("halfway cases") { generator in
      for _ in 0..<50 {
        // An integer of 54 to 63 bits lies often on or beside the middle of two doubles.
        let bits = UInt64.random(in: 54...63, using: &generator)
        let top: UInt64 = 1 << (bits - 1)
        let middle = top | (generator.next() & (top - 1)) & ~((1 << (bits - 53)) - 1) | 1 << (bits - 54)
        for number in [middle - 1, middle, middle + 1] {
          for text in ["\(number)", "\(number).0", "-\(number)e-3", "\(number)e-19", "\(number)00e-2", "\(number)e5"] {
            #expect(double(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
          }
        }
      }
    }
  }

  @Test(
    "equals the standard library at the edges of the format, bit for bit",
    arguments: [
      "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740994", "9007199254740995",
      "9007199254740993e22", "9007199254740992e22", "9007199254740992e23", "9007199254740992e-22",
      "9007199254740993e-22", "1e22", "1e23", "1e-22", "1e-23", "18446744073709551615", "18446744073709551616",
      "9999999999999999999", "9999999999999999999e-19", "1000000000000000000e-19", "1e-19", "1e-20", "4.9e-324",
      "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308", "2.2250738585072014e-308",
      "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "8.41e+11", "0.000001",
      "5e-324", "179769313486231580793728971405301e276", "0.500000000000000166533453693773481063544750213623046875",
      "0.50000000000000016653345369377348106354475021362304687500001", "0.30000000000000004", "123456.7890123456789",
    ])
  func edges(text: String) {
    #expect(double(text)?.bitPattern == Double(text)?.bitPattern)
    #expect(double("-\(text)")?.bitPattern == Double("-\(text)")?.bitPattern)
  }

  /// Up to 25 digits, a dot anywhere, an exponent from -340 to 340 or none.
  private func randomDecimal(_ generator: inout SplitMix64) -> String {
    var text = ["", "-", "+"].randomElement(using: &generator) ?? ""
    let count = Int.random(in: 1...25, using: &generator)
    let dot = Int.random(in: 0...2 * count, using: &generator)
    var digits = (0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &generator))) }
    if dot >= count, digits[0] == "0" { digits[0] = "1" }  // digits alone with a leading zero are a code
    for (index, digit) in digits.enumerated() {
      if index == dot { text += "." }
      text.append(digit)
    }
    if Int.random(in: 0...2, using: &generator) > 0 {
      text += Bool.random(using: &generator) ? "e" : "E"
      text += "\(Int.random(in: -340...340, using: &generator))"
    }
    return text
  }
}
