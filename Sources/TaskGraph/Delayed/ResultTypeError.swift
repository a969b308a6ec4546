/// The result of a task is of another type than the task that uses it expects.
///
/// The compiler sees to it that this does not happen, as long as all tasks come from the same program.
public struct ResultTypeError: Error, Hashable, CustomStringConvertible {
  /// The name of the type that was expected.
  public let wanted: String
  /// The name of the type of the result.
  public let found: String
  /// The place of the result among the inputs of the task that uses it, from one; nil when the program itself does.
  public let input: Int?

  init(wanted: Any.Type, found value: any Sendable, input: Int?) {
    self.wanted = String(describing: wanted)
    found = String(describing: type(of: value))
    self.input = input
  }

  public var description: String {
    "\(input.map { "input \($0)" } ?? "the result") is of the type \(found), and \(wanted) was expected"
  }
}
