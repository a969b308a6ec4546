import LazyFrame

/// `lazyframe describe`: figures of each column.
struct DescribeCommand: QueryCommand {
  static let name = "describe"
  static let summary = "print figures of each column: count, nulls, mean, quantiles, …"
  static let operands = "FILE…"
  static let details = """
    Prints a row for each column: how many values and nulls there are, their mean, standard deviation, smallest, quartiles
    and largest, and how many different ones. --sort and --limit apply to these rows.
    Quartiles and different values are exact, and are held in memory.
    """
  static let examples = [
    "describe prices.csv",
    "describe prices.csv --filter \"symbol = 'DVV'\" --sort nulls:desc",
    "describe 'logs/*.csv' --format markdown",
  ]

  var query = QueryOptions()
  var input = InputOptions()
  var output = OutputOptions(defaultFormat: .table)

  static var sections: [OptionSection<Self>] { sections() }

  func run(_ operands: [String]) throws {
    var query = try filteredRows(operands)
    query.map { $0.describing() }
    try query.sort(self.query)
    try query.limit(self.query.limit)
    try run(query)
  }
}
