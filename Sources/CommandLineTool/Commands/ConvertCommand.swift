import LazyFrame

/// `lazyframe convert`: the rows of a file in another format.
struct ConvertCommand: QueryCommand {
  static let name = "convert"
  static let summary = "write the rows of a file in another format"
  static let operands = "IN OUT"
  static let details = """
    Reads a file of CSV, NDJSON or JSON and writes its rows into another file, in the format that its ending stands for:
    \(OutputFormat.endings.joined(separator: ", ")). Rows are never all in memory, unless they are sorted or printed as a table.
    OUT appears when it is complete; it may be IN. It is compressed if .gz follows. '-' is standard input or output.
    """
  static let examples = [
    "convert prices.csv prices.ndjson",
    "convert prices.csv cheap.tsv --filter 'close < 10' --with 'gain=close - open'",
    "convert prices.csv prices.ndjson.gz",
    "convert - - --format json < prices.csv",
  ]

  var query = QueryOptions()
  var input = InputOptions()
  var output = OutputOptions()

  static var sections: [OptionSection<Self>] { sections(output: OutputOptions.formats) }

  func run(_ operands: [String]) throws {
    guard operands.count == 2 else {
      throw UsageError(
        "convert takes two files, the one to read and the one to write, not \(operands.count)",
        hint: "for example: lazyframe convert prices.csv prices.ndjson")
    }
    var command = self
    command.output.path = operands[1]
    if output.format == nil, operands[1] != "-", OutputFormat(ending: operands[1]) == nil {
      throw UsageError(
        "'\(operands[1])' has no ending that says what to write",
        hint: "end it in \(OutputFormat.endings.joined(separator: ", ")), or say it with --format")
    }
    var query = try filteredRows([operands[0]])
    try query.sort(self.query)
    try query.limit(self.query.limit)
    try command.run(query)
  }
}
