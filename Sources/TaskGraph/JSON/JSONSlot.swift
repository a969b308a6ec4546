/// A place of a tree that is still written to. See the head of `JSONTreeEncoder`.
final class JSONSlot {
  /// What is written here.
  enum Shape {
    case nothing
    case single
    case keyed
    case unkeyed
    /// Two of the others, which no value can be.
    case mixed
  }

  private enum Item {
    case value(JSONValue)
    case slot(JSONSlot)
  }

  let path: [any CodingKey]
  private var shape = Shape.nothing
  private var single = JSONValue.null
  private var keys: [String] = []
  private var items: [Item] = []

  /// How deep values may lie in the parameters of an operation. Some levels of `JSONValue.depthLimit` are left for what the
  /// operation itself lies in.
  private static let depthLimit = JSONValue.depthLimit - 12

  init(path: [any CodingKey]) {
    self.path = path
  }

  var count: Int { items.count }

  func open(_ shape: Shape) {
    self.shape = self.shape == .nothing || self.shape == shape ? shape : .mixed
  }

  func set(_ value: JSONValue) {
    open(.single)
    single = value
  }

  func append(_ value: JSONValue, key: any CodingKey) { append(.value(value), key: key) }

  func appendSlot(key: any CodingKey) -> JSONSlot {
    let slot = JSONSlot(path: path + [key])
    append(.slot(slot), key: key)
    return slot
  }

  private func append(_ item: Item, key: any CodingKey) {
    if shape == .keyed { keys.append(key.stringValue) }
    items.append(item)
  }

  /// The tree of a value with all that it consists of.
  ///
  /// - Throws: what the value's `encode(to:)` throws, and `EncodingError` if it lies too deep or is no tree.
  static func tree(of value: any Encodable, path: @autoclosure () -> [any CodingKey]) throws -> JSONValue {
    if let leaf = leaf(value) { return leaf }
    let slot = JSONSlot(path: path())
    try slot.checkDepth()
    try value.encode(to: JSONTreeEncoder(slot: slot))
    // A value that writes nothing has no parameters.
    let tree = try slot.finish() ?? .object([])
    return value is any HashOrdered ? tree.sorted(pairs: value is any HashOrderedPairs) : tree
  }

  /// The tree of an operation's parameters, which has to write something: one that does not has left out what it is.
  static func tree(ofOperation operation: any TaskOperation, path: [any CodingKey]) throws -> JSONValue {
    let slot = JSONSlot(path: path)
    try slot.checkDepth()
    try operation.encode(to: JSONTreeEncoder(slot: slot))
    guard let tree = try slot.finish() else { throw slot.error("its encode(to:) writes nothing") }
    return tree
  }

  /// The tree of a value of the standard library's own types that are no containers. These would ask to be encoded again
  /// without end, so they must all be met here.
  private static func leaf(_ value: any Encodable) -> JSONValue? {
    // To compare types takes a moment, to cast to one of them in vain many.
    let type = type(of: value)
    if type == Int.self, let value = value as? Int { return .number(String(value)) }
    if type == String.self, let value = value as? String { return .string(value) }
    if type == Bool.self, let value = value as? Bool { return .boolean(value) }
    if type == Double.self, let value = value as? Double {
      return floatingPoint(value, bits: value.bitPattern, usual: Double.nan.bitPattern)
    }
    if type == Float.self, let value = value as? Float {
      return floatingPoint(value, bits: value.bitPattern, usual: Float.nan.bitPattern)
    }
    return (value as? any FixedWidthInteger).map { .number(String($0)) }
  }

  private static func floatingPoint<Bits: FixedWidthInteger>(
    _ value: some BinaryFloatingPoint & LosslessStringConvertible, bits: Bits, usual: Bits
  ) -> JSONValue {
    if value.isFinite { return .number(value.description) }
    if value.isInfinite { return .string(value < 0 ? "-inf" : "inf") }
    return .string(bits == usual ? "nan" : "nan(\(String(bits, radix: 16)))")
  }

  /// What was written, or nil if nothing was.
  func finish() throws -> JSONValue? {
    try checkDepth()
    switch shape {
    case .nothing: return nil
    case .single: return single
    case .unkeyed: return .array(try items.map(JSONSlot.finish))
    case .keyed:
      var members = try zip(keys, items).map { JSONValue.Member(key: $0, value: try JSONSlot.finish($1)) }
      if let key = JSONValue.sort(&members) { throw error("it writes the key '\(key)' twice") }
      return .object(members)
    case .mixed:
      throw error("it writes values of different kinds to one place")
    }
  }

  private static func finish(_ item: Item) throws -> JSONValue {
    switch item {
    case .value(let value): value
    case .slot(let slot): try slot.finish() ?? .object([])
    }
  }

  private func checkDepth() throws {
    guard path.count > JSONSlot.depthLimit else { return }
    throw error("it has values more than \(JSONSlot.depthLimit) deep in each other", at: Array(path.prefix(1)))
  }

  private func error(_ message: String, at place: [any CodingKey]? = nil) -> EncodingError {
    .invalidValue(self, EncodingError.Context(codingPath: place ?? path, debugDescription: message))
  }
}

/// A collection that encodes its elements in an order that differs from process to process.
private protocol HashOrdered {}

/// One that may do so as a list of keys, each with its value behind it.
private protocol HashOrderedPairs: HashOrdered {}

extension Set: HashOrdered {}

extension Dictionary: HashOrdered, HashOrderedPairs {}

extension JSONValue {
  /// A list sorted by the text of its elements, or of its pairs. The members of an object are sorted already.
  fileprivate func sorted(pairs: Bool) -> JSONValue {
    guard case .array(let elements) = self else { return self }
    let stride = pairs ? 2 : 1
    let groups = Swift.stride(from: 0, to: elements.count, by: stride).map { start in
      let group = elements[start..<min(start + stride, elements.count)]
      var text = JSONText()
      for element in group { text.append(element) }
      return (bytes: text.bytes, group: group)
    }
    return .array(groups.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.flatMap(\.group))
  }
}
