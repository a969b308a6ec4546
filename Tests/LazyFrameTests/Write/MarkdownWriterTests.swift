import Testing

@testable import LazyFrame

@Suite("Writing Markdown")
struct MarkdownWriterTests {
  @Test("writes a table with numbers to the right, and nothing in it that Markdown would take for its own")
  func table() {
    let batch = RecordBatch(
      schema: Schema([Field("mean_a", .float64), Field("t|t", .string)]),
      columns: [Column([1.5, nil] as [Double?]), Column(["a*b`c<d>[e]\\", "two\nlines"])], rowCount: 2)
    var bytes: [UInt8] = []
    MarkdownWriter().write(batch) { bytes += $0 }
    #expect(
      String(decoding: bytes, as: UTF8.self) == #"""
        | mean\_a | t\|t |
        | ---: | --- |
        | 1.5 | a\*b\`c\<d>\[e]\\ |
        |  | two<br>lines |

        """#)
  }
}
