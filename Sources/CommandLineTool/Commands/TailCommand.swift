import LazyFrame

/// `lazyframe tail`: the last rows.
struct TailCommand: QueryCommand {
  static let name = "tail"
  static let summary = "print the last rows"
  static let operands = "FILE…"
  static let details = """
    Prints the last rows of CSV or JSON files, in their order. All rows before them are read too, since only so it is known
    where rows begin and which types the columns have.
    """
  static let examples = [
    "tail prices.csv",
    "tail -n 3 prices.csv --filter 'close > 100' --format json",
    "tail prices.csv --sort volume",
  ]

  var query = QueryOptions(limit: 10)
  var input = InputOptions()
  var output = OutputOptions()

  static var sections: [OptionSection<Self>] {
    sections(rows: QueryOptions.rows(limit: "the last rows only; default: 10"))
  }

  func run(_ operands: [String]) throws {
    var query = try filteredRows(operands)
    try query.sort(self.query)
    if let count = self.query.limit { query.map { $0.tail(count) } }
    try run(query)
  }
}
