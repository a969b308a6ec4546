import Glibc
import LazyFrame

/// `lazyframe datasets`: writes a generated data set.
struct DatasetsCommand: Command {
  static let name = "datasets"
  static let summary = "write a generated data set"
  static let operands = "NAME"
  static let details = """
    Data sets:
    \(list { "  \(Help.padded($0.rawValue, 11))  \($0.summary)" }.joined(separator: "\n"))

    The same options give the same bytes on every machine.
    """
  static let examples = [
    "datasets prices --rows 20000 --output prices.csv",
    "datasets prices --rows 13000000 --seed 7 --output large.csv",
    "datasets h2o-groupby --rows 1000000 --groups 10 --output groups.csv",
    "datasets h2o-join --rows 1000000 --output folder",
  ]

  private static let defaultSeed: UInt64 = 1

  var rows: Int?
  var seed = defaultSeed
  var output: String?
  var symbols: Int?
  var groups: Int?

  static var sections: [OptionSection<Self>] {
    [
      OptionSection(
        "Options",
        [
          CommandOption(
            "rows", .required("N"),
            "rows of the largest file, without the header; default: 13000000 of prices, 10000000 of the others"
          ) { $0.rows = try OptionValue.count($1, "--rows") },
          CommandOption("seed", .required("S"), "another seed, other values; default: \(defaultSeed)") {
            $0.seed = try OptionValue.seed($1, "--seed")
          },
          CommandOption(
            "output", short: "o", .required("PLACE"),
            "the file to write, default: standard output; of h2o-join the folder, made if need be"
          ) { $0.output = $1 },
        ]),
      OptionSection(
        "Options of prices",
        [
          CommandOption("symbols", .required("N"), "different symbols; default: one for each 4727 rows, at least 12") {
            $0.symbols = try OptionValue.count($1, "--symbols")
          }
        ]),
      OptionSection(
        "Options of h2o-groupby",
        [
          CommandOption(
            "groups", .required("K"),
            "different values of id1, id2, id4 and id5; default: \(H2OGroupByDataset.defaultGroups)"
          ) { $0.groups = try OptionValue.count($1, "--groups", least: 1) }
        ]),
    ]
  }

  private static func list(_ line: (DatasetName) -> String) -> [String] { DatasetName.allCases.map(line) }

  func run(_ operands: [String]) throws {
    let name = try datasetName(operands)
    try refuseOptions(foreignTo: name)
    let rows = rows ?? name.defaultRows
    switch name {
    case .prices:
      try write(to: output, PricesDataset(rows: rows, symbols: symbols, seed: seed).write)
    case .h2oGroupBy:
      let groups = groups ?? H2OGroupByDataset.defaultGroups
      try write(to: output, H2OGroupByDataset(rows: rows, groups: groups, seed: seed).write)
    case .h2oJoin:
      let folder = try outputFolder(of: name)
      let dataset = try H2OJoinDataset(rows: rows, seed: seed)
      try makeFolder(folder)
      for table in H2OJoinDataset.Table.allCases {
        try write(to: "\(folder)/\(table.rawValue).csv") { sink in try dataset.write(table, to: sink) }
      }
    }
  }

  private func datasetName(_ operands: [String]) throws -> DatasetName {
    let names = Self.list(\.rawValue)
    guard let first = operands.first else {
      throw UsageError(
        "datasets needs the name of a data set", hint: "the data sets are: \(names.joined(separator: ", "))")
    }
    guard operands.count == 1 else {
      throw UsageError("datasets takes one name, and there is also '\(operands[1])'", hint: "call it once for each")
    }
    guard let name = DatasetName(rawValue: first) else {
      throw UsageError(
        "unknown data set '\(first)'",
        hint: UsageError.suggestion(first, among: names) ?? "the data sets are: \(names.joined(separator: ", "))")
    }
    return name
  }

  /// An option that would do nothing is a mistake.
  private func refuseOptions(foreignTo name: DatasetName) throws {
    let owners: [(option: String, isGiven: Bool, owner: DatasetName)] = [
      ("symbols", symbols != nil, .prices), ("groups", groups != nil, .h2oGroupBy),
    ]
    for (option, isGiven, owner) in owners where isGiven && owner != name {
      throw UsageError(
        "option '--\(option)' is for \(owner.rawValue), not for \(name.rawValue)",
        hint: "see: lazyframe datasets --help")
    }
  }

  private func outputFolder(of name: DatasetName) throws -> String {
    guard let output, output != "-" else {
      throw UsageError("\(name.rawValue) is several files", hint: "say in which folder: --output FOLDER")
    }
    return output
  }

  private func makeFolder(_ path: String) throws {
    // What is there and is no folder is an error of the first file.
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileError.write(path, errno) }
  }

  private func write(
    to path: String?, _ rows: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let file = try OutputFile(path)
    try rows(file.write)
    try file.finish()
  }
}
