extension DataFrame: CustomStringConvertible {
  /// A table of at most 40 rows and 120 characters to a line. See `TableFormatter`. O(shown rows · columns).
  public var description: String {
    String(TableFormatter().format(batch).dropLast())
  }
}
