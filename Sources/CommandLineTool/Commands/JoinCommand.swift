import LazyFrame

/// `lazyframe join`: the rows of two files that have the same keys.
struct JoinCommand: QueryCommand {
  static let name = "join"
  static let summary = "put the rows of two files together that have the same keys"
  static let operands = "LEFT RIGHT"
  static let details = """
    Joins the rows of two CSV or JSON files, in the order of the left rows. The right file's rows are held in memory, so
    the smaller one should be the right one. --with and --filter apply to the joined rows; null keys find no partner.
    """
  static let examples = [
    "join prices.csv companies.csv --on symbol",
    "join prices.csv companies.csv --on symbol --how left --validate many-to-one --output named.csv",
    "join prices.csv companies.csv --left-on symbol --right-on ticker --filter 'close > 100' --sort close:desc",
    "join prices.csv sold.csv --on 'symbol, year(date)' --how anti",
  ]

  var keys = JoinKeys()
  var query = QueryOptions()
  var input = InputOptions()
  var output = OutputOptions()

  static var sections: [OptionSection<Self>] {
    sections(OptionSection("Join", JoinKeys.all.lifted(to: \.keys)))
  }

  func run(_ operands: [String]) throws {
    guard operands.count == 2 else {
      throw UsageError(
        "join takes two files, the left and the right one, not \(operands.count)",
        hint: "for example: lazyframe join prices.csv companies.csv --on symbol")
    }
    let files = try InputFiles(operands, command: Self.name)
    let frames = try files.paths.map { try InputScan([$0], input).frame }
    var query = Query(frames[0])
    try query.join(frames[1], keys)
    try query.addColumns(self.query)
    try query.filter(self.query)
    try query.sort(self.query)
    try query.limit(self.query.limit)
    try run(query)
  }
}
