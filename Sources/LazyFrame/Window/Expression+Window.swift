import Columnar

// Functions of several rows. Without `over` the rows are all of the frame, in their order.

extension Expression {
  private func window(_ function: WindowFunction, _ others: Expression...) -> Expression {
    Expression(.window(function, [self] + others))
  }

  // MARK: Groups

  /// Computes the aggregates and window functions inside among rows with equal keys, and gives each row its group's value.
  ///
  ///     col("x") - col("x").mean().over(col("k"))              // the distance from the group's mean
  ///     col("x").shift(1).over(col("k"), orderBy: col("t"))    // the value before in time
  ///     col("x").sum().over()                                  // all rows are one group
  ///
  /// Rows stay where they are. Null is a key of its own, as in a group-by. An aggregate is of the whole group also where there is an order, unlike SQL's: what it is up to a row is ``cumSum()`` and the like.
  ///
  /// - Parameters:
  ///   - keys: what the rows of a group have in common; all rows are one group when there is none.
  ///   - order: the order of a group's rows; as they stand when it is left out. Equal ones stay as they stand, nulls come last.
  ///   - descending: whether the largest comes first.
  /// - Complexity: O(n), and O(n log n) with an order.
  public func over(_ keys: Expression..., orderBy order: Expression..., descending: Bool = false) -> Expression {
    over(keys, orderBy: order.map { SortKey($0, descending: descending) })
  }

  /// The same for lists, with a direction for each part of the order.
  public func over(_ keys: [Expression], orderBy order: [SortKey] = []) -> Expression {
    Expression(.over(self, keys: keys, order: order, frame: nil))
  }

  // MARK: Neighbours

  /// The value `count` rows above, below where it is negative; null where there is no such row.
  public func shift(_ count: Int = 1) -> Expression { window(.shift(count)) }

  /// The value `count` rows above, below where it is negative, and `fill` where there is no such row. A null that is there
  /// stays null.
  public func shift(_ count: Int = 1, fill: Expression) -> Expression { window(.shift(count), fill) }

  /// The value less the one `count` rows above: `x - shift(x, count)`. Null where one of them is null or missing.
  public func diff(_ count: Int = 1) -> Expression { window(.difference(count)) }

  /// The change since `count` rows above, as a part of what was there: `x / shift(x, count) - 1`. Null where one of the two
  /// is null or missing; no null is filled in before.
  public func pctChange(_ count: Int = 1) -> Expression { window(.percentChange(count)) }

  // MARK: Up to this row

  /// The sum of the values up to this row. Nulls are skipped and stay null; from the first NaN on it is NaN. Floats are
  /// summed with compensation; integers that do not fit 64 bits are an error of the run.
  public func cumSum() -> Expression { window(.cumulative(.sum)) }
  /// The largest value up to this row. Nulls are skipped and stay null; NaN is larger than every number.
  public func cumMax() -> Expression { window(.cumulative(.max)) }
  /// The smallest value up to this row. Nulls are skipped and stay null; NaN is larger than every number.
  public func cumMin() -> Expression { window(.cumulative(.min)) }
  /// The product of the values up to this row. Nulls are skipped and stay null. Integers that do not fit 64 bits are an error
  /// of the run.
  public func cumProd() -> Expression { window(.cumulative(.product)) }
  /// How many values up to this row are not null. Never null itself, as in Polars.
  public func cumCount() -> Expression { window(.cumulative(.count)) }

  // MARK: Places

  /// The place of the value among all, from 1. Null stays null and takes no place; NaN is larger than every number, all NaNs
  /// are equal, and so are 0 and -0. A float for `.average`, else an `int64`.
  ///
  /// O(n log n).
  public func rank(method: RankMethod = .average, descending: Bool = false) -> Expression {
    window(.rank(method, descending: descending))
  }

  // MARK: Nulls

  /// The last value above that is not null, for at most `limit` nulls in a row. Null before the first value. NaN is a value.
  public func forwardFill(limit: Int? = nil) -> Expression { window(.forwardFill(limit: limit)) }

  /// The next value below that is not null, for at most `limit` nulls in a row. Null behind the last value. NaN is a value.
  public func backwardFill(limit: Int? = nil) -> Expression { window(.backwardFill(limit: limit)) }

  /// The value, or where it is null one that is made of the others.
  public func fillNull(_ strategy: FillStrategy) -> Expression {
    switch strategy {
    case .forward: forwardFill()
    case .backward: backwardFill()
    case .mean: window(.fill(.mean))
    case .min: window(.fill(.min))
    case .max: window(.fill(.max))
    case .zero: fillNull(lit(0))
    case .one: fillNull(lit(1))
    }
  }
}

/// What stands in place of nulls.
public enum FillStrategy: Sendable, Hashable {
  /// The last value above.
  case forward
  /// The next value below.
  case backward
  /// The mean of the values, a float.
  case mean
  /// The smallest value.
  case min
  /// The largest value.
  case max
  /// The number 0.
  case zero
  /// The number 1.
  case one
}

/// The number of the row, from 1: `rowNumber().over(col("k"), orderBy: col("t"))`.
public func rowNumber() -> Expression {
  Expression(.window(.rowNumber, []))
}
