import Columnar

/// Reads one partition of a JSON scan, a block of rows at a time, converting only the columns that are asked for.
package final class JSONPartitionReader: PartitionReader {
  private let scan: JSONScan
  private let file: InputFile
  private let identity: FileIdentity
  private let records: JSONRecords
  private let blocks: JSONBlockReader

  /// Opens the partition's file.
  ///
  /// - Parameter columns: those that may be asked for.
  /// - Throws: `CSVError` when the file cannot be read or is no longer the one that was scanned.
  package init(_ scan: JSONScan, partition index: Int, columns: [Int]) throws {
    self.scan = scan
    let partition = scan.partitions[index]
    let source = scan.files[partition.file]
    identity = source.identity
    file = try InputFile(path: source.path, encoding: scan.options.encoding)
    try file.check(identity)
    var isWanted = [Bool](repeating: false, count: scan.columns.count)
    for column in columns { isWanted[column] = true }
    records = JSONRecords(JSONKeyTree(scan.keys), .read(columns: isWanted))
    blocks = try JSONBlockReader(
      file, range: partition.range, dataStart: source.dataStart, scan.options, records)
  }

  /// Goes on to the next block of rows; false behind the last one.
  ///
  /// - Throws: `CSVError` for what is no JSON, also when the file has changed; an internal error for a key that no column has,
  ///   which makes the engine find all keys and read again.
  package func nextBlock() throws -> Bool {
    let isThere = try blocks.next()
    if records.sawNewKey { throw ScanRevision.newKeys }
    if !isThere { try file.check(identity) }
    return isThere
  }

  package var rowCount: Int { blocks.block == nil ? 0 : blocks.rowCount }

  /// Boundaries of lines are no guesses: there is nothing to compare.
  package var extent: ScanExtent? { nil }

  package func column(_ index: Int) throws -> Column {
    guard let block = blocks.block, let bounds = records.bounds(index) else {
      preconditionFailure("a column can be read only after nextBlock() returned true, and when it was announced")
    }
    let column = scan.columns[index]
    let parser = JSONColumnParser(
      block, hasEscape: blocks.hasEscape, type: column.type, isGiven: column.isGiven)
    func field(_ row: Int) -> Range<Int> { Int(bounds.starts[row])..<Int(bounds.ends[row]) }
    do {
      return try parser.parse(starts: bounds.starts, ends: bounds.ends, count: blocks.rowCount)
    } catch let invalid as InvalidEscape {
      let place = place(block, field(invalid.row))
      throw CSVError(
        .notJSON, "half of a surrogate pair, \\ud800 to \\udfff, stands alone in a string", file: file.path,
        line: place?.line, byte: place?.byte, column: column.name)
    } catch let contradiction as Contradiction {
      let range = field(contradiction.row)
      let place = place(block, range)
      let text = quoted(block.bytes(range))
      if column.isGiven {
        throw CSVError(
          .badValue, "\(text) is not of the given type \(column.type)", file: file.path, line: place?.line,
          byte: place?.byte, column: column.name, hint: "give a wider type, or leave the type out to have it inferred")
      }
      let type = (0..<blocks.rowCount).reduce(DType.null) { $0.widened(with: JSONField.inferred(block, field($1))) }
      // A value of the column's own type is refused only where it would lose digits.
      let isKnown = column.type.widened(with: type) == column.type
      throw ScanRevision.widen([
        index: Widening(
          type: isKnown ? column.type.asText : type, cause: text + (place.map { " in line \($0.line)" } ?? ""))
      ])
    }
  }

  private func place(_ block: JSONLines.Block, _ range: Range<Int>) -> (line: Int, byte: Int)? {
    LineNumber.place(of: block.fileOffset + range.lowerBound, in: file)
  }
}

extension DType {
  /// Text, or lists of texts of lists.
  fileprivate var asText: DType { element.map { .list($0.asText) } ?? .string }
}
