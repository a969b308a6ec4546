import LazyFrame

/// `lazyframe datasets`: writes a generated data set.
struct DatasetsCommand: Command {
  static let name = "datasets"
  static let summary = "write a generated data set"
  static let operands = "NAME"
  static let details = """
    Data sets:
      prices   a look-alike of a long history of stock prices, nine columns

    The same options give the same bytes on every machine.
    """
  static let examples = [
    "datasets prices --rows 20000 --output prices.csv",
    "datasets prices --rows 13000000 --seed 7 --output large.csv",
  ]

  private static let names = ["prices"]

  var rows = PricesDataset.defaultRows
  var symbols: Int?
  var seed = PricesDataset.defaultSeed
  var output: String?

  static var sections: [OptionSection<Self>] {
    [
      OptionSection(
        "Options",
        [
          CommandOption("rows", .required("N"), "rows without the header; default: \(PricesDataset.defaultRows)") {
            $0.rows = try OptionValue.count($1, "--rows")
          },
          CommandOption("symbols", .required("N"), "different symbols; default: one for each 4727 rows, at least 12") {
            $0.symbols = try OptionValue.count($1, "--symbols")
          },
          CommandOption("seed", .required("S"), "another seed, other prices; default: \(PricesDataset.defaultSeed)") {
            $0.seed = try OptionValue.seed($1, "--seed")
          },
          CommandOption("output", short: "o", .required("FILE"), "where to write; default: standard output") {
            $0.output = $1
          },
        ])
    ]
  }

  func run(_ operands: [String]) throws {
    guard let name = operands.first else {
      throw UsageError(
        "datasets needs the name of a data set", hint: "the data sets are: \(Self.names.joined(separator: ", "))")
    }
    guard operands.count == 1 else {
      throw UsageError("datasets takes one name, and there is also '\(operands[1])'", hint: "call it once for each")
    }
    guard Self.names.contains(name) else {
      throw UsageError(
        "unknown data set '\(name)'",
        hint: UsageError.suggestion(name, among: Self.names)
          ?? "the data sets are: \(Self.names.joined(separator: ", "))")
    }
    let dataset = try PricesDataset(rows: rows, symbols: symbols, seed: seed)
    let file = try OutputFile(output)
    try dataset.write(to: file.write)
    try file.finish()
  }
}
