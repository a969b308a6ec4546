import LazyFrame

/// Writes a result in the format that was asked for.
struct ResultWriter {
  private let options: OutputOptions
  private let limit: Int?

  /// - Parameter limit: as many rows were asked for, so a table shows that many.
  init(_ options: OutputOptions, limit: Int?) {
    self.options = options
    self.limit = limit
  }

  func write(_ batch: RecordBatch, to file: OutputFile) throws {
    switch options.resolvedFormat(isTerminal: file.isTerminal) {
    case .table: try file.write(formatter(isTerminal: file.isTerminal).format(batch))
    case .csv: try CSVWriter().write(batch, to: file.write)
    case .tsv:
      var writer = CSVWriter()
      writer.delimiter = UInt8(ascii: "\t")
      try writer.write(batch, to: file.write)
    case .json: try JSONWriter().write(batch, to: file.write)
    case .ndjson: try JSONWriter(layout: .lines).write(batch, to: file.write)
    case .markdown: try MarkdownWriter().write(batch, to: file.write)
    }
  }

  /// A table is cut to what fits a terminal; elsewhere nothing is lost.
  private func formatter(isTerminal: Bool) -> TableFormatter {
    guard isTerminal else { return .complete }
    var formatter = TableFormatter()
    formatter.width = StandardOutput.terminalWidth ?? formatter.width
    formatter.maximumRows = max(formatter.maximumRows ?? 0, limit ?? 0)
    return formatter
  }
}
