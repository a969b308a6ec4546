import Columnar
import TestSupport
import Testing

@testable import CSV

@Suite("Compressed files")
struct CompressedFileTests {
  @Test("give the rows of what they were made of, in members of any length", arguments: 0..<12)
  func members(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let csv = RandomCSV(size: seed == 0 ? 600_000 : 10 + seed * 40, &generator)
    let cuts = (0..<seed % 4).map { _ in Int.random(in: 0...csv.bytes.count, using: &generator) }.sorted()
    let members = zip([0] + cuts, cuts + [csv.bytes.count]).map { csv.bytes[$0..<$1] }
    let padding = [UInt8](repeating: 0, count: seed % 3 * 70_000)
    let file = TemporaryFile(members.flatMap { Gzip.wrapped($0) } + padding)
    var options = CSVOptions()
    options.delimiter = UInt8(ascii: ",")
    options.partitionSize = 100
    let scan = try Reading.openAsText(file.path, options)
    #expect(scan.partitionCount == 1)
    #expect(try Reading.texts(scan) == NaiveCSV().rows(csv.bytes))
  }

  @Test("that end too early are errors, wherever that is")
  func truncated() throws {
    let whole = Gzip.wrapped("a,b\n1,2\n3,4\n".utf8)
    for length in 2..<whole.count {
      let file = TemporaryFile(whole[..<length])
      let error = Reading.error { _ = try Reading.rows(CSVScan.open([file.path])) }
      #expect(error?.code == .damaged, "\(length) bytes")
      #expect(error?.message == "the compressed data end in the middle, after \(length) bytes")
      #expect(error?.file == file.path)
    }
  }

  @Test("with another checksum, or something else behind them, are errors")
  func damaged() throws {
    let whole = Gzip.wrapped("a,b\n1,2\n3,4\n".utf8)
    func message(_ bytes: [UInt8]) -> String? {
      let file = TemporaryFile(bytes)
      return Reading.error { _ = try Reading.rows(CSVScan.open([file.path])) }?.message
    }
    var wrong = whole
    wrong[whole.count - 6] ^= 1
    #expect(message(wrong)?.hasSuffix(": incorrect data check") == true)
    let place = "behind the compressed data, at byte \(whole.count), the file goes on with other bytes"
    #expect(message(whole + "garbage".utf8) == place)
    #expect(message(whole + [0x1F]) == place)
    #expect(message(whole + whole[..<7]) == "the compressed data end in the middle, after \(whole.count + 7) bytes")
  }

  @Test("whose damage looks like wrong rows are said to be damaged")
  func damagedRows() throws {
    // Long enough for the damage to lie behind what is looked at first.
    let rows = String(repeating: "1,2\n", count: 500_000)
    var bytes = Gzip.wrapped("a,b\n\(rows)".utf8)
    bytes[1_500_000] = UInt8(ascii: ",")
    let file = TemporaryFile(bytes)
    let scan = try CSVScan.open([file.path])
    let error = Reading.error { _ = try Reading.rows(scan) }
    #expect(error?.code == .badRow)
    #expect(Reading.error { _ = try scan.revised(after: error ?? EndlessRevision()) }?.code == .damaged)
  }

  @Test("are known by their content, not by their name")
  func names() throws {
    let plain = TemporaryFile("a,b\n1,2\n", name: "plain.csv.gz")
    #expect(try CSVScan.open([plain.path]).compressedFileCount == 0)
    let compressed = TemporaryFile(Gzip.wrapped("a,b\n1,2\n".utf8), name: "compressed.csv")
    #expect(try CSVScan.open([compressed.path]).compressedFileCount == 1)
    let both = try CSVScan.open([plain.path, compressed.path, plain.path])
    #expect(try Reading.texts(both) == [["1", "2"], ["1", "2"], ["1", "2"]])
  }

  @Test("without text are empty, and compressed twice are no text")
  func nothing() throws {
    func code(_ bytes: [UInt8]) -> CSVError.Code? {
      let file = TemporaryFile(bytes, name: "x.csv.gz")
      return Reading.error { _ = try CSVScan.open([file.path]) }?.code
    }
    #expect(code([]) == .empty)
    #expect(code(Gzip.wrapped([])) == .empty)
    #expect(code(Gzip.wrapped([0xEF, 0xBB, 0xBF])) == .empty)
    #expect(code(Gzip.wrapped(Gzip.wrapped("a\n1\n".utf8))) == .notText)
  }

  @Test("are widened, have lines in errors, and tell about how many rows they have")
  func types() throws {
    let rows = String(repeating: "12,345\n", count: 200_000)
    let file = TemporaryFile(Gzip.wrapped("a,b\n\(rows)1,x\n".utf8))
    let scan = try CSVScan.open([file.path])
    #expect(scan.schema.fields.map(\.type) == [.int64, .int64])
    #expect(abs(scan.estimatedRows.count / 200_001 - 1) < 0.1)
    #expect(scan.partitionBytes < 1_500_000)
    let revised = try Reading.revised(scan)
    #expect(revised.scan.schema.fields.map(\.type) == [.int64, .string])
    #expect(revised.scan.columns[1].evidence.cause == "'x' in line 200002")
    #expect(revised.rows.count == 200_001)
  }

  @Test("are read beside plain ones in partitions of any size")
  func mixed() throws {
    let rows = (0..<300).map { "\($0),\"x\n\($0)\"\n" }.joined()
    let file = TemporaryFile("a,b\n\(rows)")
    let compressed = TemporaryFile(Gzip.wrapped("a,b\n\(rows)".utf8))
    for size in [50, 333, 1 << 20] {
      var options = CSVOptions()
      options.partitionSize = size
      let alone = try CSVScan.open([file.path], options: options).partitionCount
      let scan = try CSVScan.open([file.path, compressed.path, file.path], options: options)
      #expect(scan.partitionCount == 2 * alone + 1)
      let whole = try scan.withExactStarts()
      #expect(try Reading.texts(whole).count == 900)
      #expect(Set(try Reading.texts(whole).map { $0[1] }).count == 300)
    }
  }

  @Test("of JSON are read in both layouts")
  func json() throws {
    func rows(_ text: String, _ layout: JSONLayout) throws -> [[Value]] {
      let file = TemporaryFile(Gzip.wrapped(text.utf8), name: "x.json")
      var options = JSONOptions()
      options.layout = layout
      options.partitionSize = 1000
      let scan = try JSONScan.open([file.path], options: options)
      #expect(scan.partitionCount == 1)
      let reader = try JSONPartitionReader(scan, partition: 0, columns: [0])
      var rows: [[Value]] = []
      while try reader.nextBlock() {
        let column = try reader.column(0)
        rows += (0..<reader.rowCount).map { [column[$0]] }
      }
      return rows
    }
    // Lines of all lengths, so that many are carried from one block to the next; the last has no newline.
    let texts = (0..<2000).map { String(repeating: "x", count: $0) }
    let records = texts.map { "{\"a\":\"\($0)\"}" }
    let expected = texts.map { [Value.string($0)] }
    #expect(try rows(records.joined(separator: "\n"), .lines) == expected)
    #expect(try rows("[" + records.joined(separator: ",\n") + "]", .document) == expected)
  }
}
