import Columnar
import TestSupport
import Testing

@testable import CSV

@Suite("Rows of another width")
struct BadRowTests {
  private static func options(_ policy: BadRowPolicy) -> CSVOptions {
    var options = CSVOptions()
    options.badRows = policy
    options.delimiter = UInt8(ascii: ",")
    return options
  }

  /// How many fields all partitions of a scan, whose records are known, drop.
  private static func droppedFieldCount(_ scan: CSVScan) throws -> Int {
    var extent: ScanExtent?
    for index in 0..<scan.partitionCount {
      let reader = try CSVPartitionReader(scan, partition: index)
      while try reader.nextBlock() {}
      if let seen = reader.extent { extent = try extent?.joined(seen) ?? seen }
    }
    return extent?.droppedFieldCount ?? 0
  }

  @Test("that are kept are filled up with null or cut, in partitions of any size")
  func kept() throws {
    let file = TemporaryFile("a,b\n1,2\n3\n4,5,6,x\n\n7,8\r\n9")
    for size in 1...30 {
      let scan = Reading.cut(try CSVScan.open([file.path], options: Self.options(.keep)), into: size)
      let revised = try Reading.revised(scan)
      #expect(
        revised.rows == [
          [.int(1), .int(2)], [.int(3), .null], [.int(4), .int(5)], [.int(7), .int(8)], [.int(9), .null],
        ])
      #expect(try Self.droppedFieldCount(revised.scan) == 2)
    }
  }

  @Test("that are kept are those of a plain parser, filled up and cut", arguments: 0..<16)
  func randomRows(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    var text = "a,b,c\n"
    for _ in 0..<Int.random(in: 1...(seed == 0 ? 30_000 : 40), using: &generator) {
      let fields = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        ["", "1", "long enough for no view", "\"q,\"\"\n\"", "\"\"", "é"].randomElement(using: &generator) ?? ""
      }
      text += fields.joined(separator: ",") + (["\n", "\r\n"].randomElement(using: &generator) ?? "")
    }
    let records = NaiveCSV().records(Array(text.utf8)).dropFirst().filter { $0 != [NaiveCSV.Field()] }
    let expected = records.map { record in (0..<3).map { $0 < record.count ? record[$0].text : nil } }
    let file = TemporaryFile(text)
    let kept = try Reading.openAsText(file.path, Self.options(.keep))
    for size in [7, 100, 1 << 20] {
      let cut = try Reading.cut(kept, into: size).withExactStarts()
      #expect(try Reading.texts(cut) == expected)
      #expect(try Self.droppedFieldCount(cut) == records.reduce(0) { $0 + max(0, $1.count - 3) })
    }
  }

  @Test("that lack hundreds of fields at the end of a file are filled up with nulls of every type")
  func wide() throws {
    let types: [DType] = [.int64, .float64, .date, .string, .bool, .int32]
    let names = (0..<600).map { "c\($0)" }
    var options = Self.options(.keep)
    options.types = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, types[$0 % types.count]) })
    let file = TemporaryFile(names.joined(separator: ",") + "\n" + String(repeating: "5\n", count: 9) + "7")
    let rows = try Reading.rows(CSVScan.open([file.path], options: options))
    #expect(rows.map { $0[0] } == Array(repeating: .int(5), count: 9) + [.int(7)])
    #expect(rows.allSatisfy { $0[1...].allSatisfy(\.isNull) })
  }

  @Test("that are left out are written with file, line and reason, and their bytes as they are")
  func rejects() throws {
    let file = TemporaryFile(Array("a,b\n1,2\n3\n\"4\n\",\"x\",6\n\n7,8\n".utf8) + [0xFF, 0x2C, 0x2C, 0x0D, 0x0A])
    let second = TemporaryFile(Gzip.wrapped("a,b\n\n\n9\n".utf8))
    let expected =
      Array(
        """
        file,line,reason,text
        \(file.path),3,"the row has 1 field, the header has 2",3
        \(file.path),4,"the row has 3 fields, the header has 2","\"\"4
        \"\",\"\"x\"\",6"
        \(file.path),8,"the row has 3 fields, the header has 2","
        """.utf8) + [0xFF]
      + Array(",,\"\n\(second.path),4,\"the row has 1 field, the header has 2\",9\n".utf8)
    for size in [1, 5, 100] {
      let scan = try CSVScan.open([file.path, second.path], options: Self.options(.skip))
      var written: [UInt8] = []
      #expect(try Reading.cut(scan, into: size).writeRejectedRows { written += $0 } == 4)
      #expect(written == expected)
    }
  }

  @Test("are written without end, a piece at a time")
  func manyRejects() throws {
    let file = TemporaryFile("a,b\n" + (0..<10_000).map { "\($0)\n" }.joined())
    let scan = try CSVScan.open([file.path], options: Self.options(.skip))
    var lines: [Substring] = []
    var pieces = 0
    let count = try scan.writeRejectedRows { bytes in
      pieces += 1
      lines += String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
    #expect(count == 10_000)
    #expect(pieces > 2)
    #expect(lines.count == 10_001)
    #expect(lines.last?.hasSuffix(",10001,\"the row has 1 field, the header has 2\",9999") == true)
  }

  @Test("that do not exist leave a header alone; a file that has changed is an error")
  func noRejects() throws {
    let file = TemporaryFile("a,b\n1,2\n")
    let scan = try CSVScan.open([file.path])
    var written: [UInt8] = []
    #expect(try scan.writeRejectedRows { written += $0 } == 0)
    #expect(written == Array("file,line,reason,text\n".utf8))
    file.write(Array("a,b\n1\n1\n".utf8))
    #expect(Reading.error { try scan.writeRejectedRows { _ in } }?.code == .changed)
  }
}
