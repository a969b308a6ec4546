/// Makes a function whose calls are tasks.
///
///     let load = delayed("load") { (path: String) in try readNumbers(path) }
///     let total = delayed("total") { (parts: [[Double]]) in parts.joined().reduce(0, +) }
///     let sum = total(paths.map { load($0) })     // nothing has run
///     try sum.compute()
///
/// - Parameters:
///   - name: What users see, in keys, pictures and errors.
///   - body: The function. It is run on any thread, several times at once; an error that it throws ends the run. Its parameters
///     need types. It should give the same result for the same arguments. A trap in it, such as an index out of range, ends
///     the program.
/// - Returns: The function, to be called with values and delayed values: see `DelayedArgument`.
public func delayed<Result: Sendable, each Argument: Sendable>(
  _ name: String, _ body: @escaping @Sendable (repeat each Argument) throws -> Result
) -> DelayedFunction<Result, repeat each Argument> {
  DelayedFunction(
    FunctionBody(name: name) { inputs, results in
      var results = ResultReader(results)
      var index = 0
      func argument<Value>(_ type: Value.Type) throws -> Value {
        index += 1
        return try results.value(of: inputs[index - 1], as: type)
      }
      let arguments = (repeat try argument((each Argument).self))
      do {
        return try body(repeat each arguments)
      } catch {
        var texts: [String] = []
        repeat texts.append(shortText(each arguments))
        throw FailedCall(cause: error, inputs: texts)
      }
    })
}

/// A function whose calls are tasks: see `delayed(_:_:)`.
public struct DelayedFunction<Result: Sendable, each Argument: Sendable>: Sendable {
  private let body: FunctionBody

  init(_ body: FunctionBody) {
    self.body = body
  }

  /// What users see.
  public var name: String { body.name }

  /// A call with values, which may be of types that are no `DelayedArgument`. Lazy.
  @_disfavoredOverload
  public func callAsFunction(_ arguments: repeat each Argument) -> Delayed<Result> {
    var inputs: [DelayedInput] = []
    repeat inputs.append(DelayedInput(.value(each arguments)))
    return Delayed(CallNode(body, inputs, []))
  }

  /// A call with values and delayed values. Lazy.
  ///
  /// - Complexity: O(what the arguments are made of).
  public func callAsFunction<each Given: DelayedArgument>(_ arguments: repeat each Given) -> Delayed<Result>
  where repeat (each Given).Computed == each Argument {
    var parts = DelayedParts()
    var inputs: [DelayedInput] = []
    repeat inputs.append((each arguments).delayedInput(&parts))
    return Delayed(CallNode(body, inputs, parts.nodes))
  }
}

/// What all calls of a function share.
final class FunctionBody: Sendable {
  /// What users see.
  let name: String
  /// Calls the function with arguments that are made of the results.
  let call: @Sendable (_ arguments: [DelayedInput], _ results: [any Sendable]) throws -> any Sendable

  init(name: String, call: @escaping @Sendable ([DelayedInput], [any Sendable]) throws -> any Sendable) {
    self.name = name
    self.call = call
  }
}
