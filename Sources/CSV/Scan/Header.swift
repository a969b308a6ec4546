/// The names of a file's columns and where its rows begin.
struct Header {
  let names: [String]
  /// Which names were made up because the header has no text there.
  let unnamed: Set<Int>
  let dataStart: Int

  /// Reads the first record, or only counts its fields when the file has no header.
  ///
  /// A column without a name is called after its position, `column_3`; a name that was there before gets a number,
  /// `price_2`.
  static func read(_ file: InputFile, _ dialect: Dialect, _ options: CSVOptions) throws -> Header {
    let start = try textStart(file, options)
    let reader = RecordReader(
      file: file, dialect: dialect, start: start, end: file.size, maximumRecordSize: options.maximumRecordSize)
    guard let fields = try reader.nextRecordFields() else {
      throw CSVError(.empty, "the file is empty: it has no header and no rows", file: file.path)
    }
    var names: [String] = []
    var taken: Set<String> = []
    var unnamed: Set<Int> = []
    for (index, field) in fields.enumerated() {
      if field.first != dialect.quote, field.contains(UInt8(ascii: "\r")) {
        throw CSVError(
          .notText, "its lines end in carriage returns alone, as on old Macs, so that all of it would be one line",
          file: file.path, hint: "turn them into line feeds first: tr '\\r' '\\n' < FILE")
      }
      var name = ""
      if options.hasHeader {
        name = try FieldText.withContent(field, quote: dialect.fieldQuote) { text in
          guard FieldText.isValidUTF8(text) else {
            throw CSVError(
              .notText, "the header is not valid UTF-8", file: file.path,
              line: LineNumber.of(offset: reader.nextRecord - 1, in: file),
              hint: "say which encoding the file has, as in: --encoding latin-1")
          }
          return String(decoding: text, as: UTF8.self)
        }
      }
      if name.isEmpty {
        name = "column_\(index + 1)"
        unnamed.insert(index)
      }
      var unique = name
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(name)_\(number)"
        number += 1
      }
      names.append(unique)
    }
    return Header(names: names, unnamed: unnamed, dataStart: options.hasHeader ? reader.nextRecord : start)
  }

  /// Where the text starts: behind a byte order mark and the lines that are to be skipped.
  static func textStart(_ file: InputFile, _ options: CSVOptions) throws -> Int {
    var start = 0
    try withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 64) { buffer in
      let mark = UnsafeMutableRawBufferPointer(rebasing: buffer[..<3])
      if try file.read(into: mark, at: 0) == 3, mark.elementsEqual([0xEF, 0xBB, 0xBF]) { start = 3 }
      var remaining = options.skippedLines
      while remaining > 0 {
        let count = try file.read(into: buffer, at: start)
        if count == 0 { break }
        for index in 0..<count where buffer[index] == UInt8(ascii: "\n") {
          remaining -= 1
          if remaining == 0 {
            start += index + 1
            return
          }
        }
        start += count
      }
    }
    return start
  }
}
