import Columnar
import TaskGraph

/// How the call of a function is written, and how many arguments that allows.
struct FunctionForm {
  let text: String
  let counts: ClosedRange<Int>

  init(_ function: ScalarFunction) {
    let name = function.rawValue
    switch function {
    case .round: (text, counts) = ("round(x) or round(x, digits)", 1...2)
    case .pow, .nullif: (text, counts) = ("\(name)(x, y)", 2...2)
    case .substr: (text, counts) = ("substr(x, start) or substr(x, start, length)", 2...3)
    case .replace: (text, counts) = ("replace(x, text, other)", 3...3)
    case .contains, .startsWith, .endsWith: (text, counts) = ("\(name)(x, text)", 2...2)
    case .dateTrunc: (text, counts) = ("date_trunc('month', x)", 2...2)
    case .coalesce: (text, counts) = ("coalesce(x, y, …)", 1...Int.max)
    case .like: (text, counts) = ("x like pattern", 2...2)
    case .isIn: (text, counts) = ("x in (…)", 2...Int.max)
    case .abs, .floor, .ceil, .sqrt, .exp, .ln, .log10, .sign, .lower, .upper, .trim, .length, .year, .quarter, .month,
      .week, .day, .weekday, .hour, .minute, .second:
      (text, counts) = ("\(name)(x)", 1...1)
    }
  }

  /// What was probably meant by the name of a function that does not exist.
  static func hint(for name: String) -> String {
    if let known = otherNames[name] { return "it is written \(known)" }
    return NearestName.suggestion(name, among: names) ?? "the functions are: \(names.joined(separator: ", "))"
  }

  /// The names of all functions and aggregates.
  static let names: [String] =
    ScalarFunction.allCases.map(\.rawValue).filter { !Keyword.isReserved($0) }
    + AggregateFunction.languageNames.map(\.name)

  /// What other languages call it.
  private static let otherNames = [
    "log": "ln(x), or log10(x) to base 10", "power": "pow(x, y)", "ceiling": "ceil(x)", "len": "length(x)",
    "substring": "substr(x, start, length)", "concat": "x || y", "ifnull": "coalesce(x, y)", "nvl": "coalesce(x, y)",
    "if": "case when … then … else … end", "iff": "case when … then … else … end", "nunique": "count_distinct(x)",
    "date": "cast(x as date)", "datetime": "cast(x as datetime)", "int": "cast(x as int)", "float": "cast(x as float)",
    "extract": "year(x), month(x), …", "try_cast": "cast(x as type), which is null where there is no equal value",
    "dayofweek": "weekday(x)", "percentile": "quantile(x, 0.99)",
  ]
}

extension AggregateFunction {
  /// The aggregates by the names they have in expressions. The fraction of `quantile` is an argument of the call.
  static let languageNames: [(name: String, function: AggregateFunction)] = [
    ("count", .count), ("count_distinct", .countDistinct), ("sum", .sum), ("mean", .mean), ("avg", .mean),
    ("min", .min),
    ("max", .max), ("std", .standardDeviation), ("stddev", .standardDeviation), ("var", .variance),
    ("variance", .variance), ("median", .quantile(0.5)), ("quantile", .quantile(0.5)), ("first", .first),
    ("last", .last),
    ("any", .any), ("all", .all), ("corr", .correlation), ("cov", .covariance),
  ]

  init?(languageName: String) {
    guard let found = AggregateFunction.languageNames.first(where: { $0.name == languageName }) else { return nil }
    self = found.function
  }
}
