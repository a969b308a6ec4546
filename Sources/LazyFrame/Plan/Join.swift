/// A join as it was written.
struct Join: Sendable {
  let kind: JoinKind
  let leftKeys: [Expression]
  let rightKeys: [Expression]
  /// Whether the keys are the same on both sides, and each is one column of the result.
  let sharesKeys: Bool
  let suffix: String
  let nullsAreEqual: Bool
  var validation: JoinValidation?
}

extension Join: CustomStringConvertible {
  var description: String {
    if kind == .cross { return "cross join" }
    func list(_ keys: [Expression]) -> String { keys.map(\.description).joined(separator: ", ") }
    return "\(kind) join on \(list(leftKeys))" + (sharesKeys ? "" : " = \(list(rightKeys))")
  }
}
