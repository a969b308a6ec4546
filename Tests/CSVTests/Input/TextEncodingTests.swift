import Columnar
import TestSupport
import Testing

@testable import CSV

@Suite("Encodings")
struct TextEncodingTests {
  private func texts(_ bytes: [UInt8], _ encoding: TextEncoding) throws -> [[String?]] {
    let file = TemporaryFile(bytes)
    var options = CSVOptions()
    options.encoding = encoding
    options.delimiter = UInt8(ascii: ",")
    return try Reading.texts(Reading.openAsText(file.path, options))
  }

  private func error(_ bytes: [UInt8], _ encoding: TextEncoding) -> CSVError? {
    Reading.error { _ = try texts(bytes, encoding) }
  }

  private static func utf16(_ text: String, isLittleEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit)]
      return isLittleEndian ? bytes.reversed() : bytes
    }
  }

  @Test("of one byte a character give their characters")
  func bytes() throws {
    let all = (0xA0...0xFF).map { UInt8($0) }
    let row = Array("\"a\",".utf8) + all + Array("\n".utf8)
    let latin = String(String.UnicodeScalarView(all.map { Unicode.Scalar($0) }))
    #expect(try texts(Array("x,é\n".unicodeScalars.map { UInt8($0.value) }) + row, .latin1) == [["a", latin]])
    #expect(try texts(Array("x,y\n".utf8) + row, .windows1252) == [["a", latin]])
    #expect(try texts([UInt8](Array("x,y\n1,".utf8)) + [0x80, 0x93], .windows1252) == [["1", "€“"]])
  }

  @Test("of UTF-16 give the rows of the same text in UTF-8, with and without a mark", arguments: 0..<10)
  func wide(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let csv = RandomCSV(size: seed == 0 ? 300_000 : 20 + seed * 30, &generator)
    let text = String(
      decoding: csv.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? csv.bytes.dropFirst(3) : csv.bytes[...], as: UTF8.self)
    let expected = NaiveCSV().rows(csv.bytes)
    for isLittleEndian in [false, true] {
      let bytes = TextEncodingTests.utf16(text, isLittleEndian: isLittleEndian)
      let mark: [UInt8] = isLittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]
      let encoding = isLittleEndian ? TextEncoding.utf16LittleEndian : .utf16BigEndian
      #expect(try texts(bytes, encoding) == expected)
      #expect(try texts(mark + bytes, encoding) == expected)
      #expect(try texts(mark + bytes, .utf16) == expected)
      #expect(try texts(Gzip.wrapped(mark + bytes), .utf16) == expected)
    }
  }

  @Test("that the bytes do not have are errors with a line, never fewer rows")
  func invalid() throws {
    let text = TextEncodingTests.utf16("\u{FEFF}a,b\n1,x\n", isLittleEndian: true)
    let odd = error(text + [0x41], .utf16)
    #expect(odd?.message == "the file ends in the middle of a character of utf-16")
    #expect(odd?.line == 3)
    #expect(odd?.code == .notText)
    // Half of a pair: with something behind it, and as the last thing.
    #expect(error(text + [0x00, 0xD8, 0x0A, 0x00], .utf16)?.message == "the bytes 0x00 0xD8 are no text in utf-16")
    #expect(error(text + [0x00, 0xD8], .utf16)?.message == "the file ends in the middle of a character of utf-16")
    #expect(error(text + [0x00, 0xDC, 0x0A, 0x00], .utf16)?.line == 3)
    let rows = Array(String(repeating: "1,2\n", count: 100_000).utf8)
    let late = error(Array("a,b\n".utf8) + rows + [0x81], .windows1252)
    #expect(late?.message == "the byte 0x81 is no text in windows-1252")
    #expect(late?.line == 100_002)
    let unmarked = error(TextEncodingTests.utf16("a,b\n", isLittleEndian: true), .utf16)
    #expect(unmarked?.message == "the file has no byte order mark, which utf-16 needs")
  }

  @Test("have names that the system knows, some of them several")
  func names() {
    #expect(TextEncoding(name: "UTF8") == .utf8)
    #expect(TextEncoding(name: "ISO-8859-1") == .latin1)
    #expect(TextEncoding(name: "Latin1") == .latin1)
    #expect(TextEncoding(name: "cp1252") == .windows1252)
    #expect(TextEncoding(name: "UTF-16LE") == .utf16LittleEndian)
    for name in TextEncoding.commonNames { #expect(TextEncoding(name: name) != nil) }
    for name in ["", "klingon", "latin1//IGNORE", "utf-8//TRANSLIT"] { #expect(TextEncoding(name: name) == nil) }
  }

  @Test("of JSON are given in its options")
  func json() throws {
    let file = TemporaryFile(Array("{\"é\":\"ü\"}\n".unicodeScalars.map { UInt8($0.value) }))
    var options = JSONOptions()
    options.encoding = .latin1
    let scan = try JSONScan.open([file.path], options: options)
    #expect(scan.columns.map(\.name) == ["é"])
    let reader = try JSONPartitionReader(scan, partition: 0, columns: [0])
    #expect(try reader.nextBlock())
    #expect(try reader.column(0)[0] == .string("ü"))
  }
}
