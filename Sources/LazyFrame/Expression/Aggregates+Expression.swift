import Columnar

extension Expression {
  private func aggregate(_ function: AggregateFunction, _ others: Expression...) -> Expression {
    Expression(.aggregate(function, [self] + others))
  }

  /// The aggregate of only those rows for which a condition is true, neither false nor null:
  /// `col("x").sum().filter(where: col("y") > 0)`. Stands right behind an aggregate. What is aggregated is computed for those
  /// rows only. A group without such rows has the aggregate of no rows. O(rows) for the condition.
  public func filter(where condition: Expression) -> Expression { Expression(.filtered(self, where: condition)) }

  // MARK: Counts

  /// How many values are not null.
  public func count() -> Expression { aggregate(.count) }
  /// How many values are null.
  public func nullCount() -> Expression { aggregate(.nullCount) }
  /// How many different values there are. Exact; memory grows with their number.
  public func countDistinct() -> Expression { aggregate(.countDistinct) }
  /// About how many different values there are, nearly exactly up to 1024, from there with a standard error of 1.6%.
  /// 0.0 equals -0.0, and NaN equals NaN. Takes up to 4 KB for each group, less where there are few values. The result does not
  /// depend on the order of rows or on partitions. HyperLogLog (Flajolet et al. 2007) with the estimator of Ertl 2017. O(rows).
  public func approximateCountDistinct() -> Expression { aggregate(.approximateCountDistinct) }

  // MARK: Sums and moments

  /// The sum; null when there is no value. Integers are summed in 128 bits and throw when the result does not fit 64;
  /// floats are summed with compensation (Neumaier), so that the error does not grow with the number of rows.
  public func sum() -> Expression { aggregate(.sum) }
  /// The product as a float; null when there is no value. Its last digits depend on the order of rows and on partitions. O(rows).
  public func product() -> Expression { aggregate(.product) }
  /// The arithmetic mean as a float; null when there is no value.
  public func mean() -> Expression { aggregate(.mean) }
  /// The n-th root of the product of n values, as `exp(mean(ln(x)))`; null when there is no value, 0 when one is 0, NaN when
  /// one is negative. O(rows).
  public func geometricMean() -> Expression { aggregate(.geometricMean) }
  /// The mean in which each value counts as often as its weight says, over rows where both have a value; null without such
  /// rows, NaN where the weights sum to 0 as the values times their weights do. O(rows).
  public func weightedMean(by weights: Expression) -> Expression { aggregate(.weightedMean, weights) }
  /// The sample variance, with n - 1; null for fewer than two values.
  public func variance() -> Expression { aggregate(.variance) }
  /// The variance with n - `ddof`, the delta degrees of freedom: 1 for a sample, 0 for a whole population. Null unless there are
  /// more values than that. O(rows).
  public func variance(ddof: Int) -> Expression { aggregate(.variance(ddof: ddof)) }
  /// The sample standard deviation, with n - 1; null for fewer than two values.
  public func standardDeviation() -> Expression { aggregate(.standardDeviation) }
  /// The standard deviation with n - `ddof`: see ``variance(ddof:)``. O(rows).
  public func standardDeviation(ddof: Int) -> Expression { aggregate(.standardDeviation(ddof: ddof)) }
  /// The variance of a whole population, with n; null when there is no value.
  public func populationVariance() -> Expression { aggregate(.populationVariance) }
  /// The standard deviation of a whole population, with n; null when there is no value.
  public func populationStandardDeviation() -> Expression { aggregate(.populationStandardDeviation) }
  /// The standard error of the mean, the sample standard deviation over the root of n; null for fewer than two values.
  public func standardError() -> Expression { aggregate(.standardError) }
  /// The skewness, corrected for the size of the sample as in pandas and DuckDB (G1 of Joanes and Gill 1998); null for fewer
  /// than three values, NaN of equal ones. Merged by the formulas of Pébay 2008. O(rows).
  public func skewness() -> Expression { aggregate(.skewness) }
  /// The excess kurtosis, 0 for a normal distribution, corrected for the size of the sample as in pandas and DuckDB (G2 of Joanes
  /// and Gill 1998); null for fewer than four values, NaN of equal ones. Merged by the formulas of Pébay 2008. O(rows).
  public func kurtosis() -> Expression { aggregate(.kurtosis) }
  /// Pearson's correlation with another expression, over rows where both have a value.
  public func correlation(with other: Expression) -> Expression { aggregate(.correlation, other) }
  /// The sample covariance with another expression, with n - 1, over rows where both have a value.
  public func covariance(with other: Expression) -> Expression { aggregate(.covariance, other) }
  /// The covariance of a whole population, with n, over rows where both have a value; null without such rows.
  public func populationCovariance(with other: Expression) -> Expression { aggregate(.populationCovariance, other) }

  // MARK: Values by their order

  /// The smallest value; null when there is none. NaN comes after every number.
  public func min() -> Expression { aggregate(.min) }
  /// The largest value; null when there is none. NaN comes after every number.
  public func max() -> Expression { aggregate(.max) }
  /// The largest value less the smallest; null when there is none. A length of time for dates and moments.
  public func range() -> Expression { aggregate(.range) }
  /// The middle value, or the mean of the two in the middle. Exact; memory grows with the rows.
  public func median() -> Expression { aggregate(.quantile(0.5)) }
  /// The value below which `fraction` (0 to 1) of the values lie, interpolated linearly. Exact; memory grows with the
  /// rows.
  public func quantile(_ fraction: Double) -> Expression { aggregate(.quantile(fraction)) }
  /// About the value below which `fraction` (0 to 1) of the values lie; null when there is none. Exact up to 1200 values; beyond
  /// that its rank is off by about 0.5% of the rows at most at the median, by less elsewhere, and nearly exact at the ends. NaN
  /// comes after every number. Takes up to 20 KB for each group. The same partitions give the same bits. A merging t-digest
  /// (Dunning and Ertl 2019). O(rows).
  public func approximateQuantile(_ fraction: Double) -> Expression { aggregate(.approximateQuantile(fraction)) }
  /// A list of the `count` largest values, largest first, or of all where there are fewer; empty when there is no value. NaN is
  /// larger than every number; text is ordered by its bytes. Memory for up to `count` values of each group.
  /// O(rows · count) at worst, O(rows) where groups have many rows.
  public func topK(_ count: Int) -> Expression { aggregate(.top(count)) }
  /// A list of the `count` smallest values, smallest first, or of all where there are fewer; otherwise as `topK`.
  public func bottomK(_ count: Int) -> Expression { aggregate(.bottom(count)) }
  /// The value in the row where another expression is least, of several such rows the first. Rows where one of both is null do
  /// not count; null without any. NaN comes after every number. O(rows).
  public func atMin(of other: Expression) -> Expression { aggregate(.atMin, other) }
  /// The value in the row where another expression is largest; otherwise as `atMin`.
  public func atMax(of other: Expression) -> Expression { aggregate(.atMax, other) }

  // MARK: Values by their rows

  /// The most frequent value, of several such values the one that comes first in the rows; null when there is none. 0.0 equals
  /// -0.0, and NaN equals NaN. Exact; memory grows with the number of different values. O(rows).
  public func mode() -> Expression { aggregate(.mode) }
  /// The first value in the order of the rows: the first that is not null, or with `skipsNulls` false that of the first row,
  /// null or not. Also of lists.
  public func first(skipsNulls: Bool = true) -> Expression { aggregate(skipsNulls ? .first : .firstRow) }
  /// The last value in the order of the rows: the last that is not null, or with `skipsNulls` false that of the last row, null
  /// or not. Also of lists.
  public func last(skipsNulls: Bool = true) -> Expression { aggregate(skipsNulls ? .last : .lastRow) }
  /// All texts in the order of the rows with a separator between them; null when there is none. Memory grows with the bytes.
  /// O(bytes).
  public func joined(separator: String) -> Expression { aggregate(.joined(separator: separator)) }

  // MARK: Conditions

  /// Whether any value is true; null when there is no value.
  public func any() -> Expression { aggregate(.any) }
  /// Whether all values are true; null when there is no value.
  public func all() -> Expression { aggregate(.all) }
}

/// How many different combinations several columns have, over rows where all have a value. Exact; memory grows with the number
/// of combinations. 0.0 equals -0.0, and NaN equals NaN. O(rows).
public func countDistinct(_ first: Expression, _ others: Expression...) -> Expression {
  Expression(.aggregate(.countDistinctRows, [first] + others))
}
