import TaskGraph

/// A function of the index, as an operation. It is no data, so a graph that holds it runs in this process only.
struct LocalFunction: TaskOperation {
  static let wireName = "local-function"

  let body: @Sendable (Int) throws -> any Sendable

  init(_ body: @escaping @Sendable (Int) throws -> any Sendable) {
    self.body = body
  }

  func run(_ task: TaskContext) throws -> any Sendable { try body(task.index) }

  func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self,
      EncodingError.Context(
        codingPath: encoder.codingPath, debugDescription: "a function can only be run by executors of this process"))
  }
}
