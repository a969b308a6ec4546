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
  /// - Complexity: O(left rows + right rows + result rows).
  public func join(
    _ other: LazyFrame, on keys: Expression..., how kind: JoinKind = .inner, suffix: String = "_right",
    nullsAreEqual: Bool = false
  ) -> LazyFrame {
    join(other, on: keys, how: kind, suffix: suffix, nullsAreEqual: nullsAreEqual)
  }

  /// The same for a list of keys.
  public func join(
    _ other: LazyFrame, on keys: [Expression], how kind: JoinKind = .inner, suffix: String = "_right",
    nullsAreEqual: Bool = false
  ) -> LazyFrame {
    let join = Join(
      kind: kind, leftKeys: keys, rightKeys: keys, sharesKeys: true, suffix: suffix, nullsAreEqual: nullsAreEqual)
    return LazyFrame(.join(join, plan, other.plan))
  }

  /// The same where the keys have different names on both sides. Both are columns of the result.
  public func join(
    _ other: LazyFrame, leftOn leftKeys: [Expression], rightOn rightKeys: [Expression], how kind: JoinKind = .inner,
    suffix: String = "_right", nullsAreEqual: Bool = false
  ) -> LazyFrame {
    let join = Join(
      kind: kind, leftKeys: leftKeys, rightKeys: rightKeys, sharesKeys: false, suffix: suffix,
      nullsAreEqual: nullsAreEqual)
    return LazyFrame(.join(join, plan, other.plan))
  }

  /// Every row of this frame with every row of another, in the order of this one's rows. Lazy.
  public func crossJoin(_ other: LazyFrame, suffix: String = "_right") -> LazyFrame {
    let join = Join(
      kind: .cross, leftKeys: [], rightKeys: [], sharesKeys: true, suffix: suffix, nullsAreEqual: false)
    return LazyFrame(.join(join, plan, other.plan))
  }
}
