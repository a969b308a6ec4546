extension LazyFrame {
  /// The rows of this frame with those of another that have the same keys. Lazy.
  ///
  ///     let named = trades.join(companies, on: col("symbol"), how: .left)
  ///
  /// Null keys find no partner unless `nullsAreEqual` is set; 0.0 and -0.0 are one key, and so are all NaNs. A key is one
  /// column of the result. Other columns of `other` whose name this frame has too get the suffix.
  ///
  /// The right frame's rows are held in memory.
  ///
  /// - Parameters:
  ///   - other: the right side.
  ///   - keys: what must be equal, in terms of either side's columns.
  ///   - kind: which rows come out, and in which order.
  ///   - suffix: what is put behind the names of right columns that are names of left columns too.
  ///   - nullsAreEqual: whether null keys find one another.
  ///   - validation: on which sides a key may have only one row; nil: on neither. Another one is an error of the run.
  /// - Complexity: O(left rows + right rows + result rows).
  public func join(
    _ other: LazyFrame, on keys: Expression..., how kind: JoinKind = .inner, suffix: String = "_right",
    nullsAreEqual: Bool = false, validate validation: JoinValidation? = nil
  ) -> LazyFrame {
    join(other, on: keys, how: kind, suffix: suffix, nullsAreEqual: nullsAreEqual, validate: validation)
  }

  /// The same for a list of keys.
  public func join(
    _ other: LazyFrame, on keys: [Expression], how kind: JoinKind = .inner, suffix: String = "_right",
    nullsAreEqual: Bool = false, validate validation: JoinValidation? = nil
  ) -> LazyFrame {
    let join = Join(
      kind: kind, leftKeys: keys, rightKeys: keys, sharesKeys: true, suffix: suffix, nullsAreEqual: nullsAreEqual,
      validation: validation)
    return LazyFrame(.join(join, plan, other.plan))
  }

  /// The same where the keys have different names on both sides: both are columns of the result. One that is a column of
  /// the same name on both sides is one column.
  public func join(
    _ other: LazyFrame, leftOn leftKeys: [Expression], rightOn rightKeys: [Expression], how kind: JoinKind = .inner,
    suffix: String = "_right", nullsAreEqual: Bool = false, validate validation: JoinValidation? = nil
  ) -> LazyFrame {
    let join = Join(
      kind: kind, leftKeys: leftKeys, rightKeys: rightKeys, sharesKeys: false, suffix: suffix,
      nullsAreEqual: nullsAreEqual, validation: validation)
    return LazyFrame(.join(join, plan, other.plan))
  }

  /// Every row of this frame with every row of another, in the order of this one's rows. Lazy.
  public func crossJoin(_ other: LazyFrame, suffix: String = "_right") -> LazyFrame {
    let join = Join(
      kind: .cross, leftKeys: [], rightKeys: [], sharesKeys: true, suffix: suffix, nullsAreEqual: false)
    return LazyFrame(.join(join, plan, other.plan))
  }

  /// Each row of this frame with the row of another that is nearest in time. Lazy.
  ///
  ///     let priced = trades.joinAsof(quotes, on: col("time"), by: col("symbol"), tolerance: .duration(.seconds(10)))
  ///
  /// Rows stay in their order; one without a partner has nulls for the other's columns. Null times, NaN and null keys find
  /// nothing. The other frame is sorted by its times here, and its rows are held in memory; of several with one time and
  /// key the last is taken backward, the first forward. A time that both sides have under one name is one column, that of
  /// this frame; so are the keys.
  ///
  /// - Parameters:
  ///   - other: the right side.
  ///   - time: a time or number of either side.
  ///   - keys: what must be equal.
  ///   - strategy: whether earlier or later rows are taken.
  ///   - tolerance: how far away one may be, at most: a duration, or a number where times are numbers.
  ///   - suffix: what is put behind the names of right columns that are names of left columns too.
  /// - Complexity: O(right rows · log right rows + left rows · log right rows), and O(right rows) in each partition.
  public func joinAsof(
    _ other: LazyFrame, on time: Expression, by keys: Expression..., strategy: AsofStrategy = .backward,
    tolerance: Value? = nil, suffix: String = "_right"
  ) -> LazyFrame {
    joinAsof(
      other, leftOn: time, rightOn: time, by: keys, strategy: strategy, tolerance: tolerance, suffix: suffix)
  }

  /// The same where the times have different names on both sides.
  public func joinAsof(
    _ other: LazyFrame, leftOn time: Expression, rightOn otherTime: Expression, by keys: [Expression] = [],
    strategy: AsofStrategy = .backward, tolerance: Value? = nil, suffix: String = "_right"
  ) -> LazyFrame {
    let join = AsofJoin(
      time: time, rightTime: otherTime, keys: keys, strategy: strategy, tolerance: tolerance, suffix: suffix)
    return LazyFrame(.asofJoin(join, plan, other.plan))
  }
}
