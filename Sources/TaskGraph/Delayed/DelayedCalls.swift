/// Calls of functions with one name: a call for each task.
struct DelayedCalls: TaskOperation {
  static let wireName = "delayed"

  let name: String
  let calls: [CallNode]

  func run(_ task: TaskContext) throws -> any Sendable { try calls[task.index].run(task.inputs) }

  private enum Key: CodingKey { case name }

  /// - Throws: `EncodingError`, always, after the name: closures cannot be encoded.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    throw EncodingError.invalidValue(
      name,
      EncodingError.Context(
        codingPath: encoder.codingPath,
        debugDescription: "the delayed function '\(name)' is a closure, which only this process can run"))
  }
}

extension DelayedCalls: CustomStringConvertible {
  /// The arguments of the first calls, for pictures: `(1) (2) (3) …`.
  var description: String {
    let shown = 4
    var texts: [String] = []
    for text in calls.prefix(shown).compactMap(\.argumentText) where !texts.contains(text) { texts.append(text) }
    if texts.isEmpty { return "" }
    return (texts + (calls.count > shown ? ["…"] : [])).joined(separator: " ")
  }
}
