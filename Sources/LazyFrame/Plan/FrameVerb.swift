import Columnar

/// An operation of a logical plan that is written as others once the columns of its input are known.
protocol FrameVerb: Sendable, CustomStringConvertible {
  /// - Throws: `LazyFrameError` for names and types that do not fit.
  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan
}

extension Schema {
  /// The column of this name, or an error with the nearest one.
  func known(_ name: String) throws -> Field {
    if let field = self[name] { return field }
    let hint =
      NearestName.suggestion(name, among: names)
      ?? "the columns are: \(names.map(Expression.identifier).joined(separator: ", "))"
    throw LazyFrameError(.unknownColumn, "there is no column '\(name)'", hint: hint)
  }

  /// A name that begins with `word` and that no column has.
  func freeName(_ word: String) -> String {
    var name = word
    while index(of: name) != nil { name += "'" }
    return name
  }
}

extension ResolvedPlan {
  /// The same rows with these columns only.
  func keeping(_ fields: some Sequence<Field>) -> ResolvedPlan { .project(fields.map(NamedExpression.column), self) }
}

extension [String] {
  /// As a list of identifiers.
  var identifiers: String { map(Expression.identifier).joined(separator: ", ") }
}
