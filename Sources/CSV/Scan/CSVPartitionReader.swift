import Columnar

/// Reads one partition of a scan, a block of rows at a time, parsing only the columns that are asked for.
public final class CSVPartitionReader: PartitionReader {
  private let scan: CSVScan
  private let partition: CSVScan.Partition
  private let file: InputFile
  private let records: RecordReader?
  private let firstRecord: Int?
  private var block: RecordBlock?
  private var parsers: [ColumnParser?]
  /// How many fields were left out of rows that have too many.
  private var droppedFieldCount = 0

  /// Opens the partition's file and finds its first record.
  ///
  /// - Throws: `CSVError` when the file cannot be read or is no longer the one that was scanned.
  public init(_ scan: CSVScan, partition index: Int) throws {
    self.scan = scan
    partition = scan.partitions[index]
    let source = scan.files[partition.file]
    file = try InputFile(path: source.path, encoding: scan.options.encoding)
    try file.check(source.identity)
    firstRecord = try scan.firstRecord(of: index, in: file)
    let file = file
    let end = partition.range.upperBound
    records = firstRecord.map {
      RecordReader(
        file: file, dialect: scan.dialect, start: $0, end: end,
        maximumRecordSize: scan.options.maximumRecordSize, missingFields: scan.missingFields)
    }
    parsers = Array(repeating: nil, count: scan.columns.count)
  }

  /// Goes on to the next block of rows; false behind the last one.
  ///
  /// - Throws: `CSVError` for what is no CSV, also when the file has changed.
  public func nextBlock() throws -> Bool {
    block = nil
    block = try records?.next(fieldCount: scan.columns.count, onBadRow: isKept)
    if block == nil { try file.check(scan.files[partition.file].identity) }
    return block != nil
  }

  /// How many rows the current block has.
  public var rowCount: Int { block?.rowCount ?? 0 }

  /// The values of one column of the current block. O(rows), each time it is called.
  ///
  /// - Throws: `CSVError` for bytes that are no text and for values that do not fit a given type. A value that does not
  ///   fit an inferred type throws an internal error that makes the engine widen the type and read again.
  public func column(_ index: Int) throws -> Column {
    guard let block else { preconditionFailure("a column can be read only after nextBlock() returned true") }
    let parser =
      parsers[index]
      ?? ColumnParser(
        type: scan.columns[index].type, isGiven: scan.columns[index].isGiven,
        nulls: NullValues(scan.options.nullValues), quote: scan.dialect.fieldQuote)
    parsers[index] = parser
    do {
      return try parser.parse(block, column: index)
    } catch let invalid as InvalidText {
      throw error(
        .notText, "the text is not valid UTF-8", block, invalid.row, index,
        hint: "say which encoding the file has, as in: --encoding latin-1")
    } catch let contradiction as Contradiction {
      let column = scan.columns[index]
      let field = block.bytes(block.field(contradiction.row, index))
      if column.isGiven {
        throw error(
          .badValue, "\(quoted(field)) is not of the given type \(column.type)", block, contradiction.row, index,
          hint: "give a wider type, or leave the type out to have it inferred")
      }
      let offset = block.fileOffset + block.field(contradiction.row, index).lowerBound
      let place = LineNumber.of(offset: offset, in: file).map { " in line \($0)" } ?? ""
      throw ScanRevision.widen([
        index: Widening(type: typeOfAll(block, index, parser.nulls), cause: quoted(field) + place)
      ])
    }
  }

  /// The records of the partition read so far, to check against its neighbours'.
  package var extent: ScanExtent? {
    ScanExtent(
      file: partition.file,
      PartitionExtent(
        range: partition.range, first: firstRecord, next: records?.nextRecord, droppedFieldCount: droppedFieldCount))
  }

  private func typeOfAll(_ block: RecordBlock, _ index: Int, _ nulls: NullValues) -> DType {
    var type = DType.null
    for row in 0..<block.rowCount where type != .string {
      let field = block.bytes(block.field(row, index))
      type = type.widened(with: DType.inferred(from: field, quote: scan.dialect.fieldQuote, nulls: nulls))
    }
    // A value of the column's own type is refused only where it would lose digits.
    let current = scan.columns[index].type
    return current.widened(with: type) == current ? .string : type
  }

  private func isKept(_ row: RecordReader.BadRow) throws -> Bool {
    switch scan.options.badRows {
    case .skip: return false
    case .keep:
      droppedFieldCount += max(0, row.fieldCount - scan.columns.count)
      return true
    default:
      throw CSVError(
        .badRow, scan.complaint(row), file: file.path, line: LineNumber.of(offset: row.offset, in: file),
        hint: "to leave such rows out: --on-bad-row skip; to fill them up: --on-bad-row keep")
    }
  }

  private func error(
    _ code: CSVError.Code, _ message: String, _ block: RecordBlock, _ row: Int, _ column: Int, hint: String
  ) -> CSVError {
    let offset = block.fileOffset + block.field(row, column).lowerBound
    return CSVError(
      code, message, file: file.path, line: LineNumber.of(offset: offset, in: file),
      column: scan.columns[column].name, hint: hint)
  }
}

/// A field's text for a message: quoted, on one line, and cut when it is long.
func quoted(_ field: UnsafeRawBufferPointer) -> String {
  // A character takes at most a few bytes, so this is enough of them.
  let text = String(decoding: field.prefix(400), as: UTF8.self)
  let line = text.prefix(40).map { $0.isNewline ? "↵" : $0 == "\t" ? " " : String($0) }.joined()
  return "'\(line)'" + (text.count > 40 ? "…" : "")
}
