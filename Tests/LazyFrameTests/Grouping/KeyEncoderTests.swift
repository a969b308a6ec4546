import Columnar
import Testing

@testable import LazyFrame

@Suite("Words of keys")
struct KeyEncoderTests {
  /// The words of each row.
  private func words(_ encoder: KeyEncoder, _ columns: [Column], _ strings: StringInterner) -> [[UInt64]] {
    let rows = rows(encoder, columns, strings)
    return (0..<rows.rowCount).map { row in
      Array(UnsafeBufferPointer(start: rows.words + row * encoder.wordCount, count: encoder.wordCount))
    }
  }

  private func rows(_ encoder: KeyEncoder, _ columns: [Column], _ strings: StringInterner) -> KeyRows {
    let rows = KeyRows(wordCount: encoder.wordCount)
    encoder.encode(columns, rowCount: columns[0].count, into: rows, strings)
    return rows
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
      words.baseAddress.map { encoder.decode($0, stride: encoder.wordCount, count: 300, strings) } ?? []
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

  @Test("have hashes that depend on the values only, not on the numbers that long strings have")
  func hashes() {
    let texts: [String?] = ["a text too long for a view", nil, "short", "another text too long for a view", ""]
    let numbers: [Int64?] = [1, 2, nil, 4, 5]
    let encoder = KeyEncoder(types: [.string, .int64])
    func hashes(_ strings: StringInterner, _ texts: [String?]) -> [UInt64] {
      let rows = rows(encoder, [Column(texts), Column(numbers)], strings)
      return (0..<rows.rowCount).map { rows.hashes[$0] }
    }
    let others = StringInterner()
    "a first text that takes number 0".withUTF8Bytes { _ = others.intern($0) }
    let first = hashes(StringInterner(), texts)
    #expect(hashes(others, texts) == first)
    #expect(Set(first).count == texts.count)
    #expect(KeyEncoder(types: [.string]).wordCount == 2)
    #expect(encoder.wordCount == 4)
  }
}

extension String {
  fileprivate func withUTF8Bytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    var copy = self
    copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}
