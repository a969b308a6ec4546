import Testing

@testable import CommandLineTool

@Suite("The writer of generated rows")
struct RowWriterTests {
  @Test(
    "writes whole numbers in full",
    arguments: [0, 9, 10, 99, 100, 101, 999, 1_000, 9_999, 10_000, 123_456_789, 1_000_000_000, .max] as [UInt64])
  func wholeNumbers(number: UInt64) {
    #expect(written { $0.write(number) } == "\(number)")
  }

  @Test(
    "puts zeros in front of a number that is too short",
    arguments: [(7, 3, "007"), (123, 3, "123"), (1_234, 3, "1234"), (0, 2, "00"), (98_765, 10, "0000098765")]
      as [(UInt64, Int, String)])
  func paddedNumbers(number: UInt64, width: Int, text: String) {
    #expect(written { $0.write(number, width: width) } == text)
  }

  @Test(
    "writes decimal fractions without trailing zeros",
    arguments: [
      (0, "0"), (1, "0.000001"), (10, "0.00001"), (500_000, "0.5"), (513_393, "0.513393"), (1_000_000, "1"),
      (17_110_001, "17.110001"), (9_110_000, "9.11"), (100_000_010, "100.00001"), (4_948_470_000, "4948.47"),
    ] as [(UInt64, String)])
  func fractions(millionths: UInt64, text: String) {
    #expect(written { $0.write(millionths: millionths) } == text)
  }

  @Test(
    "writes a symbol's letters and nothing behind them",
    arguments: [("A", 0x41_00_00_00_00_00_00_00), ("ABCDE", 0x41_42_43_44_45_00_00_00)] as [(String, UInt64)])
  func symbols(text: String, letters: UInt64) {
    #expect(written { $0.write(Ticker(letters: letters)) } == text)
  }

  private func written(_ body: (inout RowWriter) -> Void) -> String {
    var writer = RowWriter()
    body(&writer)
    var text = ""
    writer.flush { text += String(decoding: $0, as: UTF8.self) }
    return text
  }
}
