/// What a join expects of its keys; if it is otherwise, the run throws `LazyFrameError` with a key that has several rows.
///
/// Null keys are looked at only where they find one another.
public struct JoinValidation: Hashable, Sendable, Codable {
  let leftIsUnique: Bool
  let rightIsUnique: Bool

  /// No key has several rows on either side.
  public static let oneToOne = JoinValidation(leftIsUnique: true, rightIsUnique: true)
  /// No key has several rows on the left side.
  public static let oneToMany = JoinValidation(leftIsUnique: true, rightIsUnique: false)
  /// No key has several rows on the right side.
  public static let manyToOne = JoinValidation(leftIsUnique: false, rightIsUnique: true)
}
