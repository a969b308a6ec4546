import Columnar

/// A column of a join's result.
struct JoinOutput: Sendable, Hashable, Codable {
  enum Source: Sendable, Hashable, Codable {
    case left(String)
    case right(String)
    /// A key that is in both: the left one, and where there is no left row the right one.
    case either(left: String, right: String)
  }

  let name: String
  let type: DType
  let source: Source

  var field: Field { Field(name, type) }
}

/// The step that looks rows up in a `JoinTable`. The rows that come are the left ones, those in the table the right ones.
struct JoinProbe: Sendable, Hashable, Codable {
  /// Not `right`, which is a left join with the sides exchanged.
  let kind: JoinKind
  let keys: [ResolvedExpression]
  let nullsAreEqual: Bool
  let outputs: [JoinOutput]
  /// The stage that builds the table.
  let stage: Int
  /// The stage that has looked for left keys with several rows.
  var check: Int?
  var asof: AsofMatch?

  var schema: Schema { Schema(outputs.map(\.field)) }
}

extension JoinProbe: CustomStringConvertible {
  var description: String { "\(title) with the table of stage \(stage + 1)" }

  /// What is joined by what.
  var title: String {
    if kind == .cross { return "cross join" }
    if let asof { return "asof join \(asof)" }
    return "\(kind) join by \(keys.map(\.description).joined(separator: ", "))"
  }
}
