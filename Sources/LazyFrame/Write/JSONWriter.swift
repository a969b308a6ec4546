import Columnar

/// Writes record batches as JSON: an array of objects, or an object a line (NDJSON).
///
/// The keys are the columns' names, in order. Integers are written with all their digits, floats with the fewest that
/// read back as the same number. JSON has no NaN and no infinity: they are written as `null`, as null is. Dates are
/// strings such as `2020-01-31`, moments such as `2020-01-31 09:30:00`, with a space and no zone,
/// lengths of time such as `1d 02:30:00`. Lists are arrays.
public struct JSONWriter: Sendable, Hashable, Codable {
  /// How the objects follow each other.
  public struct Layout: Hashable, Sendable, Codable {
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
    try head.withBytes(sink)
    try writeRows(batch, isFirst: true, to: sink)
    try tail(isEmpty: batch.rowCount == 0).withBytes(sink)
  }

  // MARK: Parts

  /// What comes before the first row.
  var head: String { layout.isLines ? "" : "[" }

  /// What comes behind the last row.
  func tail(isEmpty: Bool) -> String { layout.isLines ? "" : isEmpty ? "]\n" : "\n]\n" }

  /// What is left out of rows when they turn out to be the first.
  var separator: String { layout.isLines ? "" : "," }

  /// Writes rows without what comes before and behind.
  ///
  /// - Parameter isFirst: whether no row comes before; else they begin with the separator.
  func writeRows(
    _ batch: RecordBatch, isFirst: Bool, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    var buffer = TextBuffer(capacity: JSONWriter.pieceSize + 4096)
    let keys = batch.schema.names.enumerated().map { index, name in
      (index == 0 ? "{" : ",") + JSONWriter.quoted(name) + ":"
    }
    try batch.withCells { cells in
      for row in 0..<batch.rowCount {
        if !layout.isLines { buffer.append(isFirst && row == 0 ? "\n" : ",\n") }
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
    if buffer.count > 0 { try buffer.withBytes(sink) }
  }

  private func append(_ cell: Cell, _ buffer: inout TextBuffer) {
    let quote = UInt8(ascii: "\"")
    switch cell {
    case .float(let value) where !value.isFinite: buffer.append("null")
    case .double(let value) where !value.isFinite: buffer.append("null")
    case .null, .bool, .int, .unsigned, .float, .double: buffer.append(cell)
    case .date, .datetime, .duration:
      buffer.append(quote)
      buffer.append(cell)
      buffer.append(quote)
    case .text(let text): buffer.append(quoted: text)
    case .list(let list):
      buffer.append(UInt8(ascii: "["))
      for index in 0..<list.count {
        if index > 0 { buffer.append(UInt8(ascii: ",")) }
        append(list[index], &buffer)
      }
      buffer.append(UInt8(ascii: "]"))
    }
  }

  private static func quoted(_ text: String) -> String {
    var buffer = TextBuffer(capacity: 64)
    var text = text
    text.withUTF8 { buffer.append(quoted: UnsafeRawBufferPointer($0)) }
    return buffer.string
  }
}

extension String {
  fileprivate func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    if isEmpty { return }
    var text = self
    try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }
}
