import LazyFrame

/// `lazyframe select`: rows out, with the columns that are asked for.
struct SelectCommand: QueryCommand {
  static let name = "select"
  static let summary = "print rows, with some of the columns or computed ones"
  static let operands = "FILE…"
  static let details = """
    Prints the rows of CSV or JSON files in their order. --filter and --sort may use the columns of the file and those that
    --columns names; a name that both have is the file's in --filter and the new one's in --sort.
    """
  static let examples = [
    "select prices.csv --columns 'symbol, date, close - open as gain' --filter 'gain > 5' --format json",
    "select prices.csv --columns symbol --distinct",
    "select posts.csv --columns \"id, string_split(tags, ',') as tag\" --explode tag",
    "select prices.csv --filter \"symbol like 'A%'\" --sort 'volume:desc nulls first' --limit 20",
    "select 'logs/*.csv' --filter 'status >= 500' --output errors.ndjson",
  ]

  var columns: String?
  var lists: String?
  var isDistinct = false
  var query = QueryOptions()
  var input = InputOptions()
  var output = OutputOptions()

  static var sections: [OptionSection<Self>] {
    sections(
      OptionSection(
        "Columns",
        [
          CommandOption("columns", short: "c", .required("EXPRESSIONS"), "what to print; default: all columns") {
            $0.columns = $1
          },
          CommandOption(
            "explode", .required("COLUMNS"), "a row for each element of these lists, the other columns repeated"
          ) { $0.lists = $1 },
          CommandOption("distinct", .none, "each row once, where it first appears") { command, _ in
            command.isDistinct = true
          },
        ]))
  }

  func run(_ operands: [String]) throws {
    let files = try InputFiles(operands, command: Self.name)
    var query = Query(try InputScan(files, input).frame)
    try query.addColumns(self.query)
    try query.select(columns ?? "*", explode: lists, isDistinct: isDistinct, self.query)
    try query.limit(self.query.limit)
    try run(query)
  }
}
