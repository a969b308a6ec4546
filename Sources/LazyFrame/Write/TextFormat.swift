import CSV
import Columnar

/// A format of rows as text.
public struct TextFormat: Hashable, Sendable, Codable {
  private enum Form: Hashable, Codable {
    case csv(CSVWriter)
    case json(JSONWriter)
    case markdown
  }

  private let form: Form

  /// Comma-separated fields with a header: see `CSVWriter`.
  public static let csv = csv(CSVWriter())

  /// Tab-separated fields with a header.
  public static let tsv: TextFormat = {
    var writer = CSVWriter()
    writer.delimiter = UInt8(ascii: "\t")
    return csv(writer)
  }()

  /// An array of objects: see `JSONWriter`.
  public static let json = TextFormat(form: .json(JSONWriter()))
  /// An object a line.
  public static let ndjson = TextFormat(form: .json(JSONWriter(layout: .lines)))
  /// A table for GitHub and the like: see `MarkdownWriter`.
  public static let markdown = TextFormat(form: .markdown)

  /// Fields with the delimiter, the header and the text for null that a writer has.
  public static func csv(_ writer: CSVWriter) -> TextFormat { TextFormat(form: .csv(writer)) }

  /// What files of any format end in, without the dot.
  static let endings = ["csv", "tsv", "json", "ndjson", "md"]

  /// The ending of a file's name, without the dot.
  var ending: String {
    switch form {
    case .csv(let writer): writer.delimiter == UInt8(ascii: "\t") ? "tsv" : "csv"
    case .json: self == .ndjson ? "ndjson" : "json"
    case .markdown: "md"
    }
  }

  // A file is `head`, then rows in any number of parts, then `tail`. Of the first row the `separator` is left out.

  /// What comes before the rows.
  func head(_ schema: Schema) -> [UInt8] {
    var head: [UInt8] = []
    switch form {
    case .csv(let writer): writer.write(RecordBatch.concatenated([], schema: schema)) { head += $0 }
    case .json(let writer): head += writer.head.utf8
    case .markdown: MarkdownWriter().writeHead(schema) { head += $0 }
    }
    return head
  }

  /// What rows begin with unless they are the first.
  var separator: [UInt8] {
    if case .json(let writer) = form { return Array(writer.separator.utf8) }
    return []
  }

  /// Writes rows that are not the first. The bytes are valid during the call only.
  func write(_ batch: RecordBatch, to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    switch form {
    case .csv(var writer):
      writer.hasHeader = false
      try writer.write(batch, to: sink)
    case .json(let writer): try writer.writeRows(batch, isFirst: false, to: sink)
    case .markdown: try MarkdownWriter().writeRows(batch, to: sink)
    }
  }

  /// What comes behind the rows.
  func tail(isEmpty: Bool) -> [UInt8] {
    if case .json(let writer) = form { return Array(writer.tail(isEmpty: isEmpty).utf8) }
    return []
  }
}

extension TextFormat: CustomStringConvertible {
  /// `csv`.
  public var description: String { ending }
}
