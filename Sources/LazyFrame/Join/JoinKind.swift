/// Which rows a join gives.
public struct JoinKind: Hashable, Sendable, Codable {
  enum Kind: String, Hashable, Sendable, Codable, CaseIterable { case inner, left, right, full, semi, anti, cross }
  let kind: Kind

  init(_ kind: Kind) { self.kind = kind }

  /// The pairs of rows with equal keys, in the order of the left rows and then of the right ones.
  public static let inner = JoinKind(.inner)
  /// As `inner`, and each left row without a partner once, with nulls for the right columns.
  public static let left = JoinKind(.left)
  /// The pairs, and each right row without a partner once, in the order of the right rows and then of the left ones.
  public static let right = JoinKind(.right)
  /// As `left`, and behind that each right row without a partner.
  public static let full = JoinKind(.full)
  /// The left rows that have a partner, each once, with the left columns only.
  public static let semi = JoinKind(.semi)
  /// The left rows that have no partner, with the left columns only.
  public static let anti = JoinKind(.anti)
  /// Every left row with every right row.
  public static let cross = JoinKind(.cross)

  /// The names that `init(name:)` knows.
  public static var names: [String] { Kind.allCases.map(\.rawValue) }

  /// The kind with this name, or nil.
  public init?(name: String) {
    guard let kind = Kind(rawValue: name) else { return nil }
    self.kind = kind
  }
}

extension JoinKind: CustomStringConvertible {
  /// The kind's name: `inner`.
  public var description: String { kind.rawValue }
}
