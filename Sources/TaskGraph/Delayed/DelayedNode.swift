/// What a delayed value stands for. It is shared by all who use its result, and by that known as one and the same.
package class DelayedNode: @unchecked Sendable {
  // Safe to share: `inputs` is changed by `deinit` alone, when nobody else has the node. The rest never changes.

  /// What has to be computed first, in the order in which it is used; one may be there twice.
  fileprivate(set) final var inputs: [DelayedNode]

  init(_ inputs: [DelayedNode]) {
    self.inputs = inputs
  }

  /// How the value is made of the result of the node's task.
  var input: DelayedInput { DelayedInput(.result) }

  /// Lets go of the inputs one by one. Left to themselves they would let go of theirs from inside each other, and a chain
  /// of a million calls would overflow the stack.
  deinit {
    var released: [DelayedNode] = []
    swap(&released, &inputs)
    while var node = released.popLast() {
      if isKnownUniquelyReferenced(&node), !node.inputs.isEmpty {
        released += node.inputs
        node.inputs = []
      }
    }
  }
}

/// A call of a function.
class CallNode: DelayedNode, @unchecked Sendable {
  // Safe to share: see `DelayedNode`.
  private let body: FunctionBody
  private let arguments: [DelayedInput]

  init(_ body: FunctionBody, _ arguments: [DelayedInput], _ inputs: [DelayedNode]) {
    self.body = body
    self.arguments = arguments
    super.init(inputs)
  }

  /// What users see.
  final var name: String { body.name }

  /// The arguments in a few words, with dots for those that are not known yet: `(4, ·)`. Nil when none is known.
  final var argumentText: String? {
    let texts = arguments.map { argument -> String? in
      if case .value(let value) = argument.source { shortText(value) } else { nil }
    }
    if texts.allSatisfy({ $0 == nil }) { return nil }
    return "(\(texts.map { $0 ?? "·" }.joined(separator: ", ")))"
  }

  /// - Parameter results: Those of `inputs`.
  final func run(_ results: [any Sendable]) throws -> any Sendable { try body.call(arguments, results) }
}

/// A value that is there already: an argument of others, or else the result of a task of its own.
final class ValueNode: CallNode, @unchecked Sendable {
  // Safe to share: see `DelayedNode`.
  private let value: any Sendable

  init(_ value: any Sendable) {
    self.value = value
    super.init(FunctionBody(name: "value") { _, _ in value }, [], [])
  }

  override var input: DelayedInput { DelayedInput(.value(value)) }
}

/// Another collection, whose computed value is used.
final class CollectionNode: DelayedNode, @unchecked Sendable {
  // Safe to share: see `DelayedNode`.
  let collection: any LazyCollection
  private let computed: @Sendable (inout ResultReader) throws -> any Sendable

  init(_ collection: some LazyCollection) {
    self.collection = collection
    computed = { results in try collection.computed(results.next()) }
    super.init([])
  }

  override var input: DelayedInput { DelayedInput(.made(computed)) }
}
