import Columnar

/// How several frames become one.
public struct ConcatKind: Hashable, Sendable, Codable {
  enum Kind: String, Hashable, Sendable, Codable, CaseIterable { case vertical, diagonal, horizontal }
  let kind: Kind

  /// The rows below each other. All frames have the same columns in the same order; where types differ, the column is of
  /// the type that holds both, or it is an error.
  public static let vertical = ConcatKind(kind: .vertical)
  /// The rows below each other, with all columns in the order in which they first appear; null where a frame lacks one.
  public static let diagonal = ConcatKind(kind: .diagonal)
  /// The columns side by side. Shorter frames are filled up with nulls, as Polars does; a name that is there twice is an
  /// error. The rows of all frames but the first are held in memory.
  public static let horizontal = ConcatKind(kind: .horizontal)

  /// The names that `init(name:)` knows.
  public static var names: [String] { Kind.allCases.map(\.rawValue) }

  init(kind: Kind) { self.kind = kind }

  /// The kind with this name, or nil.
  public init?(name: String) {
    guard let kind = Kind(rawValue: name) else { return nil }
    self.kind = kind
  }
}

extension ConcatKind: CustomStringConvertible {
  /// The kind's name: `vertical`.
  public var description: String { kind.rawValue }
}

extension ConcatKind {
  func resolve(_ inputs: [ResolvedPlan]) throws -> ResolvedPlan {
    if inputs.count == 1 { return inputs[0] }
    switch kind {
    case .vertical: return try Resolver.concat(inputs)
    case .diagonal: return try Resolver.concat(filledUp(inputs))
    case .horizontal: return try sideBySide(inputs)
    }
  }

  private func filledUp(_ inputs: [ResolvedPlan]) -> [ResolvedPlan] {
    var names: [String] = []
    for name in inputs.flatMap(\.schema.names) where !names.contains(name) { names.append(name) }
    return inputs.map { input in
      let columns = names.map { name in
        input.schema[name].map(NamedExpression.column)
          ?? NamedExpression(name: name, expression: .literal(.null, .null))
      }
      return .project(columns, input)
    }
  }

  /// Rows with the same number are joined.
  private func sideBySide(_ inputs: [ResolvedPlan]) throws -> ResolvedPlan {
    let names = inputs.flatMap(\.schema.names)
    try Resolver.refuseDuplicates(names.map { ($0, nil) })
    let number = Schema(inputs.flatMap(\.schema.fields)).freeName("row number")
    let numbered = inputs.map { ResolvedPlan.numbered(RowNumbering(name: number), $0) }
    let join = Join(
      kind: .full, leftKeys: [col(number)], rightKeys: [col(number)], sharesKeys: true, suffix: "_right",
      nullsAreEqual: false)
    let joined = try numbered.dropFirst().reduce(numbered[0]) { try JoinResolver.resolve(join, $0, $1) }
    return joined.keeping(joined.schema.fields.dropFirst())
  }
}
