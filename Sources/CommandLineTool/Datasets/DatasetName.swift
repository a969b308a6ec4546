/// The data sets that can be generated.
enum DatasetName: String, CaseIterable {
  case prices
  case h2oGroupBy = "h2o-groupby"
  case h2oJoin = "h2o-join"

  /// What it is, in a line of the help.
  var summary: String {
    switch self {
    case .prices: "a look-alike of a long history of stock prices, nine columns"
    case .h2oGroupBy: "the table of db-benchmark's group-by questions, nine columns"
    case .h2oJoin: "the four tables of db-benchmark's join questions: x.csv, small.csv, medium.csv, big.csv"
    }
  }

  /// The rows of its largest table, unless asked for others.
  var defaultRows: Int {
    switch self {
    case .prices: 13_000_000
    case .h2oGroupBy, .h2oJoin: 10_000_000
    }
  }
}
