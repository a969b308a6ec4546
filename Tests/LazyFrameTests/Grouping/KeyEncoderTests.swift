import Columnar
import Testing

@testable import LazyFrame

@Suite("Words of keys")
struct KeyEncoderTests {
  /// The words of each row.
  private func words(_ encoder: KeyEncoder, _ columns: [Column], _ strings: StringInterner) -> [[UInt64]] {
    let count = columns[0].count
    var words = [UInt64](repeating: 99, count: count * encoder.wordCount)
    words.withUnsafeMutableBufferPointer { words in
      if let base = words.baseAddress { encoder.encode(columns, rowCount: count, into: base, strings) }
    }
    return (0..<count).map { Array(words[$0 * encoder.wordCount..<($0 + 1) * encoder.wordCount]) }
  }

  @Test("are equal where the values are, and give them back", arguments: DType.all)
  func roundTrip(type: DType) {
    let column = KernelSamples.column(type, count: 300, .some)
    let other = KernelSamples.column(.int16, count: 300, seed: 3)
    let encoder = KeyEncoder(types: [type, .int16])
    let strings = StringInterner()
    let words = words(encoder, [column, other], strings)
    for row in stride(from: 0, to: 300, by: 7) {
      for second in stride(from: 0, to: 300, by: 5) {
        let isEqual = column[row] == column[second] && other[row] == other[second]
        #expect((words[row] == words[second]) == isEqual)
      }
    }
    let flat = words.flatMap { $0 }
    let decoded = flat.withUnsafeBufferPointer { words in
      words.baseAddress.map { encoder.decode($0, count: 300, strings) } ?? []
    }
    #expect(decoded.map(\.type) == [type, .int16])
    #expect(decoded.map(\.all) == [column.all, other.all])
  }

  @Test("of categories are those of their text, whatever the dictionary")
  func categories() {
    let texts: [String?] = ["b", "a text too long for a view", nil, "", "b", "a text too long for a view"]
    let strings = StringInterner()
    let expected = words(KeyEncoder(types: [.string]), [Column(texts)], strings)
    let encoder = KeyEncoder(types: [.categorical])
    #expect(words(encoder, [Column(categories: texts)], strings) == expected)
    let others: [String?] = ["x", "another text too long for a view"]
    let joined = RowKernels.concatenate([Column(categories: others), Column(categories: texts)])
    #expect(Array(words(encoder, [joined], strings)[2...]) == expected)
    #expect(words(encoder, [Column(categories: texts)], strings) == expected)
    #expect(encoder.needsTranslation(strings))
  }
}
