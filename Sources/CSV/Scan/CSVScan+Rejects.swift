import Columnar

extension CSVScan {
  /// Writes the rows of the files that have too few or too many fields: those that ``BadRowPolicy/skip`` leaves out.
  ///
  /// This is CSV with the columns `file`, `line`, `reason` and `text`, which are the row's bytes as they are in the file, or as they
  /// were decoded. Rows come in the order of the files. The files are read for this, from beginning to end, by this thread: so
  /// the result does not depend on what a query reads of them, or how.
  ///
  /// - Parameter sink: takes the text, in pieces. The bytes are valid during the call only.
  /// - Returns: How many rows there are.
  /// - Throws: `CSVError` when a file cannot be read, is no CSV, or has changed; what `sink` throws.
  /// - Complexity: O(bytes).
  @discardableResult
  public func writeRejectedRows(to sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
    try writeRejectedRows(hasHeader: true, to: sink)
  }

  package func writeRejectedRows(hasHeader: Bool, to sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
    var rejects = RejectedRows(hasHeader: hasHeader)
    for file in files {
      let input = try InputFile(path: file.path, encoding: options.encoding)
      try input.check(file.identity)
      // Lines are counted on another way through the file, which stays behind the first.
      let lines = LineCounter(try InputFile(path: file.path, encoding: options.encoding))
      let reader = RecordReader(
        file: input, dialect: dialect, start: file.dataStart, end: file.dataRange.upperBound,
        maximumRecordSize: options.maximumRecordSize)
      while try reader.next(
        fieldCount: columns.count,
        onBadRow: { row in
          rejects.append(file.path, try lines.line(of: row.offset), complaint(row), row.bytes)
          if rejects.isFull { try rejects.write(to: sink) }
          return false
        }) != nil
      {}
      try input.check(file.identity)
    }
    try rejects.write(to: sink)
    return rejects.writtenCount
  }

  /// What is wrong with a row.
  func complaint(_ row: RecordReader.BadRow) -> String {
    "the row has \(row.fieldCount) field\(row.fieldCount == 1 ? "" : "s"), the header has \(columns.count)"
  }

  /// How many fields may be missing in a row.
  var missingFields: Int { options.badRows == .keep ? columns.count : 0 }
}

/// Rows that are to be written.
private struct RejectedRows {
  private static let limit = 4096
  private static let schema = Schema([
    Field("file", .string), Field("line", .int64), Field("reason", .string), Field("text", .string),
  ])

  private var files: [String?] = []
  private var lines: [Int64?] = []
  private var reasons: [String?] = []
  private var texts: [[UInt8]] = []
  private var byteCount = 0
  private var writer = CSVWriter()
  private(set) var writtenCount = 0

  init(hasHeader: Bool) { writer.hasHeader = hasHeader }

  var isFull: Bool { texts.count == RejectedRows.limit || byteCount > 1 << 20 }

  mutating func append(_ file: String, _ line: Int, _ reason: String, _ text: UnsafeRawBufferPointer) {
    files.append(file)
    lines.append(Int64(line))
    reasons.append(reason)
    texts.append(Array(text))
    byteCount += text.count
  }

  /// Writes the rows, behind the header if they are the first, and forgets them.
  mutating func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    var strings = StringBuilder(capacity: texts.count)
    for text in texts { text.withUnsafeBytes { strings.append($0) } }
    let batch = RecordBatch(
      schema: RejectedRows.schema,
      columns: [
        Column(files), Column(lines), Column(reasons), Column(type: .string, values: .string(strings.freeze())),
      ],
      rowCount: texts.count)
    try writer.write(batch, to: sink)
    writer.hasHeader = false
    writtenCount += texts.count
    (files, lines, reasons, texts, byteCount) = ([], [], [], [], 0)
  }
}
