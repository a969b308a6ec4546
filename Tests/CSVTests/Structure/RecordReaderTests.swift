import Columnar
import TestSupport
import Testing

@testable import CSV

@Suite("The record reader")
struct RecordReaderTests {
  private static let dialect = Dialect(
    delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""), escape: nil, comment: nil)

  @Test("finds the same records with blocks of every size", arguments: 0..<20)
  func blockSizes(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed + 500))
    let csv = RandomCSV(size: 30 + seed * 15, &generator)
    let file = TemporaryFile(csv.bytes)
    let input = try InputFile(path: file.path, encoding: .utf8)
    let start = csv.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let expected = NaiveCSV().records(csv.bytes).filter { csv.width == 1 || $0 != [.init()] }
    for blockSize in Array(1...70) + [100, 128, 1000] {
      let reader = RecordReader(
        file: input, dialect: Self.dialect, start: start, end: input.size, maximumRecordSize: 1 << 20,
        blockSize: blockSize)
      let records = try self.records(reader, width: csv.width)
      if records != expected { Issue.record("blocks of \(blockSize) bytes give \(records), not \(expected)") }
      #expect(reader.nextRecord == input.size)

      let single = RecordReader(
        file: input, dialect: Self.dialect, start: start, end: input.size, maximumRecordSize: 1 << 20,
        blockSize: blockSize)
      var fields: [[[UInt8]]] = []
      while let record = try single.nextRecordFields() { fields.append(record.map { Array($0) }) }
      #expect(fields.map { $0.map { content($0) } } == expected.filter { $0 != [.init()] })
    }
  }

  /// All rows of the right width, as the plain parser has them.
  private func records(_ reader: RecordReader, width: Int) throws -> [[NaiveCSV.Field]] {
    var records: [[NaiveCSV.Field]] = []
    while let block = try reader.next(
      fieldCount: width,
      onBadRow: { row in
        Issue.record("\(row.fieldCount) fields at \(row.offset)")
        return false
      })
    {
      for row in 0..<block.rowCount {
        records.append((0..<width).map { content(Array(block.bytes(block.field(row, $0)))) })
      }
    }
    return records
  }

  private func content(_ bytes: [UInt8]) -> NaiveCSV.Field {
    let text = bytes.withUnsafeBytes { FieldText.withContent($0, quote: Self.dialect.fieldQuote) { Array($0) } }
    return NaiveCSV.Field(content: text, isQuoted: bytes.first == Self.dialect.quote)
  }

  @Test("owns the records that start in its range, and says where the next one starts", arguments: [1, 7, 64, 1000])
  func ranges(blockSize: Int) throws {
    let text = "1,a\n22,b\n\"3\n3\",c\n\n4,d"
    let starts = [0, 4, 9, 17, 18]
    let file = TemporaryFile(text)
    let input = try InputFile(path: file.path, encoding: .utf8)
    for start in starts {
      for end in start...input.size {
        let reader = RecordReader(
          file: input, dialect: Self.dialect, start: start, end: end, maximumRecordSize: 1000, blockSize: blockSize)
        let records = try records(reader, width: 2)
        let owned = starts.filter { $0 >= start && $0 < end && $0 != 17 }
        #expect(records.count == owned.count, "\(start)..<\(end)")
        let next = (starts + [input.size]).first { $0 >= end && $0 >= start }
        #expect(reader.nextRecord == (end == start ? start : next), "\(start)..<\(end)")
      }
    }
  }

  @Test("tells rows of another width apart, wherever they are", arguments: [1, 16, 1000])
  func badRows(blockSize: Int) throws {
    let file = TemporaryFile("a,b\n1\n2,2\n3,3,3\n\n4,\"4,4\"\n\"5,5\"\r\n6,6\n7")
    let input = try InputFile(path: file.path, encoding: .utf8)
    let reader = RecordReader(
      file: input, dialect: Self.dialect, start: 0, end: input.size, maximumRecordSize: 1000, blockSize: blockSize)
    var bad: [[Int]] = []
    var good: [String] = []
    func leaveOut(_ row: RecordReader.BadRow) -> Bool {
      bad.append([row.offset, row.fieldCount])
      return false
    }
    while let block = try reader.next(fieldCount: 2, onBadRow: leaveOut) {
      for row in 0..<block.rowCount {
        good.append(String(decoding: block.bytes(block.field(row, 0)), as: UTF8.self))
      }
    }
    #expect(bad == [[4, 1], [10, 3], [25, 1], [36, 1]])
    #expect(good == ["a", "2", "4", "6"])
  }

  @Test("gives every record's start")
  func recordStarts() throws {
    let file = TemporaryFile("1,a\n22,b\n\"3\n3\",c\n\n4,d")
    let input = try InputFile(path: file.path, encoding: .utf8)
    for blockSize in [1, 5, 100] {
      let reader = RecordReader(
        file: input, dialect: Self.dialect, start: 0, end: input.size, maximumRecordSize: 1000, blockSize: blockSize)
      var starts: [Int] = []
      while try reader.nextRecords({ offset, _ in starts.append(offset) }) {}
      #expect(starts == [0, 4, 9, 17, 18])
    }
  }

  @Test("passes over comments, also with quotes and delimiters in them", arguments: [1, 3, 50, 1000])
  func comments(blockSize: Int) throws {
    let text = "# first, \"line\n1,a\n#\n#\"\n2,\"b\n# no comment\n\"\n \"#,c\n# last"
    let file = TemporaryFile(text)
    let input = try InputFile(path: file.path, encoding: .utf8)
    let dialect = Dialect(
      delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""), escape: nil, comment: UInt8(ascii: "#"))
    let reader = RecordReader(
      file: input, dialect: dialect, start: 0, end: input.size, maximumRecordSize: 1000, blockSize: blockSize)
    var parser = NaiveCSV()
    parser.comment = dialect.comment
    #expect(try records(reader, width: 2) == parser.records(Array(text.utf8)))
    #expect(parser.records(Array(text.utf8)).count == 3)
  }

  @Test("takes quotes as plain text in a dialect without them")
  func noQuotes() throws {
    let file = TemporaryFile("\"a,b\"\n\",\"\n")
    let input = try InputFile(path: file.path, encoding: .utf8)
    let reader = RecordReader(
      file: input, dialect: Dialect(delimiter: UInt8(ascii: ","), quote: nil, escape: nil, comment: nil), start: 0,
      end: input.size,
      maximumRecordSize: 1000)
    let block = try #require(try reader.next(fieldCount: 2, onBadRow: { _ in false }))
    #expect(block.rowCount == 2)
    #expect(String(decoding: block.bytes(block.field(0, 1)), as: UTF8.self) == "b\"")
  }
}
