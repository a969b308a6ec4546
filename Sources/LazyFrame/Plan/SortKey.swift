/// What rows are sorted by, and in which direction. Nulls come last in both.
public struct SortKey: Sendable, Hashable, Codable {
  public let expression: Expression
  public let descending: Bool

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
