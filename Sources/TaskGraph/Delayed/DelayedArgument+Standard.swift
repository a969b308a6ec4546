// Types of the standard library as arguments of delayed functions.

extension Bool: DelayedArgument {}
extension Int: DelayedArgument {}
extension Int8: DelayedArgument {}
extension Int16: DelayedArgument {}
extension Int32: DelayedArgument {}
extension Int64: DelayedArgument {}
extension Int128: DelayedArgument {}
extension UInt: DelayedArgument {}
extension UInt8: DelayedArgument {}
extension UInt16: DelayedArgument {}
extension UInt32: DelayedArgument {}
extension UInt64: DelayedArgument {}
extension UInt128: DelayedArgument {}
extension Float: DelayedArgument {}
extension Double: DelayedArgument {}
extension Character: DelayedArgument {}
extension String: DelayedArgument {}
extension Substring: DelayedArgument {}
extension Duration: DelayedArgument {}
extension Range: DelayedArgument where Bound: DelayedArgument {}
extension ClosedRange: DelayedArgument where Bound: DelayedArgument {}
extension Set: DelayedArgument where Element: DelayedArgument {}

extension Array: DelayedArgument where Element: DelayedArgument {
  public typealias Computed = [Element.Computed]

  public func delayedInput(_ parts: inout DelayedParts) -> DelayedInput {
    if Element.self == Element.Computed.self { return DelayedInput(.value(self)) }
    let inputs = map { $0.delayedInput(&parts) }
    return DelayedInput(.made { results in try inputs.map { try results.value(of: $0, as: Element.Computed.self) } })
  }
}

extension Dictionary: DelayedArgument where Key: DelayedArgument, Value: DelayedArgument {
  public typealias Computed = [Key: Value.Computed]

  public func delayedInput(_ parts: inout DelayedParts) -> DelayedInput {
    if Value.self == Value.Computed.self { return DelayedInput(.value(self)) }
    // The order in memory differs from process to process; that of the graph must not.
    let inputs = map { (text: String(reflecting: $0.key), key: $0.key, value: $0.value) }
      .sorted { $0.text < $1.text }
      .map { ($0.key, $0.value.delayedInput(&parts)) }
    return DelayedInput(
      .made { results in
        var values: Computed = [:]
        values.reserveCapacity(inputs.count)
        for (key, input) in inputs { values[key] = try results.value(of: input, as: Value.Computed.self) }
        return values
      })
  }
}

extension Optional: DelayedArgument where Wrapped: DelayedArgument {
  public typealias Computed = Wrapped.Computed?

  public func delayedInput(_ parts: inout DelayedParts) -> DelayedInput {
    guard let self else { return DelayedInput(.value(Computed.none)) }
    let input = self.delayedInput(&parts)
    return DelayedInput(.made { results in Computed.some(try results.value(of: input, as: Wrapped.Computed.self)) })
  }
}
