/// What rows are sorted by, in which direction, and where nulls come.
public struct SortKey: Sendable, Hashable, Codable {
  /// What is compared: NaN is larger than every other number, text is ordered by its UTF-8 bytes.
  public let expression: Expression
  /// Whether the largest comes first.
  public let descending: Bool
  /// Whether nulls come before all values, in either direction.
  public let nullsFirst: Bool

  /// Sorts by `expression`, the smallest first and nulls last unless told otherwise.
  public init(_ expression: Expression, descending: Bool = false, nullsFirst: Bool = false) {
    self.expression = expression
    self.descending = descending
    self.nullsFirst = nullsFirst
  }
}

extension SortKey: CustomStringConvertible {
  /// `close descending nulls first`.
  public var description: String {
    "\(expression)" + (descending ? " descending" : "") + (nullsFirst ? " nulls first" : "")
  }
}
