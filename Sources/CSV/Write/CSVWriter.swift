import Columnar

/// Writes record batches as CSV that reads back as the same values and types.
///
/// Null is the empty field unless told otherwise, an empty string is `""`. Floats are written with the fewest digits that read back as the same
/// number, and with a decimal point (`12.0`), so that they stay floats; NaN and infinities as `nan`, `inf` and `-inf`. Dates
/// and moments are ISO 8601. A field is quoted where it has to be: when it holds the delimiter, a quote or a line end,
/// begins or ends with a blank, or is a text that would be taken for null.
public struct CSVWriter: Sendable, Hashable, Codable {
  /// The byte between fields: a tab makes TSV.
  public var delimiter = UInt8(ascii: ",")
  /// Whether the first line holds the columns' names.
  public var hasHeader = true
  /// What is written for null.
  public var nullText = ""

  /// How many bytes are collected before they are handed on.
  private static let pieceSize = 256 << 10

  /// A writer of comma-separated fields with a header.
  public init() {}

  /// Writes a batch and hands the text to `sink` in pieces of some 256 KB. The bytes are valid during the call only.
  ///
  /// - Parameters:
  ///   - batch: the rows.
  ///   - rows: which of them to write; the header comes with the first one. Nil: all. Several threads can write pieces of
  ///     one batch.
  ///   - sink: takes the text.
  /// - Throws: what `sink` throws, at once.
  /// - Complexity: O(rows · columns + bytes), in the memory of a piece.
  public func write(
    _ batch: RecordBatch, rows: Range<Int>? = nil, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    let rows = rows ?? 0..<batch.rowCount
    var buffer = TextBuffer(capacity: CSVWriter.pieceSize + 4096)
    if hasHeader, rows.lowerBound == 0 { appendHeader(batch.schema, &buffer) }
    try batch.withCells { cells in
      for row in rows {
        appendRow(row, cells, &buffer)
        if buffer.count >= CSVWriter.pieceSize {
          try buffer.withBytes(sink)
          buffer.removeAll()
        }
      }
    }
    if buffer.count > 0 { try buffer.withBytes(sink) }
  }

  private func appendHeader(_ schema: Schema, _ buffer: inout TextBuffer) {
    for (index, name) in schema.names.enumerated() {
      if index > 0 { buffer.append(delimiter) }
      var name = name
      name.withUTF8 { appendText(UnsafeRawBufferPointer($0), &buffer) }
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  private func appendRow(_ row: Int, _ cells: [CellReader], _ buffer: inout TextBuffer) {
    for index in cells.indices {
      if index > 0 { buffer.append(delimiter) }
      switch cells[index][row] {
      case .null: if !nullText.isEmpty { buffer.append(nullText) }
      // As `append` does for any cell, but this is where nearly all the time of writing goes.
      case .bool(let value): buffer.append(value ? "true" : "false")
      case .int(let value): buffer.append(value)
      case .unsigned(let value): buffer.append(value)
      case .float(let value): buffer.append(value.description)
      case .double(let value): buffer.append(value)
      case .date(let days): buffer.append(days: days)
      case .datetime(let microseconds): buffer.append(microseconds: microseconds)
      case .duration(let microseconds): buffer.append(duration: microseconds)
      case .text(let text): appendText(text, &buffer)
      case .list: appendList(cells[index][row], &buffer)
      }
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  @inline(never)
  private func appendList(_ cell: Cell, _ buffer: inout TextBuffer) {
    var text = TextBuffer(capacity: 256)
    text.append(cell)
    text.withBytes { appendText($0, &buffer) }
  }

  private func appendText(_ text: UnsafeRawBufferPointer, _ buffer: inout TextBuffer) {
    guard needsQuotes(text) else {
      buffer.append(text)
      return
    }
    let quote = UInt8(ascii: "\"")
    buffer.append(quote)
    var rest = text[...]
    while let index = rest.firstIndex(of: quote) {
      buffer.append(UnsafeRawBufferPointer(rebasing: rest[...index]))
      buffer.append(quote)
      rest = rest[(index + 1)...]
    }
    buffer.append(UnsafeRawBufferPointer(rebasing: rest))
    buffer.append(quote)
  }

  private func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first, let last = text.last else { return true }
    if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") || last == UInt8(ascii: " ")
      || last == UInt8(ascii: "\t")
    {
      return true
    }
    if text.count == nullText.utf8.count, text.elementsEqual(nullText.utf8) { return true }
    if isPlain(text) { return false }
    for byte in text
    where byte == delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      return true
    }
    return false
  }

  /// Whether a text has only bytes that are never quoted: digits, letters, what comes behind them, but not the delimiter. Most texts
  /// do, and are seen through eight bytes at a time. False also for short texts that nobody looked at.
  private func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
    let count = text.count
    guard count >= 4, let base = text.baseAddress else { return false }
    if count < 8 {
      let first = UInt64(base.loadUnaligned(as: UInt32.self))
      let last = UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      return isPlain(first | last << 32)
    }
    // The last word overlaps the one before it.
    var offset = 0
    while offset < count - 8 {
      if !isPlain(base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) { return false }
      offset += 8
    }
    return isPlain(base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
  }

  @inline(__always)
  private func isPlain(_ bytes: UInt64) -> Bool {
    let (ones, upper): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    // The upper bit of each byte that is "0" or more; 0x50 + 0x30 is where it begins.
    let isText = (bytes & ~upper) &+ 0x50 &* ones | bytes
    let difference = bytes ^ UInt64(delimiter) &* ones
    let isDelimiter = (difference &- ones) & ~difference
    return (isText & ~isDelimiter) & upper == upper
  }
}
