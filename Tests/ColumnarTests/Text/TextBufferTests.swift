import TestSupport
import Testing

@testable import Columnar

@Suite("Text that is being written")
struct TextBufferTests {
  private func text(_ write: (inout TextBuffer) -> Void) -> String {
    var buffer = TextBuffer(capacity: 1)
    write(&buffer)
    return buffer.string
  }

  @Test(
    "holds integers of any length",
    arguments: [0, 9, 10, 99, 100, 12_345_678, 99_999_999, 100_000_000, 10_000_000_001, .max, .min] as [Int64])
  func integers(number: Int64) {
    #expect(text { $0.append(number) } == number.description)
    #expect(text { $0.append(-1 - number) } == (-1 - number).description)
  }

  @Test("holds doubles as Swift describes them, whatever their bits")
  func doubles() {
    var random = SplitMix64(seed: 0x1234_5678_9ABC_DEF0)
    var buffer = TextBuffer()
    func check(_ number: Double) {
      buffer.removeAll()
      buffer.append(number)
      let expected = number.isNaN ? "nan" : number.description
      // An expectation for each would take longer than the writing.
      if buffer.string != expected { Issue.record("\(expected) is written as \(buffer.string)") }
    }
    for _ in 0..<50_000 {
      let bits = random.next()
      check(Double(bitPattern: bits))
      check(Double(bits >> (bits & 63)))
      check(Double(Int64(bitPattern: bits) >> 20) / 1e6)
      check(Double(bits >> 11) * 0x1p-60)
    }
    for exponent in 0..<2047 as Range<UInt64> {
      for fraction in [0, 1, 0xF_FFFF_FFFF_FFFF, 0x8_0000_0000_0000] as [UInt64] {
        check(Double(bitPattern: exponent << 52 | fraction))
      }
    }
    let edges = [0, 1e15, 1e15 - 0.125, 0x1p53, 0x1p53 + 2, 0x1p54, 1e16, 1e-4, 1e-5, .infinity, .nan]
    for number in edges + edges.map(-) { check(number) }
  }

  @Test(
    "holds numbers that are rounded for people",
    arguments: [
      (0.0, 2, "0.00"), (1.005, 2, "1.01"), (2.5, 0, "3"), (-2.5, 0, "-3"), (-0.001, 2, "0.00"), (9.999, 2, "10.00"),
      (1.5, 6, "1.500000"), (123_456_789.125, 1, "123456789.1"), (1e-9, 3, "0.000"), (1e-30, 6, "0.000000"),
      (1_200.0, 1, "1200.0"), (0.05, 1, "0.1"),
    ])
  func rounded(number: Double, decimals: Int, expected: String) {
    #expect(text { $0.append(number, decimals: decimals) } == expected)
  }

  @Test(
    "holds dates and moments as they describe themselves",
    arguments: [0, -1, 18_292, -719_528, -800_000, 2_932_897])
  func dates(days: Int32) {
    #expect(text { $0.append(days: days) } == CivilDate(days: days).description)
    for microseconds in [0, 1, 34_200_000_000, 86_399_999_999] as [Int64] {
      let moment = Int64(days) * CivilDatetime.microsecondsPerDay + microseconds
      #expect(text { $0.append(microseconds: moment) } == CivilDatetime(microseconds: moment).description)
    }
  }

  @Test("grows as it must, and can be used again")
  func growing() {
    var buffer = TextBuffer(capacity: 2)
    for _ in 0..<1000 { buffer.append("äb") }
    buffer.append(repeating: UInt8(ascii: "x"), count: 3)
    #expect(buffer.string == String(repeating: "äb", count: 1000) + "xxx")
    buffer.removeAll()
    #expect(buffer.count == 0)
    #expect(buffer.string == "")
  }
}
