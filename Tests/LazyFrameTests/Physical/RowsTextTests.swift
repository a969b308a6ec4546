import Columnar
import Testing

@testable import LazyFrame

@Suite("Text of a partition's rows")
struct RowsTextTests {
  @Test("is the same wherever it waits, in memory or partly on disk", arguments: [0, 10, 1000, 1 << 20])
  func places(memoryLimit: Int) throws {
    var text = RowsText(memoryLimit: memoryLimit)
    var expected = ""
    for part in 0..<20 {
      let values = (0..<100).map { Optional(Int64(part * 1000 + $0)) }
      expected += values.map { "\($0 ?? 0)\n" }.joined()
      let batch = RecordBatch(
        schema: Schema([Field("n", .int64)]), columns: [Column(values)], rowCount: values.count)
      try text.append(batch, as: .csv)
    }
    var found: [UInt8] = []
    try text.forEachPiece { found += $0 }
    #expect(String(decoding: found, as: UTF8.self) == expected)
    #expect(text.rowCount == 2000)
    #expect(text.byteCount <= memoryLimit)
  }
}
