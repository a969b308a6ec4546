import Columnar
import Glibc
import Testing

@testable import CSV

@Suite("What goes wrong is said with its place and a way out")
struct CSVErrorTests {
  private func failure(_ text: String, _ options: CSVOptions = CSVOptions()) -> CSVError? {
    failure(Array(text.utf8), options)
  }

  /// The error of opening and reading a file completely, also when it is cut into pieces of a few bytes.
  private func failure(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions()) -> CSVError? {
    let file = TemporaryFile(bytes)
    let whole = Reading.error { _ = try Reading.revised(CSVScan.open([file.path], options: options)) }
    for size in [1, 5, 30] {
      let cut = Reading.error {
        _ = try Reading.revised(Reading.cut(CSVScan.open([file.path], options: options), into: size))
      }
      #expect(cut?.description == whole?.description, "partitions of \(size) bytes")
    }
    return whole
  }

  @Test("a missing file")
  func missing() {
    let error = Reading.error { _ = try CSVScan.open(["/nowhere/prices.csv"]) }
    #expect(error?.description == "/nowhere/prices.csv: no such file")
    #expect(error?.code == .unreadable)
  }

  @Test("a folder")
  func folder() {
    let file = TemporaryFile("a\n1\n")
    let error = Reading.error { _ = try CSVScan.open([file.folder]) }
    #expect(error?.message == "is a folder, not a file")
    #expect(error?.hint == "name its files with a pattern: '\(file.folder)/*.csv'")
  }

  @Test("a pipe, without waiting for somebody to write to it")
  func pipe() {
    let file = TemporaryFile("")
    #expect(mkfifo("\(file.folder)/pipe", 0o600) == 0)
    let error = Reading.error { _ = try CSVScan.open(["\(file.folder)/pipe"]) }
    #expect(error?.message.hasPrefix("is not a regular file") == true)
  }

  @Test("a file that may not be read", .enabled(if: geteuid() != 0, "root may read everything"))
  func permission() {
    let file = TemporaryFile("a\n1\n")
    #expect(chmod(file.path, 0) == 0)
    #expect(Reading.error { _ = try CSVScan.open([file.path]) }?.message == "no permission to read it")
  }

  @Test("an empty file", arguments: ["", "\n", "\r\n\n\n", "\u{FEFF}", "\u{FEFF}\n"])
  func empty(text: String) {
    let error = failure(text)
    #expect(error?.code == .empty)
    #expect(error?.message == "the file is empty: it has no header and no rows")
  }

  @Test("a header alone is no error", arguments: ["a,b", "a,b\n", "a,b\r\n", "\u{FEFF}a,b", "\na,b", "a,b\n\n"])
  func headerOnly(text: String) throws {
    let file = TemporaryFile(text)
    let scan = try CSVScan.open([file.path])
    #expect(scan.schema.names == ["a", "b"])
    #expect(scan.schema.fields.map(\.type) == [.null, .null])
    #expect(try Reading.rows(scan).isEmpty)
    #expect(try Reading.rows(scan.withExactStarts()).isEmpty)
  }

  @Test(
    "a row of another width",
    arguments: [
      ("a,b\n1,2\n\n3\n", 4, "the row has 1 field, the header has 2"),
      ("a,b\n1,2\n1,2,3\n4,5\n", 3, "the row has 3 fields, the header has 2"),
      ("a,b\n\"1\n1\",2\n,,", 4, "the row has 3 fields, the header has 2"),
      ("a,b\n1,2\n \n", 3, "the row has 1 field, the header has 2"),
    ])
  func width(text: String, line: Int, message: String) {
    let error = failure(text)
    #expect(error?.code == .badRow)
    #expect(error?.line == line)
    #expect(error?.message == message)
    #expect(error?.hint?.hasPrefix("to leave such rows out: --on-bad-row skip") == true)
  }

  @Test("rows of another width are left out when that is wanted")
  func skipped() throws {
    var options = CSVOptions()
    options.badRows = .skip
    let file = TemporaryFile("a,b\n1,2\n3\n4,5,6\n\n7,8\n9")
    for size in 1...30 {
      let scan = Reading.cut(try CSVScan.open([file.path], options: options), into: size)
      #expect(try Reading.revised(scan).rows == [[.int(1), .int(2)], [.int(7), .int(8)]])
    }
  }

  @Test(
    "a quote that is never closed names the line on which it opens",
    arguments: [
      ("a,b\n1,2\n3,\"four\n5,6\n7,8\n", 3), ("a,b\n\"1\n1\",\"\n\n\n", 3), ("\"a,b\n1,2\n", 1), ("a,b\n1,\"", 2),
    ])
  func openQuote(text: String, line: Int) {
    let error = failure(text)
    #expect(error?.code == .openQuote)
    #expect(error?.message == "a quoted field opens here and is never closed")
    #expect(error?.line == line)
  }

  @Test("a quote that is not closed for very long, and a record without an end")
  func tooLong() {
    var options = CSVOptions()
    options.maximumRecordSize = 50_000
    let long = String(repeating: "0123456789\n", count: 60_000)
    let quoted = failure("a,b\n1,2\n3,\"\(long)\"\n", options)
    #expect(quoted?.code == .openQuote)
    #expect(quoted?.message == "a quoted field opens here and is never closed within 50000 bytes")
    #expect(quoted?.line == 3)
    let plain = failure("a,b\n1,2\n3,\(long.filter { $0 != "\n" })\n", options)
    #expect(plain?.code == .recordTooLong)
    #expect(plain?.message == "a record is longer than 50000 bytes")
    #expect(plain?.line == 3)
  }

  @Test(
    "bytes that are no UTF-8",
    arguments: [[0xFF], [0xC3], [0xE9, 0x61], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    for quote in ["", "\""] {
      let error = failure(Array("a,b\n1,x\n2,é\n3,\(quote)".utf8) + bytes + Array("\(quote)\n".utf8))
      #expect(error?.code == .notText)
      #expect(error?.message == "the text is not valid UTF-8")
      #expect(error?.line == 4)
      #expect(error?.column == "b")
      #expect(error?.hint == "say which encoding the file has, as in: --encoding latin-1")
    }
    let header = failure(Array("\n\na,".utf8) + bytes + Array("\n1,2\n".utf8))
    #expect(header?.message == "the header is not valid UTF-8")
    #expect(header?.line == 3)
  }

  @Test("a NUL byte")
  func nul() {
    let error = failure("a,b\n1,2\n3,\0\n")
    #expect(error?.code == .notText)
    #expect(error?.message == "a NUL byte (byte 10 of the file)")
    #expect(error?.line == 3)
    #expect(error?.hint == "the file is not plain text; remove the byte with: tr -d '\\000'")
  }

  @Test("a NUL byte at the start of a later block is not taken for UTF-16")
  func laterNUL() throws {
    let input = TemporaryFile("a,b\n\0,2\n")
    let reader = RecordReader(
      file: try InputFile(path: input.path, encoding: .utf8),
      dialect: Dialect(delimiter: 44, quote: 34, escape: nil, comment: nil), start: 4, end: 8,
      maximumRecordSize: 1000)
    let error = Reading.error { _ = try reader.nextRecordFields() }
    #expect(error?.line == 2)
    #expect(error?.hint == "the file is not plain text; remove the byte with: tr -d '\\000'")
  }

  @Test("a file in UTF-16", arguments: [false, true], [false, true])
  func utf16(isBigEndian: Bool, hasMark: Bool) {
    let text = (hasMark ? "\u{FEFF}" : "") + "a,b\n1,2\n"
    var bytes: [UInt8] = []
    for unit in text.utf16 {
      let halves = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      bytes += isBigEndian ? halves : halves.reversed()
    }
    let error = failure(bytes)
    #expect(error?.code == .notText)
    #expect(error?.line == 1)
    #expect(error?.hint == "the file looks like UTF-16: read it with --encoding utf-16")
  }

  @Test("files with different columns")
  func mismatch() {
    let first = TemporaryFile("a,b\n1,2\n", name: "1.csv")
    let names = first.add("a,c\n1,2\n", name: "2.csv")
    let counts = first.add("a,b,c\n1,2,3\n", name: "3.csv")
    let error = Reading.error { _ = try CSVScan.open([first.path, names]) }
    #expect(error?.code == .mismatchedFiles)
    #expect(error?.file == names)
    #expect(error?.message == "the files do not have the same columns: column 2 is 'c', in \(first.path) it is 'b'")
    let other = Reading.error { _ = try CSVScan.open([first.path, counts]) }
    #expect(other?.message == "the files do not have the same columns: it has 3 columns, \(first.path) has 2")
  }

  @Test("a pattern that matches nothing")
  func pattern() {
    let file = TemporaryFile("a\n1\n")
    let error = Reading.error { _ = try CSVScan.open(["\(file.folder)/*.tsv"]) }
    #expect(error?.description == "\(file.folder)/*.tsv: no file matches this pattern")
  }

  @Test("a type for a column that is not there")
  func unknownColumn() {
    var options = CSVOptions()
    options.types = ["c": .int64]
    let error = failure("a,b\n1,2\n", options)
    #expect(error?.code == .badOption)
    #expect(error?.message == "a type is given for column 'c', which the file does not have")
    #expect(error?.hint == "its columns are: a, b")
  }

  @Test("a file that changes between opening and reading")
  func changedBeforeReading() throws {
    let file = TemporaryFile("a,b\n1,2\n")
    let scan = try CSVScan.open([file.path])
    file.write(Array("a,b\n1,2\n3,4\n".utf8))
    let error = Reading.error { _ = try Reading.rows(scan) }
    #expect(error?.code == .changed)
    #expect(error?.message == "the file changed from 8 to 12 bytes while it was read")
    file.write(Array("a,b\n5,6\n".utf8))
    #expect(Reading.error { _ = try Reading.rows(scan) }?.message == "the file was rewritten while it was read")
  }

  @Test("a file that changes or shrinks while it is read")
  func changedDuringReading() throws {
    let rows = String(repeating: "1,2\n", count: 200_000)
    let file = TemporaryFile("a,b\n" + rows)
    let scan = try CSVScan.open([file.path])
    let reader = try CSVPartitionReader(scan, partition: 0)
    #expect(try reader.nextBlock())
    file.truncate(to: 400_000)
    let error = Reading.error { while try reader.nextBlock() {} }
    #expect(error?.code == .changed)
    #expect(error?.message.hasPrefix("the file shrank while it was read") == true)
    #expect(error?.hint == "run again when nothing writes to the file")

    let grown = TemporaryFile("a,b\n" + rows)
    let other = try CSVPartitionReader(CSVScan.open([grown.path]), partition: 0)
    #expect(try other.nextBlock())
    grown.truncate(to: 900_000)
    #expect(Reading.error { while try other.nextBlock() {} }?.code == .changed)
  }

  @Test("a complaint about data that were changed meanwhile is a complaint about the change")
  func changeExplains() throws {
    let file = TemporaryFile("a,b\n1,2\n3,4\n")
    let scan = try CSVScan.open([file.path])
    let reader = try CSVPartitionReader(scan, partition: 0)
    file.write(Array("a,b\n1,2\n3,x\n".utf8))
    #expect(try reader.nextBlock())
    do {
      _ = try reader.column(1)
    } catch {
      #expect(Reading.error { _ = try scan.revised(after: error) }?.code == .changed)
    }
  }

  @Test("is printed with the place in front and the hint on a line of its own")
  func description() {
    var error = CSVError(.badValue, "it is bad", file: "x.csv")
    #expect(error.description == "x.csv: it is bad")
    error.line = 3
    error.column = "close"
    error.hint = "make it good"
    #expect(error.description == "x.csv, line 3, column close: it is bad\nmake it good")
  }
}
