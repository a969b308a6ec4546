/// A layer of the graph before a pass, in an operation that stands for tasks of it.
struct OriginLayer: Sendable, Codable {
  /// What its tasks run.
  let operation: CodableOperation

  /// What the keys of its tasks are made of.
  let identity: LayerIdentity

  init(_ operation: any TaskOperation, _ identity: LayerIdentity) {
    self.operation = CodableOperation(operation)
    self.identity = identity
  }
}
