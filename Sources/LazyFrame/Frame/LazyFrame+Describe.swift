import Columnar
import Scheduler

// Tables about a frame's columns. They compute at once: their rows are columns of the frame's.

extension LazyFrame {
  /// Figures of each column: a table with a row for each of count, nulls, mean, std, min, 25%, 50%, 75%, max and distinct.
  /// **Computes** in one pass; quantiles and distinct values are held in memory.
  ///
  ///     print(try prices.describe())
  ///
  /// Columns are floats where all figures are numbers, else text. A figure that does not apply, such as the mean of text, is
  /// null. Counts are without nulls. O(rows · columns).
  ///
  /// - Throws: what computing throws.
  public func describe(_ options: ComputeOptions = ComputeOptions()) throws -> DataFrame {
    try LazyFrame(.verb(DescribeVerb(layout: .figures), plan)).compute(options)
  }

  /// The same figures with a row for each column: its name and type, the counts as integers, and the other figures as floats
  /// where all columns have numbers, else as text. Lazy.
  package func describing() -> LazyFrame { LazyFrame(.verb(DescribeVerb(layout: .columns), plan)) }

  /// The correlation (Pearson's) of each two columns of numbers. **Computes** in one pass. A column `column` has the names of
  /// the rows. A pair of rows counts where both are known; without two of them, or without variance, it is null or NaN.
  ///
  ///     print(try prices.correlation())
  ///
  /// - Throws: what computing throws.
  /// - Complexity: O(rows · columns²).
  public func correlation(_ options: ComputeOptions = ComputeOptions()) throws -> DataFrame {
    try matrix(options) { $0.correlation(with: $1) }
  }

  /// The sample covariance of each two columns of numbers; otherwise as ``correlation(_:)``.
  public func covariance(_ options: ComputeOptions = ComputeOptions()) throws -> DataFrame {
    try matrix(options) { $0.covariance(with: $1) }
  }

  private func matrix(
    _ options: ComputeOptions, _ figure: (Expression, Expression) -> Expression
  ) throws -> DataFrame {
    let names = try schema().fields.filter(\.type.isNumeric).map(\.name)
    let pairs = names.flatMap { left in names.map { (left, $0) } }
    let aggregates = pairs.enumerated().map { figure(col($1.0), col($1.1)).as("figure \($0)") }
    let row = aggregates.isEmpty ? [] : try groupBy([]).aggregate(aggregates).compute(options).row(0)
    let columns = names.indices.map { column in
      Column(names.indices.map { row[$0 * names.count + column].number })
    }
    let label = Schema(names.map { Field($0, .float64) }).freeName("column")
    return DataFrame(
      RecordBatch(
        schema: Schema([Field(label, .string)] + names.map { Field($0, .float64) }),
        columns: [Column(names.map { $0 })] + columns, rowCount: names.count))
  }
}
