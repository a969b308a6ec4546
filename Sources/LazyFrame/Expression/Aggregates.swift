import Columnar

/// A function of many rows. All skip nulls, but for those that say so.
package enum AggregateFunction: Sendable, Hashable, Codable {
  case count
  case nullCount
  case countDistinct
  case approximateCountDistinct
  case sum
  case product
  case mean
  case weightedMean
  case min
  case max
  case variance
  case standardDeviation
  case populationVariance
  case populationStandardDeviation
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
    case .approximateCountDistinct: "approx_count_distinct"
    case .sum: "sum"
    case .product: "product"
    case .mean: "mean"
    case .weightedMean: "weighted_mean"
    case .min: "min"
    case .max: "max"
    case .variance: "var"
    case .standardDeviation: "std"
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
    case .top(let count), .bottom(let count): [count.description]
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
