import LazyFrame
import Scheduler

/// Writes a result in the format that was asked for.
struct ResultWriter {
  private let options: OutputOptions
  private let limit: Int?
  private let threads: Int?

  /// - Parameters:
  ///   - limit: as many rows were asked for, so a table shows that many.
  ///   - threads: how many may format rows; nil: one for each processor.
  init(_ options: OutputOptions, limit: Int?, threads: Int? = nil) {
    self.options = options
    self.limit = limit
    self.threads = threads
  }

  func write(_ batch: RecordBatch, to file: OutputFile) throws {
    switch options.resolvedFormat(isTerminal: file.isTerminal) {
    case .table: try file.write(formatter(isTerminal: file.isTerminal).format(batch))
    case .csv: try write(batch, CSVWriter(), to: file)
    case .tsv:
      var writer = CSVWriter()
      writer.delimiter = UInt8(ascii: "\t")
      try write(batch, writer, to: file)
    case .json: try JSONWriter().write(batch, to: file.write)
    case .ndjson: try JSONWriter(layout: .lines).write(batch, to: file.write)
    case .markdown: try MarkdownWriter().write(batch, to: file.write)
    }
  }

  /// How many rows one task formats, and how many tasks' texts are in memory at once.
  private static let piece = (rows: 8192, atOnce: 32)

  /// Formats pieces of the rows on all threads and writes them in order: to print 50,000 groups takes longer than to merge
  /// them.
  private func write(_ batch: RecordBatch, _ writer: CSVWriter, to file: OutputFile) throws {
    let (rows, atOnce) = Self.piece
    let executor = ThreadPoolExecutor(threads: threads)
    for start in stride(from: 0, to: max(batch.rowCount, 1), by: rows * atOnce) {
      let wave = start..<min(start + rows * atOnce, batch.rowCount)
      let texts = try executor.map(max(1, (wave.count + rows - 1) / rows)) { piece -> [UInt8] in
        let first = wave.lowerBound + piece * rows
        var text: [UInt8] = []
        writer.write(batch, rows: first..<min(first + rows, wave.upperBound)) { text.append(contentsOf: $0) }
        return text
      }
      for text in texts { try text.withUnsafeBytes(file.write) }
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
