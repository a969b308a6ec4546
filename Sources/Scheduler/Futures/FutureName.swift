/// How errors call a future.
struct FutureName: Sendable {
  /// What the user has called it; empty when it has no name of its own.
  let name: String
  /// Its position among the futures of a `map`.
  var index: Int?

  /// The name by which an error is about this future; nil when the errors are about tasks inside.
  var key: String? {
    if name.isEmpty { return nil }
    return index.map { "\(name)[\($0)]" } ?? name
  }
}
