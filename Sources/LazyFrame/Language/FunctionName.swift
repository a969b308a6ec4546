import Columnar
import TaskGraph

/// The functions of the language by their names.
enum FunctionName {
  /// What was probably meant by the name of a function that does not exist.
  static func hint(for name: String) -> String {
    if let known = otherNames[name] { return "it is written \(known)" }
    return NearestName.suggestion(name, among: names) ?? "the functions are: \(names.joined(separator: ", "))"
  }

  /// The names of all functions and aggregates.
  static let names: [String] =
    ScalarFunction.allCases.map(\.rawValue).filter { !Keyword.isReserved($0) }
    + AggregateFunction.languageNames.map(\.name) + WindowForm.all.map(\.name)

  /// What other languages call it.
  private static let otherNames = [
    "power": "pow(x, y)", "ceiling": "ceil(x)", "len": "length(x)", "strlen": "length(x), or octet_length(x) in bytes",
    "char_length": "length(x)", "substring": "substr(x, start, length)", "concat": "x || y, or concat_ws('', x, y)",
    "ifnull": "coalesce(x, y)", "nvl": "coalesce(x, y)", "if": "case when … then … else … end",
    "iff": "case when … then … else … end", "nunique": "count_distinct(x)", "date": "cast(x as date)",
    "datetime": "cast(x as datetime)", "int": "cast(x as int)", "float": "cast(x as float)",
    "try_cast": "cast(x as type), which is null where there is no equal value", "extract": "year(x), month(x), …",
    "date_part": "year(x), month(x), …", "dayofweek": "weekday(x)",
    "doy": "dayofyear(x)", "group_concat": "string_agg(x, ', ')", "listagg": "string_agg(x, ', ')",
    "array_agg": "list(x)", "split": "string_split(x, separator)", "str_split": "string_split(x, separator)",
    "string_to_array": "string_split(x, separator)", "array_length": "list_length(x)", "cardinality": "list_length(x)",
    "list_get": "list_extract(x, position)", "list_element": "list_extract(x, position)",
    "array_extract": "list_extract(x, position)", "list_first": "list_extract(x, 1)",
    "list_last": "list_extract(x, -1)", "list_mean": "list_avg(x)", "list_unique": "list_length(list_distinct(x))",
    "list_has": "list_contains(x, value)", "array_contains": "list_contains(x, value)",
    "list_reverse_sort": "list_sort(x, 'desc')", "list_join": "array_to_string(x, separator)",
    "percentile": "quantile(x, 0.99)", "mod": "x % y, or floor_mod(x, y) with the sign of y",
    "lpad": "pad_start(x, length, character), which never cuts",
    "rpad": "pad_end(x, length, character), which never cuts", "position": "strpos(x, text)",
    "instr": "strpos(x, text)", "regexp_like": "regexp_matches(x, pattern)",
    "regexp_replace_all": "regexp_replace(x, pattern, replacement)", "title": "initcap(x)",
    "to_date": "cast(strptime(x, '%Y-%m-%d') as date)", "to_timestamp": "from_epoch(x), or strptime(x, '%Y-%m-%d')",
    "date_add": "offset_by(x, '1mo')", "datediff": "date_diff('day', start, end)",
  ]
}

extension AggregateFunction {
  /// The aggregates by the names they have in expressions. Parameters, as the fraction of `quantile`, are arguments of the call.
  static let languageNames: [(name: String, function: AggregateFunction)] = [
    ("count", .count), ("count_distinct", .countDistinct), ("count_distinct_rows", .countDistinctRows), ("sum", .sum),
    ("mean", .mean), ("avg", .mean),
    ("min", .min), ("range", .range), ("geometric_mean", .geometricMean),
    ("max", .max), ("std", .standardDeviation), ("stddev", .standardDeviation), ("var", .variance),
    ("variance", .variance), ("var_samp", .variance), ("stddev_samp", .standardDeviation),
    ("var_pop", .populationVariance), ("std_pop", .populationStandardDeviation),
    ("stddev_pop", .populationStandardDeviation), ("sem", .standardError), ("skewness", .skewness), ("skew", .skewness),
    ("kurtosis", .kurtosis), ("product", .product), ("weighted_mean", .weightedMean), ("null_count", .nullCount),
    ("approx_count_distinct", .approximateCountDistinct), ("approx_quantile", .approximateQuantile(0.5)),
    ("mode", .mode), ("first_row", .firstRow),
    ("last_row", .lastRow), ("arg_min", .atMin), ("min_by", .atMin), ("arg_max", .atMax), ("max_by", .atMax),
    ("list", .list), ("string_agg", .joined(separator: "")), ("cov_pop", .populationCovariance),
    ("covar_samp", .covariance), ("covar_pop", .populationCovariance), ("median", .quantile(0.5)),
    ("quantile", .quantile(0.5)), ("first", .first),
    ("last", .last),
    ("any", .any), ("all", .all), ("corr", .correlation), ("cov", .covariance), ("top", .top(1)),
    ("bottom", .bottom(1)),
  ]

  init?(languageName: String) {
    guard let found = AggregateFunction.languageNames.first(where: { $0.name == languageName }) else { return nil }
    self = found.function
  }
}
