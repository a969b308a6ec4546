import Columnar

/// A function of many rows. All skip nulls, but for those that say so.
package enum AggregateFunction: Sendable, Hashable, Codable {
  case count
  case nullCount
  case countDistinct
  /// How many different combinations of the inputs there are.
  case countDistinctRows
  case approximateCountDistinct
  case sum
  case product
  case mean
  case geometricMean
  case weightedMean
  case min
  case max
  case range
  case variance
  case standardDeviation
  case populationVariance
  case populationStandardDeviation
  /// With another number than 1 or 0 taken from that of the values.
  case adjustedVariance(Int)
  case adjustedStandardDeviation(Int)
  case standardError
  case skewness
  case kurtosis
  case quantile(Double)
  case approximateQuantile(Double)
  case mode
  case first
  case last
  /// The values of the first and the last row, null or not.
  case firstRow
  case lastRow
  /// The first input's value where the second one is least, or largest.
  case atMin
  case atMax
  case any
  case all
  case correlation
  case covariance
  case populationCovariance
  case top(Int)
  case bottom(Int)
  /// All values in the order of the rows, nulls too.
  case list
  /// All texts with this between them.
  case joined(separator: String)

  /// The name in expressions and in the names of results.
  package var name: String {
    switch self {
    case .count: "count"
    case .nullCount: "null_count"
    case .countDistinct: "count_distinct"
    case .countDistinctRows: "count_distinct_rows"
    case .approximateCountDistinct: "approx_count_distinct"
    case .sum: "sum"
    case .product: "product"
    case .mean: "mean"
    case .geometricMean: "geometric_mean"
    case .weightedMean: "weighted_mean"
    case .min: "min"
    case .max: "max"
    case .range: "range"
    case .variance, .adjustedVariance: "var"
    case .standardDeviation, .adjustedStandardDeviation: "std"
    case .populationVariance: "var_pop"
    case .populationStandardDeviation: "std_pop"
    case .standardError: "sem"
    case .skewness: "skewness"
    case .kurtosis: "kurtosis"
    case .quantile(let fraction): fraction == 0.5 ? "median" : "quantile"
    case .approximateQuantile: "approx_quantile"
    case .mode: "mode"
    case .first: "first"
    case .last: "last"
    case .firstRow: "first_row"
    case .lastRow: "last_row"
    case .atMin: "arg_min"
    case .atMax: "arg_max"
    case .any: "any"
    case .all: "all"
    case .correlation: "corr"
    case .covariance: "cov"
    case .populationCovariance: "cov_pop"
    case .top: "top"
    case .bottom: "bottom"
    case .list: "list"
    case .joined: "string_agg"
    }
  }
}

extension AggregateFunction {
  /// Whether it works on two columns.
  var takesPair: Bool {
    switch self {
    case .weightedMean, .atMin, .atMax, .correlation, .covariance, .populationCovariance: true
    default: false
    }
  }

  /// What is written behind the arguments, such as the fraction of a quantile that is not the median.
  var parameters: [String] {
    switch self {
    case .quantile(let fraction) where fraction != 0.5: [fraction.description]
    case .approximateQuantile(let fraction): [fraction.description]
    case .top(let count), .bottom(let count), .adjustedVariance(let count), .adjustedStandardDeviation(let count):
      [count.description]
    case .joined(let separator): [Expression.literalText(.string(separator))]
    default: []
    }
  }

  /// The parameters that the name of a result has too.
  var nameParameters: [String] {
    if case .joined = self { return [] }
    return parameters
  }
}

extension AggregateFunction {
  static func variance(ddof: Int) -> AggregateFunction {
    ddof == 1 ? .variance : ddof == 0 ? .populationVariance : .adjustedVariance(ddof)
  }

  static func standardDeviation(ddof: Int) -> AggregateFunction {
    ddof == 1 ? .standardDeviation : ddof == 0 ? .populationStandardDeviation : .adjustedStandardDeviation(ddof)
  }

  /// What it is written as, where it is made of other aggregates.
  func definition(_ arguments: [Expression]) -> Expression? {
    switch self {
    case .range: arguments[0].max() - arguments[0].min()
    case .geometricMean: arguments[0].log().mean().exp()
    default: nil
    }
  }
}
