import Columnar
import Scheduler

// Verbs that put frames together, and that turn columns into rows or rows into columns.

extension LazyFrame {
  /// Several frames as one: below each other, or side by side. Lazy. Rows keep their order, frame after frame.
  ///
  ///     let all = LazyFrame.concat([january, february], how: .diagonal)
  ///
  /// The plan throws `LazyFrameError` when the columns do not fit: see the kinds. Without any frame it throws too. O(rows) at most.
  public static func concat(_ frames: [LazyFrame], how kind: ConcatKind = .vertical) -> LazyFrame {
    if frames.isEmpty {
      return LazyFrame(partitions: [], schema: Schema([])).refused(
        "no frames are no frame", hint: "a concat takes its columns from one frame at least")
    }
    return LazyFrame(.concat(kind, frames.map(\.plan)))
  }

  /// Columns below each other: for each of them every row, with the column's name and its value. Lazy.
  ///
  ///     let long = prices.unpivot(on: ["open", "close"], index: ["symbol", "date"])
  ///
  /// The rows of the first column come first, then those of the second, as in pandas and Polars. The values become the type
  /// that holds all of them, or the plan throws `LazyFrameError`. O(rows · columns), with all rows in memory.
  ///
  /// - Parameters:
  ///   - columns: what is put below each other; nil: all but the index.
  ///   - index: what is repeated beside it.
  ///   - variableName: the name of the column with the names.
  ///   - valueName: the name of the column with the values.
  public func unpivot(
    on columns: [String]? = nil, index: [String] = [], variableName: String = "variable", valueName: String = "value"
  ) -> LazyFrame {
    LazyFrame(
      .verb(UnpivotVerb(on: columns, index: index, variableName: variableName, valueName: valueName), plan))
  }

  /// Values of a column as columns: a row for each index, and in each column an aggregate of the rows with that value. Lazy.
  ///
  ///     let wide = prices.pivot(
  ///       on: "symbol", columns: [.string("A"), .string("B")], index: col("date"), values: col("close")) { $0.mean() }
  ///
  /// Indices come in the order of their first rows, columns as they are given. Where there is no row, the aggregate is that
  /// of nothing: null, or 0 of a count. O(rows · columns).
  ///
  /// - Parameters:
  ///   - name: the column whose values become columns.
  ///   - columns: those values; null may be one.
  ///   - index: what the rows are told apart by.
  ///   - values: what is aggregated.
  ///   - aggregate: how; the first value unless told.
  public func pivot(
    on name: String, columns: [Value], index: Expression..., values: Expression,
    aggregate: @escaping @Sendable (Expression) -> Expression = { $0.first() }
  ) -> LazyFrame {
    LazyFrame(.verb(PivotVerb(on: name, columns: columns, index: index, values: values, aggregate: aggregate), plan))
  }

  /// The same with all values that the column has, sorted, nulls last. **Computes** those values at once, since the columns
  /// of a plan must be known; the rest is lazy.
  ///
  /// - Throws: what computing throws.
  public func pivot(
    on name: String, index: Expression..., values: Expression,
    aggregate: @escaping @Sendable (Expression) -> Expression = { $0.first() },
    options: ComputeOptions = ComputeOptions()
  ) throws -> LazyFrame {
    let found = try select(col(name)).distinct().sort(by: col(name)).compute(options)
    let columns = found.rows.map { $0[0] }
    return LazyFrame(
      .verb(PivotVerb(on: name, columns: columns, index: index, values: values, aggregate: aggregate), plan))
  }

  /// A row for each element of lists, in their order, with the other columns repeated. A null or empty list gives one row
  /// with null, as in Polars. Lazy.
  ///
  ///     let words = lines.explode("words")
  ///
  /// Several columns are exploded together: their lists must have equal lengths in each row, or the run throws
  /// `LazyFrameError`, as the plan does for a column that is no list. O(rows of the result).
  public func explode(_ names: String...) -> LazyFrame { explode(names) }

  /// The same for a list of names.
  public func explode(_ names: [String]) -> LazyFrame { LazyFrame(.verb(ExplodeVerb(names: names), plan)) }
}
