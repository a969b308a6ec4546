import Columnar

/// A function of many rows. All skip nulls.
package enum AggregateFunction: Sendable, Hashable, Codable {
  case count
  case countDistinct
  case sum
  case mean
  case min
  case max
  case variance
  case standardDeviation
  case quantile(Double)
  case first
  case last
  case any
  case all
  case correlation
  case covariance
  case top(Int)
  case bottom(Int)

  /// The name in expressions and in the names of results.
  package var name: String {
    switch self {
    case .count: "count"
    case .countDistinct: "count_distinct"
    case .sum: "sum"
    case .mean: "mean"
    case .min: "min"
    case .max: "max"
    case .variance: "var"
    case .standardDeviation: "std"
    case .quantile(let fraction): fraction == 0.5 ? "median" : "quantile"
    case .first: "first"
    case .last: "last"
    case .any: "any"
    case .all: "all"
    case .correlation: "corr"
    case .covariance: "cov"
    case .top: "top"
    case .bottom: "bottom"
    }
  }
}

extension AggregateFunction {
  /// What is written behind the arguments, such as the fraction of a quantile that is not the median.
  var parameters: [String] {
    switch self {
    case .quantile(let fraction) where fraction != 0.5: [fraction.description]
    case .top(let count), .bottom(let count): [count.description]
    default: []
    }
  }
}

extension Expression {
  private func aggregate(_ function: AggregateFunction, _ others: Expression...) -> Expression {
    Expression(.aggregate(function, [self] + others))
  }

  /// How many values are not null.
  public func count() -> Expression { aggregate(.count) }
  /// How many different values there are. Exact; memory grows with their number.
  public func countDistinct() -> Expression { aggregate(.countDistinct) }
  /// The sum; null when there is no value. Integers are summed in 128 bits and throw when the result does not fit 64;
  /// floats are summed with compensation (Neumaier), so that the error does not grow with the number of rows.
  public func sum() -> Expression { aggregate(.sum) }
  /// The arithmetic mean as a float; null when there is no value.
  public func mean() -> Expression { aggregate(.mean) }
  /// The smallest value; null when there is none. NaN comes after every number.
  public func min() -> Expression { aggregate(.min) }
  /// The largest value; null when there is none. NaN comes after every number.
  public func max() -> Expression { aggregate(.max) }
  /// The sample variance, with n - 1; null for fewer than two values.
  public func variance() -> Expression { aggregate(.variance) }
  /// The sample standard deviation, with n - 1; null for fewer than two values.
  public func standardDeviation() -> Expression { aggregate(.standardDeviation) }
  /// The middle value, or the mean of the two in the middle. Exact; memory grows with the rows.
  public func median() -> Expression { aggregate(.quantile(0.5)) }
  /// The value below which `fraction` (0 to 1) of the values lie, interpolated linearly. Exact; memory grows with the
  /// rows.
  public func quantile(_ fraction: Double) -> Expression { aggregate(.quantile(fraction)) }
  /// The first value that is not null, in the order of the rows.
  public func first() -> Expression { aggregate(.first) }
  /// The last value that is not null, in the order of the rows.
  public func last() -> Expression { aggregate(.last) }
  /// Whether any value is true; null when there is no value.
  public func any() -> Expression { aggregate(.any) }
  /// Whether all values are true; null when there is no value.
  public func all() -> Expression { aggregate(.all) }
  /// Pearson's correlation with another expression, over rows where both have a value.
  public func correlation(with other: Expression) -> Expression { aggregate(.correlation, other) }
  /// The sample covariance with another expression, with n - 1, over rows where both have a value.
  public func covariance(with other: Expression) -> Expression { aggregate(.covariance, other) }

  /// A list of the `count` largest values, largest first, or of all where there are fewer; empty when there is no value. NaN is
  /// larger than every number; text is ordered by its bytes. Memory for up to `count` values of each group.
  /// O(rows · count) at worst, O(rows) where groups have many rows.
  public func topK(_ count: Int) -> Expression { aggregate(.top(count)) }
  /// A list of the `count` smallest values, smallest first, or of all where there are fewer; otherwise as `topK`.
  public func bottomK(_ count: Int) -> Expression { aggregate(.bottom(count)) }
}
