/// Takes the results of a task's inputs, one after the other, and makes arguments of them.
struct ResultReader {
  private let results: [any Sendable]
  private var position = 0

  init(_ results: [any Sendable]) {
    self.results = results
  }

  /// The next result as it is.
  mutating func next() -> any Sendable {
    defer { position += 1 }
    return results[position]
  }

  /// The value of an argument, of whatever type.
  mutating func value(of input: DelayedInput) throws -> any Sendable {
    switch input.source {
    case .value(let value): value
    case .result: next()
    case .made(let make): try make(&self)
    }
  }

  /// The value of an argument.
  ///
  /// - Throws: `ResultTypeError` when it is made of a result of another type.
  mutating func value<Value>(of input: DelayedInput, as type: Value.Type) throws -> Value {
    let found = try value(of: input)
    guard let value = found as? Value else { throw ResultTypeError(wanted: type, found: found, input: position) }
    return value
  }
}
