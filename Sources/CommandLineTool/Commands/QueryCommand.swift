import LazyFrame

/// A command that computes something of the rows of CSV or JSON files.
protocol QueryCommand: Command {
  var query: QueryOptions { get set }
  var input: InputOptions { get set }
  var output: OutputOptions { get set }
}

extension QueryCommand {
  /// The options that these commands have in common, behind their own.
  ///
  /// - Parameters:
  ///   - own: The command's own.
  ///   - rows: What is done with rows.
  ///   - output: Where the result goes.
  static func sections(
    _ own: OptionSection<Self>..., rows: [CommandOption<QueryOptions>] = QueryOptions.rows(),
    output: [CommandOption<OutputOptions>] = OutputOptions.all
  ) -> [OptionSection<Self>] {
    own + [
      OptionSection("Rows", rows.lifted(to: \.query)),
      OptionSection("Output", output.lifted(to: \.output)),
      OptionSection("Running", QueryOptions.running.lifted(to: \.query) + InputOptions.running.lifted(to: \.input)),
      OptionSection("Input", (InputOptions.format + InputOptions.rejecting).lifted(to: \.input)),
    ]
  }

  /// Computes a query and writes the result.
  func run(_ query: Query, note: String? = nil) throws {
    if input.rejects != nil, input.csv.badRows != .skip {
      throw UsageError("--rejects: no row is left out", hint: "leave rows out that do not fit: --on-bad-row skip")
    }
    try QueryRun(query.frame, self.query, output, rejects: input.rejects, note: note).run()
  }

  /// The rows of a command's files behind `--with` and `--filter`.
  func filteredRows(_ operands: [String]) throws -> Query {
    var rows = Query(try InputScan(InputFiles(operands, command: Self.name), input).frame)
    try rows.addColumns(query)
    try rows.filter(query)
    return rows
  }
}
