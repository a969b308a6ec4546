import Columnar
import Testing

@testable import LazyFrame

@Suite("Hashes") struct HashKernelsTests {
  private static func call(_ function: ScalarFunction, _ columns: Column..., type: DType = .int64) throws -> [String] {
    try function.definition.compute(columns, type).printed
  }

  @Test(
    "texts hash to the published values of XXH64",
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func hashes(text: String, expected: UInt64) throws {
    #expect(try Self.call("hash", Column([text, nil])) == ["\(Int64(bitPattern: expected))", "null"])
  }

  @Test("numbers hash as their eight bytes, one zero and one NaN")
  func hashesNumbers() throws {
    for value in [0, 1, -1, Int64.max, .min, 0x0102_0304_0506_0708] {
      let bytes = withUnsafeBytes(of: value.littleEndian) { XXH64.hash($0) }
      #expect(try Self.call("hash", Column([value])) == ["\(Int64(bitPattern: bytes))"])
    }
    let narrow = CastKernels.cast(Column([7 as Int64]), to: .int32)
    #expect(try Self.call("hash", narrow) == Self.call("hash", Column([7 as Int64])))
    #expect(try Self.call("hash", Column([0.0])) == Self.call("hash", Column([-0.0])))
    #expect(try Self.call("hash", Column([Double.nan])) == Self.call("hash", Column([-Double.nan])))
    #expect(try Self.call("hash", Column([true])) == Self.call("hash", Column([1 as Int64])))
    #expect(try Self.call("hash", Column(nullsOf: .null, count: 2)) == ["null", "null"])
  }
}
