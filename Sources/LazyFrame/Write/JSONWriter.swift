import Columnar

/// Writes record batches as JSON: an array of objects, or an object a line (NDJSON).
///
/// The keys are the columns' names, in order. Integers are written with all their digits, floats with the fewest that
/// read back as the same number. JSON has no NaN and no infinity: they are written as `null`, as null is. Dates are
/// strings such as `2020-01-31`, moments such as `2020-01-31 09:30:00`, with a space and no zone.
public struct JSONWriter: Sendable {
  /// How the objects follow each other.
  public struct Layout: Hashable, Sendable {
    fileprivate let isLines: Bool

    /// One array, an object a line.
    public static let array = Layout(isLines: false)
    /// An object a line and nothing else: NDJSON, also called JSON Lines.
    public static let lines = Layout(isLines: true)
  }

  /// How the objects follow each other.
  public var layout: Layout

  private static let pieceSize = 256 << 10

  /// A writer of one array, or of the given layout.
  public init(layout: Layout = .array) {
    self.layout = layout
  }

  /// Writes a batch and hands the text to `sink` in pieces of some 256 KB. The bytes are valid during the call only.
  ///
  /// - Throws: what `sink` throws, at once.
  /// - Complexity: O(rows · columns + bytes), in the memory of a piece.
  public func write(_ batch: RecordBatch, to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var buffer = TextBuffer(capacity: JSONWriter.pieceSize + 4096)
    let keys = batch.schema.names.enumerated().map { index, name in
      (index == 0 ? "{" : ",") + JSONWriter.quoted(name) + ":"
    }
    if !layout.isLines { buffer.append("[") }
    try batch.withCells { cells in
      for row in 0..<batch.rowCount {
        if !layout.isLines { buffer.append(row == 0 ? "\n" : ",\n") }
        for index in cells.indices {
          buffer.append(keys[index])
          append(cells[index][row], &buffer)
        }
        buffer.append(keys.isEmpty ? "{}" : "}")
        if layout.isLines { buffer.append(UInt8(ascii: "\n")) }
        if buffer.count >= JSONWriter.pieceSize {
          try buffer.withBytes(sink)
          buffer.removeAll()
        }
      }
    }
    if !layout.isLines { buffer.append(batch.rowCount == 0 ? "]\n" : "\n]\n") }
    if buffer.count > 0 { try buffer.withBytes(sink) }
  }

  private func append(_ cell: Cell, _ buffer: inout TextBuffer) {
    let quote = UInt8(ascii: "\"")
    switch cell {
    case .null: buffer.append("null")
    case .bool(let value): buffer.append(value ? "true" : "false")
    case .int(let value): buffer.append(value)
    case .float(let value): buffer.append(value.isFinite ? value.description : "null")
    case .double(let value):
      if value.isFinite { buffer.append(value) } else { buffer.append("null") }
    case .date(let days):
      buffer.append(quote)
      buffer.append(days: days)
      buffer.append(quote)
    case .datetime(let microseconds):
      buffer.append(quote)
      buffer.append(microseconds: microseconds)
      buffer.append(quote)
    case .text(let text): JSONWriter.appendQuoted(text, &buffer)
    }
  }

  private static func quoted(_ text: String) -> String {
    var buffer = TextBuffer(capacity: 64)
    var text = text
    text.withUTF8 { appendQuoted(UnsafeRawBufferPointer($0), &buffer) }
    return buffer.string
  }

  /// Appends a string literal: quotes, backslashes and control characters are escaped, the rest is UTF-8 as it is.
  private static func appendQuoted(_ text: UnsafeRawBufferPointer, _ buffer: inout TextBuffer) {
    buffer.append(UInt8(ascii: "\""))
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      buffer.append(UnsafeRawBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      switch byte {
      case UInt8(ascii: "\n"): buffer.append("\\n")
      case UInt8(ascii: "\r"): buffer.append("\\r")
      case UInt8(ascii: "\t"): buffer.append("\\t")
      case 0..<0x20: buffer.append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
      default:
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(byte)
      }
    }
    buffer.append(UnsafeRawBufferPointer(rebasing: text[start...]))
    buffer.append(UInt8(ascii: "\""))
  }
}
