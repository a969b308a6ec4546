/// Which of several equal rows is kept.
public struct DistinctKeep: Hashable, Sendable {
  enum Keep: String, Hashable, Sendable, CaseIterable { case first, last, none, any }
  let keep: Keep

  /// The first one.
  public static let first = DistinctKeep(keep: .first)
  /// The last one.
  public static let last = DistinctKeep(keep: .last)
  /// None: only rows that have no equal are kept.
  public static let none = DistinctKeep(keep: .none)
  /// Whichever is cheapest. It is the same one in every run.
  public static let any = DistinctKeep(keep: .any)

  init(keep: Keep) { self.keep = keep }

  /// The choice with this name, or nil.
  public init?(name: String) {
    guard let keep = Keep(rawValue: name) else { return nil }
    self.keep = keep
  }
}

extension DistinctKeep: CustomStringConvertible {
  /// `first`.
  public var description: String { keep.rawValue }
}
