/// What rows are sorted by, and in which direction. Nulls come last in both.
public struct SortKey: Sendable, Hashable, Codable {
  /// What is compared: NaN is larger than every other number, text is ordered by its UTF-8 bytes.
  public let expression: Expression
  /// Whether the largest comes first.
  public let descending: Bool

  /// Sorts by `expression`, the smallest first unless told otherwise.
  public init(_ expression: Expression, descending: Bool = false) {
    self.expression = expression
    self.descending = descending
  }
}

extension SortKey: CustomStringConvertible {
  /// `close descending`.
  public var description: String {
    descending ? "\(expression) descending" : expression.description
  }
}
