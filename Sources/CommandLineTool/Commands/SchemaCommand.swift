import LazyFrame

/// `lazyframe schema`: the columns of CSV and JSON files, and how their types came about.
struct SchemaCommand: Command {
  static let name = "schema"
  static let summary = "print names and types of the columns, and how they were found"
  static let operands = "FILE…"
  static let details = """
    Looks at samples from all over the files, a few megabytes in all. A value elsewhere that contradicts a type makes the
    other commands widen the type; it is no error.
    """
  static let examples = ["schema prices.csv", "schema 'logs/*.csv' --format json"]

  var input = InputOptions()
  var output = OutputOptions(defaultFormat: .table)

  static var sections: [OptionSection<Self>] {
    [
      OptionSection("Output", OutputOptions.all.lifted(to: \.output)),
      OptionSection(
        "Input", InputOptions.format.lifted(to: \.input) + InputOptions.running.lifted(to: \.input)),
    ]
  }

  func run(_ operands: [String]) throws {
    let files = try InputFiles(operands, command: Self.name)
    let scan = try InputScan(files, input)
    let file = try OutputFile(output.path)
    if let format = output.resolvedFormat(isTerminal: file.isTerminal).text {
      try file.write(DataFrame(batch(scan.columns)).lazy, as: format)
    } else {
      try file.write(list(scan.columns) + summary(scan))
    }
    try file.finish()
  }

  private static let titles = ["column", "type", "inferred from"]

  private func cells(_ column: CSVColumn) -> [String] {
    [column.name, column.type.description, column.evidence.description]
  }

  /// For programs.
  private func batch(_ columns: [CSVColumn]) -> RecordBatch {
    let rows = columns.map(cells)
    return RecordBatch(
      schema: Schema(Self.titles.map { Field($0, .string) }),
      columns: Self.titles.indices.map { index in Column(rows.map { Optional($0[index]) }) }, rowCount: rows.count)
  }

  /// For people.
  private func list(_ columns: [CSVColumn]) -> String {
    let rows = [Self.titles] + columns.map(cells)
    let widths = Self.titles.indices.map { index in rows.map { $0[index].count }.max() ?? 0 }
    return rows.map { row in
      "\(Help.padded(row[0], widths[0]))  \(Help.padded(row[1], widths[1]))  \(row[2])\n"
    }.joined()
  }

  private func summary(_ scan: InputScan) -> String {
    switch scan {
    case .csv(let scan):
      summary(
        scan.paths, scan.byteCount, scan.partitionCount, scan.compressedFileCount, "dialect     \(scan.dialect)\n")
    case .json(let scan): summary(scan.paths, scan.byteCount, scan.partitionCount, scan.compressedFileCount, "")
    }
  }

  private func summary(
    _ paths: [String], _ byteCount: Int, _ partitionCount: Int, _ compressedCount: Int, _ dialect: String
  ) -> String {
    let isEncoded = input.csv.encoding != .utf8
    let isCut = !isEncoded && compressedCount < paths.count
    let names = paths.map(InputFiles.displayName)
    let list = names.count > 3 ? "\(names[0]) to \(names[names.count - 1])" : names.joined(separator: ", ")
    return """

      files       \(names.count): \(list)
      bytes       \(byteCount)\(byteCount < 1000 ? "" : " (\(ByteSize(byteCount)))")
      partitions  \(partitionCount) \(isCut ? "of up to \(ByteSize(input.csv.partitionSize))" : "of a whole file")
      \(compressedCount == 0 ? "" : "compressed  \(compressedCount) by gzip, each of which is one partition\n")\
      \(isEncoded ? "encoding    \(input.csv.encoding): each file is one partition\n" : "")\
      \(dialect)
      """
  }
}
