import Columnar

/// Reads the blocks of one range of a file, and finds the values in them.
final class JSONBlockReader {
  private let file: InputFile
  private let records: JSONRecords
  private let lines: JSONLines?
  private var pieces: ArraySlice<JSONLines.Block> = []
  private var isColumns = false

  /// What was found in the block that was read last.
  private(set) var block: JSONLines.Block?
  private(set) var rowCount = 0
  private(set) var hasEscape = false

  /// - Parameters:
  ///   - range: of a file of lines, where those begin that are read.
  ///   - dataStart: where the file's text begins.
  init(_ file: InputFile, range: Range<Int>, dataStart: Int, _ options: JSONOptions, _ records: JSONRecords) throws {
    (self.file, self.records) = (file, records)
    if options.layout == .document {
      let document = try JSONDocument(file, dataStart: dataStart)
      (lines, pieces, isColumns) = (nil, document.blocks[...], document.isColumns)
    } else {
      lines = JSONLines(
        file, try JSONLines.lines(of: range, in: file, dataStart: dataStart),
        maximumRecordSize: options.maximumRecordSize)
    }
  }

  /// Goes on to the next block; false behind the last.
  ///
  /// - Throws: `CSVError` for what is no JSON and no text.
  func next() throws -> Bool {
    // The lines can use the memory again unless a column shares it.
    block = nil
    guard let block = try lines?.next() ?? pieces.popFirst() else { return false }
    do {
      if let offset = JSONBlockReader.invalidText(block) { throw notText(block, offset) }
      (rowCount, hasEscape) = try isColumns ? records.parseColumns(block) : records.parse(block)
    } catch let mistake as JSONMistake {
      throw CSVError(mistake, in: block, of: file, isDocument: lines == nil)
    }
    self.block = block
    return true
  }

  private func notText(_ block: JSONLines.Block, _ offset: Int) -> CSVError {
    let place = LineNumber.place(of: block.fileOffset + offset, in: file)
    return CSVError(
      .notText, "the text is not valid UTF-8", file: file.path, line: place?.line, byte: place?.byte,
      hint: "say which encoding the file has, as in: --encoding latin-1")
  }

  /// The offset of the first byte that is no UTF-8, or nil.
  private static func invalidText(_ block: JSONLines.Block) -> Int? {
    let bytes = block.bytes(0..<block.length)
    if FieldText.isValidUTF8(bytes) { return nil }
    var at = 0
    while at < bytes.count {
      let length = max(1, (~bytes[at]).leadingZeroBitCount)
      let scalar = UnsafeRawBufferPointer(rebasing: bytes[at..<min(at + length, bytes.count)])
      if String(validating: scalar, as: UTF8.self) == nil { return at }
      at += length
    }
    return nil
  }
}

extension CSVError {
  init(_ mistake: JSONMistake, in block: JSONLines.Block, of file: InputFile, isDocument: Bool) {
    let place = LineNumber.place(of: block.fileOffset + mistake.offset, in: file)
    let isEnd = isDocument && mistake.message.hasPrefix("the line ends")
    self.init(
      .notJSON, isEnd ? "the file" + mistake.message.dropFirst(8) : mistake.message, file: file.path, line: place?.line,
      byte: place?.byte,
      hint: !isDocument && place?.line == 1 ? "a file that is one array or object is read by readJSON" : nil)
  }
}
