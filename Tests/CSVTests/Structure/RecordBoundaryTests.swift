import Testing

@testable import CSV

@Suite("Extents of partitions")
struct RecordBoundaryTests {
  private func extent(_ range: Range<Int>, _ first: Int?, _ next: Int?) -> PartitionExtent {
    PartitionExtent(range: range, first: first, next: next)
  }

  @Test("join when one ends where the next starts")
  func joins() {
    let joined = extent(0..<10, 0, 12).joined(extent(10..<20, 12, 25))
    #expect(joined == extent(0..<20, 0, 25))
    #expect(extent(0..<10, 0, 30).joined(extent(10..<20, nil, nil)) == extent(0..<20, 0, 30))
    #expect(extent(0..<10, nil, nil).joined(extent(10..<20, 15, 20)) == extent(0..<20, 15, 20))
    #expect(extent(0..<10, nil, nil).joined(extent(10..<20, nil, nil)) == extent(0..<20, nil, nil))
    #expect(extent(0..<10, 0, 20).joined(extent(10..<20, nil, nil)) == extent(0..<20, 0, 20))
  }

  @Test("contradict each other when a record is missing, or read twice")
  func contradictions() {
    #expect(extent(0..<10, 0, 12).joined(extent(10..<20, 14, 25)) == nil)
    #expect(extent(0..<10, 0, 14).joined(extent(10..<20, 12, 25)) == nil)
    #expect(extent(0..<10, 0, 12).joined(extent(10..<20, nil, nil)) == nil)
    #expect(extent(0..<10, 0, 19).joined(extent(10..<20, nil, nil)) == nil)
    #expect(extent(0..<10, 0, 30).joined(extent(10..<20, 12, 25)) == nil)
  }

  @Test("join in any grouping")
  func groupings() {
    let parts = [extent(0..<10, 0, 25), extent(10..<20, nil, nil), extent(20..<30, 25, 30), extent(30..<40, 30, 40)]
    let left = parts[0].joined(parts[1])?.joined(parts[2])?.joined(parts[3])
    let right = parts[2].joined(parts[3]).flatMap { tail in parts[1].joined(tail) }.flatMap { parts[0].joined($0) }
    #expect(left == right)
    #expect(left == extent(0..<40, 0, 40))
  }

  @Test("of different files never contradict each other")
  func files() throws {
    let first = ScanExtent(file: 0, extent(0..<10, 0, 10))
    let second = ScanExtent(file: 1, extent(4..<10, 4, 12))
    let third = ScanExtent(file: 1, extent(10..<20, 12, 20))
    _ = try first.joined(second).joined(third)
    _ = try first.joined(second.joined(third))
    #expect(throws: ScanRevision.self) { try first.joined(ScanExtent(file: 0, extent(10..<20, 11, 20))) }
    #expect(throws: ScanRevision.self) {
      try first.joined(second).joined(ScanExtent(file: 1, extent(10..<20, 13, 20)))
    }
  }

  @Test("guesses are right in files of plain rows, at every byte")
  func plainGuesses() throws {
    let rows = (0..<50).map { "\($0),a,\"b, \"\"c\"\"\"\n" }.joined()
    let file = TemporaryFile(rows)
    let input = try InputFile(path: file.path, encoding: .utf8)
    let dialect = Dialect(delimiter: 44, quote: 34, escape: nil, comment: nil)
    let bytes = Array(rows.utf8)
    for start in 1..<bytes.count {
      let expected = (start..<bytes.count).first { bytes[$0 - 1] == 10 }
      let guess = try RecordBoundary.guess(input, dialect, range: start..<bytes.count, fieldCount: 3)
      // Near the end there are too few rows to tell by.
      if start < bytes.count - 60 { #expect(guess == expected, "from byte \(start)") }
    }
  }

  @Test("lines are counted from 1")
  func lineNumbers() throws {
    let file = TemporaryFile("a\nb\r\n\nc")
    let input = try InputFile(path: file.path, encoding: .utf8)
    #expect((0...6).map { LineNumber.of(offset: $0, in: input) } == [1, 1, 2, 2, 2, 3, 4])
  }
}
