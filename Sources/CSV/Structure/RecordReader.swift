import CSVSIMD
import Columnar
import Glibc

/// Reads the records that start in one byte range of a file, a block at a time.
///
/// A range owns the records that *start* in it. So the reader goes past the range's end to finish the last one:
///
///     range          |<------------------------->|
///     records   ...x\n|a,b,c\n|d,e,"f\nf"\n| ... |g,h,i\n|...
///                     first                       next: where the following range must begin
///
/// Bytes behind the last whole record are carried to the front of the next block. A block grows only when a single
/// record does not fit it.
final class RecordReader {
  static let blockSize = 256 << 10
  /// How far behind a range's end the last record is looked for at first.
  private static let lookahead = 4 << 10

  private let file: InputFile
  private let dialect: Dialect
  private let maximumRecordSize: Int
  private let blockSize: Int
  private let lookahead: Int
  private let end: Int
  /// So many bytes behind the last one may belong to fields that are missing, and are empty.
  private let slack: Int

  /// Where the file's text ends, as far as it is known.
  private var fileEnd: Int
  private var storage: Storage
  private var offsets: Storage
  private var walkedBounds: Storage?
  /// Where the block begins in the file.
  private(set) var blockOffset: Int
  /// How many bytes the block has.
  private var filled = 0
  /// How many of them were handed out as records.
  private var consumed = 0
  private var separatorCount = 0
  private var scan: SeparatorScan

  private static let padding = Int(CSV_SIMD_PADDING)

  /// - Parameters:
  ///   - start: where the first record starts.
  ///   - end: records that start here or later belong to somebody else.
  ///   - missingFields: how many fields may be missing in a row that is kept all the same.
  ///   - blockSize: how many bytes are read at once.
  init(
    file: InputFile, dialect: Dialect, start: Int, end: Int, maximumRecordSize: Int, missingFields: Int = 0,
    blockSize: Int = RecordReader.blockSize
  ) {
    self.file = file
    self.dialect = dialect
    self.end = end
    fileEnd = file.size
    slack = missingFields
    self.maximumRecordSize = maximumRecordSize
    self.blockSize = blockSize
    lookahead = min(RecordReader.lookahead, blockSize)
    blockOffset = start
    let buffers = ReaderMemory.take()
    storage = buffers?.block ?? RecordReader.makeStorage(capacity: 0)
    offsets = buffers?.offsets ?? Storage(byteCount: 0)
    scan = SeparatorScan(dialect)
  }

  deinit {
    // A block may be shared by string columns, and one that grew for a giant record is not worth keeping.
    if isKnownUniquelyReferenced(&storage), storage.byteCount <= 4 * RecordReader.blockSize {
      ReaderMemory.give(ReaderMemory.Buffers(block: storage, offsets: offsets))
    }
  }

  /// Where the record behind the last one handed out starts.
  var nextRecord: Int { min(blockOffset + consumed, fileEnd) }

  private var data: UnsafeMutablePointer<UInt8> {
    (storage.base + RecordReader.padding).assumingMemoryBound(to: UInt8.self)
  }

  /// One entry before the separators is kept free, for the bound before the first record.
  private var separators: UnsafeMutablePointer<UInt32> {
    offsets.base.assumingMemoryBound(to: UInt32.self) + 16
  }

  // MARK: Blocks of rows

  /// A row that has not as many fields as there are columns.
  struct BadRow {
    /// Where it begins in the file's text.
    let offset: Int
    let fieldCount: Int
    /// Its text, without the line end.
    let bytes: UnsafeRawBufferPointer
  }

  /// The next rows, of `fieldCount` fields each, or nil behind the range's last record.
  ///
  /// - Parameter onBadRow: called for a row with another number of fields. Returns whether it is kept: then missing fields are
  ///   empty, and those that are too many left out.
  /// - Throws: what `onBadRow` throws, and `CSVError` for what is no CSV.
  func next(fieldCount: Int, onBadRow: (BadRow) throws -> Bool) throws -> RecordBlock? {
    while nextRecord < min(end, fileEnd) {
      guard try fill() else { return nil }
      let limit = end - blockOffset
      if let rows = denseRowCount(fieldCount, limit) {
        consumed = Int(separators[rows * fieldCount - 1]) + 1
        return block(separators - 1, stride: fieldCount, rows: rows)
      }
      let rows = try walk(fieldCount, limit, onBadRow)
      if rows > 0, let walkedBounds {
        return block(walkedBounds.base.assumingMemoryBound(to: UInt32.self), stride: fieldCount + 1, rows: rows)
      }
    }
    return nil
  }

  private func block(_ bounds: UnsafePointer<UInt32>, stride: Int, rows: Int) -> RecordBlock {
    RecordBlock(
      storage: storage, dataOffset: RecordReader.padding, fileOffset: blockOffset, bounds: bounds, stride: stride,
      rowCount: rows, hasQuote: scan.sawQuote, hasNonASCII: scan.sawNonASCII)
  }

  /// How many rows there are before `limit` when all records have the right number of fields and end in a bare newline;
  /// else nil. At least one row.
  private func denseRowCount(_ fieldCount: Int, _ limit: Int) -> Int? {
    guard dialect.comment == nil, separatorCount == scan.newlineCount * fieldCount else { return nil }
    var rows = scan.newlineCount
    let separators = separators
    let data = data
    separators[-1] = UInt32.max  // one less than the first record's offset, 0
    for row in 1...rows {
      let end = Int(separators[row * fieldCount - 1])
      guard data[end] == UInt8(ascii: "\n"), data[end - 1] != UInt8(ascii: "\r") else { return nil }
    }
    while rows > 1, Int(separators[(rows - 1) * fieldCount - 1]) + 1 >= limit { rows -= 1 }
    return rows
  }

  /// Copies the bounds of the records before `limit` that are good or kept, one record at a time, and returns how many there are.
  private func walk(_ fieldCount: Int, _ limit: Int, _ onBadRow: (BadRow) throws -> Bool) throws -> Int {
    let needed = (scan.newlineCount * (fieldCount + 1) + 1) * MemoryLayout<UInt32>.stride
    if walkedBounds.map({ $0.byteCount < needed }) ?? true { walkedBounds = Storage(byteCount: needed) }
    guard let bounds = walkedBounds?.base.assumingMemoryBound(to: UInt32.self) else { return 0 }
    let separators = separators
    let data = data
    var rows = 0
    var start = 0
    var index = 0
    while index < separatorCount, start < limit {
      let first = index
      while data[Int(separators[index])] != UInt8(ascii: "\n") { index += 1 }
      let newline = Int(separators[index])
      let end = newline > start && data[newline - 1] == UInt8(ascii: "\r") ? newline - 1 : newline
      let isBlank = end == start && fieldCount > 1
      let isComment = dialect.comment.map { end > start && data[start] == $0 } ?? false
      let found = index - first + 1
      var isRow = !isBlank && !isComment
      if isRow, found != fieldCount {
        let bytes = UnsafeRawBufferPointer(start: data + start, count: end - start)
        isRow = try onBadRow(BadRow(offset: blockOffset + start, fieldCount: found, bytes: bytes))
      }
      if isRow {
        let row = bounds + rows * (fieldCount + 1)
        row[0] = UInt32(truncatingIfNeeded: start) &- 1
        for field in 0..<min(found, fieldCount) { row[field + 1] = separators[first + field] }
        if found <= fieldCount { row[found] = UInt32(end) }
        // An empty field lies between one byte and itself, wherever that is.
        for field in min(found, fieldCount)..<fieldCount { row[field + 1] = row[field] + 1 }
        rows += 1
      }
      start = newline + 1
      index += 1
    }
    consumed = start
    return rows
  }

  // MARK: Single records

  /// Calls `body` with the offset in the file and the number of fields of each record of the next block that starts before
  /// the range's end; returns false behind the last one.
  func nextRecords(_ body: (_ offset: Int, _ fieldCount: Int) -> Void) throws -> Bool {
    guard nextRecord < min(end, fileEnd), try fill() else { return false }
    var start = 0
    var first = 0
    for index in 0..<separatorCount where data[Int(separators[index])] == UInt8(ascii: "\n") {
      if blockOffset + start >= end { break }
      body(blockOffset + start, index - first + 1)
      start = Int(separators[index]) + 1
      first = index + 1
    }
    consumed = start
    return true
  }

  /// The fields of the next record that is not blank or a comment, quotes included, or nil behind the last one.
  func nextRecordFields() throws -> [UnsafeRawBufferPointer]? {
    while nextRecord < min(end, fileEnd) {
      guard try fill() else { return nil }
      var fields: [UnsafeRawBufferPointer] = []
      var start = 0
      for index in 0..<separatorCount {
        let at = Int(separators[index])
        let isLast = data[at] == UInt8(ascii: "\n")
        let end = isLast && at > start && data[at - 1] == UInt8(ascii: "\r") ? at - 1 : at
        fields.append(UnsafeRawBufferPointer(start: data + start, count: end - start))
        start = at + 1
        if isLast { break }
      }
      consumed = start
      let isBlank = fields.count == 1 && fields[0].isEmpty
      let isComment = dialect.comment.map { fields[0].first == $0 } ?? false
      if !isBlank, !isComment { return fields }
    }
    return nil
  }

  // MARK: Filling

  /// Reads until the block holds at least one whole record; false at the end of the file.
  private func fill() throws -> Bool {
    let carried = filled - consumed
    if isKnownUniquelyReferenced(&storage) {
      if carried > 0 { memmove(data, data + consumed, carried) }
    } else {
      // A string column still shares the bytes.
      let fresh = RecordReader.makeStorage(capacity: max(carried, blockSize))
      memcpy(fresh.base + RecordReader.padding, data + consumed, carried)
      storage = fresh
    }
    blockOffset += consumed
    consumed = 0
    filled = carried
    var wanted = min(blockSize, max(end + lookahead - (blockOffset + filled), 0))
    wanted = max(wanted, lookahead)
    while true {
      grow(to: filled + wanted)
      let target = UnsafeMutableRawBufferPointer(start: data + filled, count: wanted)
      let count = try file.read(into: target, at: blockOffset + filled)
      filled += count
      if count < wanted { fileEnd = blockOffset + filled }
      if filled == 0 { return false }
      let isAtEnd = blockOffset + filled >= fileEnd
      if try findSeparators(isAtEnd) { return true }
      if isAtEnd || filled > maximumRecordSize { throw tooLongRecord(isAtEnd) }
      wanted = min(max(filled, lookahead), maximumRecordSize + 1 - filled)
    }
  }

  /// Finds the separators of the whole records; false when there is no whole record.
  private func findSeparators(_ isAtEnd: Bool) throws -> Bool {
    var length = filled
    if isAtEnd, data[filled - 1] != UInt8(ascii: "\n") {
      data[filled] = UInt8(ascii: "\n")  // the last record need not end in a newline
      length += 1
    }
    scan = SeparatorScan(dialect)
    separatorCount = scan.find(data, length, separators)
    if scan.sawNUL { throw nulByte() }
    while separatorCount > 0, data[Int(separators[separatorCount - 1])] != UInt8(ascii: "\n") { separatorCount -= 1 }
    return separatorCount > 0
  }

  private static func makeStorage(capacity: Int) -> Storage {
    let storage = Storage(byteCount: padding + capacity + 1 + padding)
    // The kernels read the padding but never use it; defined bytes keep memory checkers quiet.
    memset(storage.base, 0x20, padding)
    memset(storage.base + padding + capacity, 0x20, padding + 1)
    return storage
  }

  private func grow(to size: Int) {
    let capacity = size + slack
    if storage.byteCount < 2 * RecordReader.padding + 1 + capacity {
      let grown = RecordReader.makeStorage(capacity: capacity)
      memcpy(grown.base + RecordReader.padding, storage.base + RecordReader.padding, filled)
      storage = grown
    }
    let needed = (capacity + 1 + 16 + 64) * MemoryLayout<UInt32>.stride
    if offsets.byteCount < needed { offsets = Storage(byteCount: needed) }
  }

  // MARK: Errors

  private func nulByte() -> CSVError {
    let at = memchr(data, 0, filled).map { $0 - UnsafeMutableRawPointer(data) } ?? 0
    let mark = blockOffset == 0 && filled > 1 ? (data[0], data[1]) : (0, 0)
    let isWide = mark == (0xFF, 0xFE) || mark == (0xFE, 0xFF) || blockOffset + at < 2
    return CSVError(
      .notText, "a NUL byte (byte \(blockOffset + at) of the file)", file: file.path,
      line: LineNumber.of(offset: blockOffset + at, in: file),
      hint: isWide
        ? "the file looks like UTF-16: read it with --encoding utf-16"
        : "the file is not plain text; remove the byte with: tr -d '\\000'")
  }

  private func tooLongRecord(_ isAtEnd: Bool) -> CSVError {
    if scan.isInsideQuotes, let open = openingQuote() {
      let extent = isAtEnd ? "" : " within \(limitText)"
      return CSVError(
        .openQuote, "a quoted field opens here and is never closed\(extent)", file: file.path,
        line: LineNumber.of(offset: blockOffset + open, in: file),
        hint: "close the quote, or read the file without quoting (--quote none)")
    }
    return CSVError(
      .recordTooLong, "a record is longer than \(limitText)", file: file.path,
      line: LineNumber.of(offset: blockOffset, in: file),
      hint: "the file may have no newlines, or not be CSV")
  }

  private var limitText: String {
    maximumRecordSize >= 1 << 20 ? "\(maximumRecordSize >> 20) MB" : "\(maximumRecordSize) bytes"
  }

  /// Where the field begins that is still open at the block's end: behind the last separator of any kind.
  private func openingQuote() -> Int? {
    var scan = SeparatorScan(dialect)
    let count = scan.find(data, filled, separators)
    return count == 0 ? 0 : Int(separators[count - 1]) + 1
  }
}
