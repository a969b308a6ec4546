import Columnar
import TestSupport
import Testing

@testable import CSV

@Suite("Partitions")
struct CSVPartitionReaderTests {
  @Test("of every size give the rows of a plain parser, or notice that a guess was wrong", arguments: 0..<24)
  func everySize(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let csv = RandomCSV(size: 10 + seed * 8, &generator)
    try checkAllSizes(csv.bytes, sizes: Array(1...csv.bytes.count + 1))
  }

  @Test("of some sizes do so in files of several blocks", arguments: 100..<103)
  func largeFiles(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let csv = RandomCSV(size: 40_000, &generator)
    try checkAllSizes(csv.bytes, sizes: [700, 4096, 33_000, 100_000])
  }

  @Test("do so in random files of random sizes")
  func randomFiles() throws {
    try Fuzz.run("partitions") { generator in
      let csv = RandomCSV(size: Int.random(in: 5...3000, using: &generator), &generator)
      try checkAllSizes(
        csv.bytes,
        sizes: (0..<4).map { _ in Int.random(in: max(1, csv.bytes.count / 40)...csv.bytes.count, using: &generator) })
    }
  }

  @Test("of every size do so where a backslash makes a quote mean itself", arguments: 0..<24)
  func escapes(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let csv = RandomCSV(size: 10 + seed * 8, hasEscapes: true, &generator)
    try checkAllSizes(csv.bytes, sizes: Array(1...csv.bytes.count + 1), escape: UInt8(ascii: "\\"))
  }

  private func checkAllSizes(_ bytes: [UInt8], sizes: [Int], escape: UInt8? = nil) throws {
    let expected = NaiveCSV(escape: escape).rows(bytes)
    let file = TemporaryFile(bytes)
    var options = CSVOptions()
    options.delimiter = UInt8(ascii: ",")
    options.escape = escape
    let scan = try Reading.openAsText(file.path, options)
    for size in sizes {
      let cut = Reading.cut(scan, into: size)
      if let rows = try guessed(cut), rows != expected {
        Issue.record(
          "partitions of \(size) bytes give \(rows) and not \(expected) of \(String(decoding: bytes, as: UTF8.self))")
      }
      let exact = try cut.withExactStarts()
      if try Reading.texts(exact) != expected {
        Issue.record(
          "exact partitions of \(size) bytes give other rows than \(expected) of \(String(decoding: bytes, as: UTF8.self))"
        )
      }
    }
  }

  /// The rows by guessed boundaries, or nil when a guess was found to be wrong: what starts in the middle of a quoted
  /// field may also look like no CSV at all.
  private func guessed(_ scan: CSVScan) throws -> [[String?]]? {
    do {
      return try Reading.texts(scan)
    } catch ScanRevision.exactStarts {
      return nil
    } catch let error as CSVError where error.isAboutRecords {
      #expect(try scan.revised(after: error)?.exactStarts != nil, "a good file is refused: \(error)")
      return nil
    }
  }

  /// A file whose quoted fields look like rows of the right width: whoever starts inside one believes it.
  private static func trap(rows: Int, lines: Int) -> (bytes: [UInt8], expected: [[String?]]) {
    var text = "id,note,value\n"
    var expected: [[String?]] = []
    for row in 0..<rows {
      let note = (0..<lines).map { "\(row).\($0),looks like a row,7" }.joined(separator: "\n")
      text += "\(row),\"\n\(note)\n\",5\n"
      expected.append(["\(row)", "\n\(note)\n", "5"])
    }
    return (Array(text.utf8), expected)
  }

  @Test("that were guessed from text that only looks like CSV are found out", arguments: [1, 3, 20, 300])
  func traps(lines: Int) throws {
    let (bytes, expected) = Self.trap(rows: max(3, 120 / lines), lines: lines)
    let file = TemporaryFile(bytes)
    let scan = try Reading.openAsText(file.path)
    var wrongGuesses = 0
    for count in 2...25 {
      let cut = Reading.cut(scan, into: max(1, bytes.count / count))
      let exact = try cut.withExactStarts()
      if let rows = try guessed(cut) {
        #expect(rows == expected)
      } else {
        wrongGuesses += 1
      }
      let (rows, last, revisions) = try Reading.revised(cut)
      #expect(rows.map { $0.map(\.description) } == expected.map { $0.map { $0 ?? "null" } })
      #expect(revisions <= 1)
      #expect(try Reading.texts(exact) == expected)
      if revisions == 1 { #expect(last.exactStarts == exact.exactStarts) }
    }
    // Inside a field of many lines no bytes nearby tell, so that the guesses must have been wrong.
    if lines == 300 { #expect(wrongGuesses > 0) }
  }

  @Test("without any record of their own are fine")
  func emptyPartitions() throws {
    let long = String(repeating: "long ", count: 4000)
    let file = TemporaryFile("a,b\n1,\(long)\n2,\"\(long)\n\(long)\"\n3,x\n")
    let scan = try Reading.openAsText(file.path)
    for size in [100, 1000, 5000, 19_000, 25_000] {
      let rows = try Reading.revised(Reading.cut(scan, into: size)).rows
      #expect(rows.map { $0[0] } == [.string("1"), .string("2"), .string("3")])
      #expect(rows[1][1] == .string("\(long)\n\(long)"))
    }
  }

  @Test("keep their strings when the next block is read")
  func stringsOutliveBlocks() throws {
    let expected = (0..<9000).map { "\($0)" + String(repeating: "abcdefghij", count: 7) }
    let file = TemporaryFile("x\n" + expected.map { "\($0)\n" }.joined())
    let scan = try CSVScan.open([file.path])
    let reader = try CSVPartitionReader(scan, partition: 0)
    var columns: [Column] = []
    while try reader.nextBlock() { columns.append(try reader.column(0)) }
    #expect(columns.count > 2)
    #expect(columns.flatMap { column in (0..<column.count).map { column[$0] } } == expected.map(Value.string))
  }

  @Test("read a column as often as it is asked for, and only then")
  func onlyWantedColumns() throws {
    var bytes = Array("a,b\n1,x\n2,".utf8)
    bytes += [0xFF, 10]
    let file = TemporaryFile(bytes)
    let reader = try CSVPartitionReader(CSVScan.open([file.path]), partition: 0)
    #expect(try reader.nextBlock())
    for _ in 0..<2 { #expect(try reader.column(0)[1] == .int(2)) }
    #expect(throws: CSVError.self) { try reader.column(1) }
  }
}
