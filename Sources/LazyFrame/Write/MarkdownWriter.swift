import Columnar

/// Writes record batches as a Markdown table, as GitHub and most others read it: numbers to the right, null empty.
public struct MarkdownWriter: Sendable {
  private static let pieceSize = 256 << 10

  /// A writer; there is nothing to choose.
  public init() {}

  /// Writes a batch and hands the text to `sink` in pieces of some 256 KB. The bytes are valid during the call only.
  ///
  /// - Throws: what `sink` throws, at once.
  /// - Complexity: O(rows · columns + bytes), in the memory of a piece.
  public func write(_ batch: RecordBatch, to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    try writeHead(batch.schema, to: sink)
    try writeRows(batch, to: sink)
  }

  // MARK: Parts

  /// Writes the columns' names and the line below them.
  func writeHead(_ schema: Schema, to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var buffer = TextBuffer()
    for name in schema.names {
      buffer.append("| ")
      var name = name
      name.withUTF8 { appendText(UnsafeRawBufferPointer($0), &buffer) }
      buffer.append(UInt8(ascii: " "))
    }
    buffer.append("|\n")
    for field in schema.fields { buffer.append(field.type.isNumeric ? "| ---: " : "| --- ") }
    buffer.append("|\n")
    try buffer.withBytes(sink)
  }

  /// Writes rows without the names above them.
  func writeRows(_ batch: RecordBatch, to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var buffer = TextBuffer(capacity: MarkdownWriter.pieceSize + 4096)
    try batch.withCells { cells in
      for row in 0..<batch.rowCount {
        for reader in cells {
          buffer.append("| ")
          append(reader[row], &buffer)
          buffer.append(UInt8(ascii: " "))
        }
        buffer.append("|\n")
        if buffer.count >= MarkdownWriter.pieceSize {
          try buffer.withBytes(sink)
          buffer.removeAll()
        }
      }
    }
    if buffer.count > 0 { try buffer.withBytes(sink) }
  }

  private func append(_ cell: Cell, _ buffer: inout TextBuffer) {
    switch cell {
    case .null: break
    case .text(let text): appendText(text, &buffer)
    case .list(let list):
      var text = TextBuffer(capacity: 256)
      text.append(.list(list))
      text.withBytes { appendText($0, &buffer) }
    case let cell: buffer.append(cell)
    }
  }

  /// A bar would end the cell, a line end the row; a backslash keeps the other marks from being read as Markdown.
  private func appendText(_ text: UnsafeRawBufferPointer, _ buffer: inout TextBuffer) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"),
        UInt8(ascii: "<"), UInt8(ascii: "["):
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(byte)
      case UInt8(ascii: "\n"): buffer.append("<br>")
      case 0..<0x20: buffer.append(UInt8(ascii: " "))
      default: buffer.append(byte)
      }
    }
  }
}
