import LazyFrame

/// `lazyframe head`: the first rows, reading no more of the files than that takes.
struct HeadCommand: QueryCommand {
  static let name = "head"
  static let summary = "print the first rows"
  static let operands = "FILE…"
  static let details = """
    Prints the first rows of CSV or JSON files, and reads no more of them than that takes, unless the rows are to be sorted.
    """
  static let examples = [
    "head prices.csv",
    "head -n 3 prices.csv --filter 'close > 100' --format json",
    "head prices.csv --with 'gain=close - open' --sort gain:desc",
  ]

  var query = QueryOptions(limit: 10)
  var input = InputOptions()
  var output = OutputOptions()

  static var sections: [OptionSection<Self>] { sections(rows: QueryOptions.rows(limit: "so many rows; default: 10")) }

  func run(_ operands: [String]) throws {
    var query = try filteredRows(operands)
    try query.sort(self.query)
    try query.limit(self.query.limit)
    try run(query)
  }
}
