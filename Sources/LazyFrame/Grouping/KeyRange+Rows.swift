import Columnar

extension PartitionRows {
  /// How the keys of the rows become words, in the same way in all partitions.
  func encoder(of keys: [NamedExpression]) -> KeyEncoder {
    guard case .memory(let node) = source else { return KeyEncoder(types: keys.map(\.expression.type)) }
    return KeyEncoder(
      types: keys.map(\.expression.type), forms: keys.map { range(of: $0.expression).map(KeyForm.range) },
      rowCount: node.table.rowCount)
  }

  /// Whether rows can be looked at beforehand, and would tell something of keys of which nothing is known.
  func canSample(_ keys: [NamedExpression]) -> Bool {
    switch source {
    case .scan, .memory: break
    case .partition, .unmatched, .numbered, .mapped: return false
    }
    return keys.contains { KeyForm.canGuess($0.expression.type) && range(of: $0.expression) == nil }
  }

  /// What is known of the values of an expression over the rows, without looking at them: something where it is a column that
  /// comes unchanged from a table in memory.
  private func range(of expression: ResolvedExpression) -> KeyRange? {
    guard case .memory(let node) = source, case .column(var name, _) = expression else { return nil }
    for step in steps.reversed() {
      switch step {
      case .filter: continue
      case .project(let outputs):
        guard case .column(let origin, _) = outputs.first(where: { $0.name == name })?.expression else { return nil }
        name = origin
      case .probe(let probe):
        guard case .left(let origin) = probe.outputs.first(where: { $0.name == name })?.source else { return nil }
        name = origin
      case .explode(let names): if names.contains(name) { return nil }
      }
    }
    return node.range(of: name)
  }
}
