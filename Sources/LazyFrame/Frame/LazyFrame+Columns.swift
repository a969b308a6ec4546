import Columnar

// Verbs that choose and name columns, and single rows that tell of all columns.

extension LazyFrame {
  /// All columns but these, in their order. Lazy; nothing of them is read or computed.
  ///
  ///     let lean = prices.drop("open", "volume")
  ///
  /// The plan throws `LazyFrameError` when there is no such column. O(columns).
  public func drop(_ names: String...) -> LazyFrame { drop(names) }

  /// The same for a list of names.
  public func drop(_ names: [String]) -> LazyFrame { LazyFrame(.verb(DropVerb(names: names), plan)) }

  /// The same columns in the same order, some of them under other names. Lazy.
  ///
  ///     let named = prices.rename(["close": "price", "open": "first"])
  ///
  /// Names can change places. The plan throws `LazyFrameError` when there is no such column, or two have one name then.
  /// O(columns).
  public func rename(_ names: [String: String]) -> LazyFrame { LazyFrame(.verb(RenameVerb(names: names), plan)) }

  /// A first column with the number of each row, as an `int64`. Lazy; the order of the rows stays.
  ///
  ///     let numbered = prices.withRowNumber("row")
  ///
  /// The rows are held in memory until those of all partitions before them are counted. The plan throws `LazyFrameError`
  /// when there is such a column already. O(rows).
  ///
  /// - Parameters:
  ///   - name: what the column is called.
  ///   - offset: the number of the first row.
  public func withRowNumber(_ name: String = "row", offset: Int = 0) -> LazyFrame {
    LazyFrame(.verb(RowNumberVerb(numbering: RowNumbering(name: name, offset: Int64(offset))), plan))
  }

  // MARK: One row that tells of all

  /// How many nulls each column has: one row, with the frame's columns. NaN is no null. Lazy. O(rows · columns).
  ///
  ///     print(try prices.nullCount().compute())
  public func nullCount() -> LazyFrame { LazyFrame(.verb(NullCountVerb(), plan)) }

  /// How many different values each column has, without null. One row, with the frame's columns. Lazy; expected
  /// O(rows · columns), and the values of all columns in memory.
  ///
  ///     print(try prices.nUnique().compute())
  public func nUnique() -> LazyFrame { ofEachColumn { $0.countDistinct() } }

  /// The sums of the columns that have some. One row, under the names of the columns. Nulls are skipped. Lazy.
  ///
  ///     print(try prices.sum().compute())
  ///
  /// Integers that overflow are an error of the run. O(rows · columns).
  public func sum() -> LazyFrame { ofEachColumn { $0.sum() } }

  /// The means of the columns that have one; otherwise as ``sum()``.
  public func mean() -> LazyFrame { ofEachColumn { $0.mean() } }

  /// The smallest value of each column, NaN only where there is nothing else; otherwise as ``sum()``.
  public func min() -> LazyFrame { ofEachColumn { $0.min() } }

  /// The largest value of each column, where NaN is larger than every number; otherwise as ``sum()``.
  public func max() -> LazyFrame { ofEachColumn { $0.max() } }

  /// The sample standard deviations of the columns of numbers; otherwise as ``sum()``.
  public func standardDeviation() -> LazyFrame { ofEachColumn { $0.standardDeviation() } }

  /// The sample variances of the columns of numbers; otherwise as ``sum()``.
  public func variance() -> LazyFrame { ofEachColumn { $0.variance() } }

  /// The medians of the columns of numbers; otherwise as ``sum()``, with the values in memory.
  public func median() -> LazyFrame { ofEachColumn { $0.median() } }

  /// A quantile of each column of numbers, interpolated between neighbours; otherwise as ``sum()``, with the values in
  /// memory.
  ///
  ///     print(try prices.quantile(0.9).compute())
  public func quantile(_ fraction: Double) -> LazyFrame { ofEachColumn { $0.quantile(fraction) } }

  /// An aggregate of each column to which it applies.
  private func ofEachColumn(_ aggregate: @escaping @Sendable (Expression) -> Expression) -> LazyFrame {
    LazyFrame(.verb(WholeVerb(aggregate: aggregate), plan))
  }
}
