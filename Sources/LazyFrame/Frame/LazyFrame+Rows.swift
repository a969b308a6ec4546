import Columnar

// Verbs that choose rows.

extension LazyFrame {
  /// The rows that have a value in all of these columns, or in all columns there are. Lazy; the order stays. NaN is a value.
  ///
  ///     let complete = prices.dropNulls(in: "open", "close")
  ///
  /// The plan throws `LazyFrameError` when there is no such column. O(rows).
  public func dropNulls(in names: String...) -> LazyFrame {
    LazyFrame(.verb(DropNullsVerb(names: names.isEmpty ? nil : names), plan))
  }

  /// One row of those that are equal in all columns, the first. Lazy; the order stays.
  ///
  ///     let symbols = prices.select(col("symbol")).distinct()
  ///
  /// Null equals null, NaN equals NaN, and -0.0 equals 0.0 and comes out as that. Lists cannot be compared: the plan throws
  /// `LazyFrameError`. Expected O(rows), and the different rows in memory.
  public func distinct() -> LazyFrame { LazyFrame(.verb(DistinctVerb(names: nil, keep: .first), plan)) }

  /// One row of those that are equal in these columns. Lazy; the order stays.
  ///
  ///     let latest = prices.distinct(on: "symbol", keep: .last)
  ///
  /// Values are equal as for ``distinct()``, but come out as they are. Expected O(rows), with all rows in memory.
  public func distinct(on names: String..., keep: DistinctKeep = .first) -> LazyFrame {
    LazyFrame(.verb(DistinctVerb(names: names.isEmpty ? nil : names, keep: keep), plan))
  }

  /// The last rows, at most `count`, in their order. Lazy, but everything before them is computed too.
  ///
  ///     let newest = prices.sort(by: col("date")).tail(5)
  ///
  /// O(rows), with the last rows of each partition in memory.
  public func tail(_ count: Int = 10) -> LazyFrame {
    guard count >= 0 else { return refused("a frame has no \(count) last rows") }
    return count == 0 ? limit(0) : LazyFrame(.verb(SliceVerb(offset: -count, length: nil), plan))
  }

  /// Some rows in the middle, in their order. Lazy; nothing behind them is computed, unless they are counted from the end.
  ///
  ///     let page = prices.slice(200, 100)
  ///
  /// - Parameters:
  ///   - offset: how many rows are left out; if negative, with how many rows before the end it begins.
  ///   - length: how many rows it has at most; nil: all that follow.
  /// - Complexity: O(offset + length), or O(rows).
  public func slice(_ offset: Int, _ length: Int? = nil) -> LazyFrame {
    guard length ?? 0 >= 0 else { return refused("a slice cannot have \(length ?? 0) rows") }
    return LazyFrame(.verb(SliceVerb(offset: offset, length: length), plan))
  }

  /// So many rows by chance, all if there are fewer, in their order and none twice. Lazy.
  ///
  ///     let some = prices.sample(n: 1000, seed: 7)
  ///
  /// A row is chosen by its number and the seed alone: partitions and threads do not matter. O(rows · log n).
  public func sample(n count: Int, seed: UInt64 = 0) -> LazyFrame {
    guard count >= 0 else { return refused("a sample cannot have \(count) rows") }
    return LazyFrame(.verb(SampleVerb(amount: .rows(count), seed: seed), plan))
  }

  /// Each row with this probability, in their order. Lazy; otherwise as ``sample(n:seed:)``, and O(rows).
  ///
  ///     let tenth = prices.sample(fraction: 0.1)
  public func sample(fraction: Double, seed: UInt64 = 0) -> LazyFrame {
    guard (0...1).contains(fraction) else {
      return refused("the fraction of a sample lies between 0 and 1, and is \(fraction)")
    }
    return LazyFrame(.verb(SampleVerb(amount: .fraction(fraction), seed: seed), plan))
  }

  /// The rows with the largest values, the largest first, the earlier of equal ones first. Nulls come only where there is
  /// nothing else, NaN is larger than every number. Lazy. O(rows · log rows) in each partition.
  ///
  ///     let best = prices.topK(3, by: col("close"))
  public func topK(_ count: Int, by keys: Expression...) -> LazyFrame {
    sort(by: keys.map { SortKey($0, descending: true) }).limit(count)
  }

  /// How often each value comes, the most frequent first, of equally frequent ones that which comes first. Null is one of
  /// them. Lazy; expected O(rows).
  ///
  ///     print(try prices.valueCounts(col("symbol")).compute())
  ///
  /// - Parameters:
  ///   - expression: the values, which are the first column.
  ///   - name: what the column with the counts is called.
  public func valueCounts(_ expression: Expression, name: String = "count") -> LazyFrame {
    groupBy(expression).aggregate(count().as(name)).sort(by: [SortKey(col(name), descending: true)])
  }
}
