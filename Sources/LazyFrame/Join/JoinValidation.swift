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

  private static let all = [("one-to-one", oneToOne), ("one-to-many", oneToMany), ("many-to-one", manyToOne)]

  /// The names that `init(name:)` knows.
  public static var names: [String] { all.map(\.0) }

  init(leftIsUnique: Bool, rightIsUnique: Bool) {
    (self.leftIsUnique, self.rightIsUnique) = (leftIsUnique, rightIsUnique)
  }

  /// What this name stands for, as `many-to-one`, or nil.
  public init?(name: String) {
    guard let validation = JoinValidation.all.first(where: { $0.0 == name })?.1 else { return nil }
    self = validation
  }
}
