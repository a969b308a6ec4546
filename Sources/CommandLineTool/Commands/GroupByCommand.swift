import LazyFrame

/// `lazyframe groupby`: groups rows by keys and computes aggregates of each group.
struct GroupByCommand: QueryCommand {
  static let name = "groupby"
  static let summary = "group rows by keys and compute aggregates of each group"
  static let operands = "FILE…"
  static let details = """
    Reads CSV or JSON files, groups their rows and writes one row for each group, in the order in which the groups first
    appear. Several files, or a pattern in quotes, are read as one. '-' is standard input.
    """
  static let examples = [
    "groupby prices.csv",
    "groupby prices.csv --by 'symbol, year(date) as year' --agg 'mean(open, close)' --sort symbol,year",
    "groupby 'logs/*.csv' --by host --agg 'count() as n' --filter 'status >= 500' --sort n:desc --limit 20",
    "groupby prices.csv --by symbol --agg 'max(close)' --output highest.json",
    "groupby prices.csv --by symbol --agg 'top(close, 2) as close' --explode close",
  ]

  var by: String?
  var aggregates: String?
  var lists: String?
  var query = QueryOptions()
  var input = InputOptions()
  var output = OutputOptions()

  static var sections: [OptionSection<Self>] {
    sections(
      OptionSection(
        "Groups",
        [
          CommandOption("by", .required("KEYS"), "what makes a group; default: the first text column") { $0.by = $1 },
          CommandOption(
            "agg", .required("AGGREGATES"), "what to compute; default: the mean of each numeric column"
          ) { $0.aggregates = $1 },
          CommandOption(
            "explode", .required("COLUMNS"), "a row for each element of these lists, such as top(x, 2)"
          ) { $0.lists = $1 },
        ]))
  }

  func run(_ operands: [String]) throws {
    let files = try InputFiles(operands, command: Self.name)
    let scan = try InputScan(files, input)
    var query = Query(scan.frame)
    try query.addColumns(self.query)
    try query.filter(self.query)
    let keys = try keyText(query)
    let aggregates = try aggregateText(query, keys: keys, unnamed: scan.columns.filter(\.isUnnamed).map(\.name))
    try query.group(by: keys, aggregates)
    try query.explode(lists)
    try query.sort(self.query)
    try query.limit(self.query.limit)
    try run(query, note: choice(keys, aggregates))
  }

  /// What was chosen in place of options that were left out, as it could be typed.
  private func choice(_ keys: String, _ aggregates: String) -> String? {
    var options: [String] = []
    if by == nil { options.append("--by \(Help.quotedForShell(keys))") }
    if self.aggregates == nil { options.append("--agg \(Help.quotedForShell(aggregates))") }
    return options.isEmpty ? nil : "chose \(options.joined(separator: " "))"
  }

  /// The keys as they could be typed.
  private func keyText(_ query: Query) throws -> String {
    if let by { return by }
    let schema = try query.frame.schema()
    guard let field = schema.fields.first(where: { $0.type == .string }) else {
      throw UsageError(
        "there is no text column to group by", hint: "say what makes a group: --by KEYS; the columns are: \(schema)")
    }
    return col(field.name).description
  }

  /// The aggregates as they could be typed. A column without a name is most likely a row number.
  private func aggregateText(_ query: Query, keys: String, unnamed: [String]) throws -> String {
    if let aggregates { return aggregates }
    let keys = try query.keyNames(keys)
    let names = try query.frame.schema().fields
      .filter { $0.type.isNumeric && !keys.contains($0.name) && !unnamed.contains($0.name) }
      .map(\.name)
    return names.isEmpty ? count().description : col(names).mean().description
  }
}
