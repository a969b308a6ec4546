/// The result of a call that is not made yet, or of several that use each other's results.
///
///     let increment = delayed("increment") { (x: Int) in x + 1 }
///     let add = delayed("add") { (x: Int, y: Int) in x + y }
///     let one = increment(0)
///     let three = add(one, increment(one))
///     try three.compute()                         // 3; increment(0) was called once
///
/// Copies stand for the same call: what several others use is computed once in a run.
public struct Delayed<Value: Sendable>: LazyCollection {
  public typealias Computed = Value

  package let node: DelayedNode

  init(_ node: DelayedNode) {
    self.node = node
  }

  /// A value that is there already.
  @_disfavoredOverload  // A collection is rather computed than passed on as it is.
  public init(_ value: Value) {
    node = ValueNode(value)
  }

  /// The value of another collection. All who use this delayed value, or a copy, share the tasks of the collection.
  public init<Collection: LazyCollection>(_ collection: Collection) where Collection.Computed == Value {
    node = (collection as? Delayed<Value>)?.node ?? CollectionNode(collection)
  }

  /// A call of a function with this value. Lazy.
  ///
  ///     rows.map("count", \.count)
  ///
  /// - Parameters:
  ///   - name: What users see.
  ///   - transform: The function: see `delayed(_:_:)`.
  public func map<Result: Sendable>(
    _ name: String, _ transform: @escaping @Sendable (Value) throws -> Result
  ) -> Delayed<Result> {
    delayed(name, transform)(self)
  }

  public func delayedInput(_ parts: inout DelayedParts) -> DelayedInput {
    if !(node is ValueNode) { parts.nodes.append(node) }
    return node.input
  }

  public func addTasks(to builder: inout GraphBuilder) throws -> TaskID { try builder.add([node])[0] }

  public func computed(_ result: any Sendable) throws -> Value {
    var results = ResultReader([result])
    let found = try results.value(of: node.input)
    guard let value = found as? Value else { throw ResultTypeError(wanted: Value.self, found: found, input: nil) }
    return value
  }
}
