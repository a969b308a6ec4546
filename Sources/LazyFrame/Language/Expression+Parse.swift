extension Expression {
  /// The expression that a text describes in SQL's words: `close - open as gain`.
  ///
  /// Lazy: names and types are checked when a plan uses it. Each part remembers its place in the text, so that later
  /// errors can show it. Throws `LazyFrameError` with the place of the mistake. O(length).
  public static func parse(_ text: String) throws -> Expression {
    var parser = try Parser(text)
    return try parser.single()
  }

  /// The expressions that a text lists, separated by commas: `symbol, year(date) as year`.
  ///
  /// `mean(open, high)` is one expression for each column, and `*` is every column. Otherwise as `parse`. O(length).
  public static func parseList(_ text: String) throws -> [Expression] {
    var parser = try Parser(text)
    return try parser.list()
  }

  /// The sort keys that a text lists, separated by commas: `symbol, year:desc`, or `year desc nulls first`. Without a
  /// word, ascending and nulls last are meant.
  ///
  /// Otherwise as `parse`. O(length).
  public static func parseSortKeys(_ text: String) throws -> [SortKey] {
    var parser = try Parser(text)
    return try parser.sortKeys()
  }

  /// The same expression without the places in a text that it was parsed from.
  package var unlocated: Expression {
    if case .located(let operand, _) = node { return operand.unlocated }
    return mappingChildren(\.unlocated)
  }
}
