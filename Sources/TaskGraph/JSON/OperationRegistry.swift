/// The operations that a program knows by their wire names, to make them again from stored graphs.
///
///     var operations = OperationRegistry()
///     operations.register(ReadBlock.self)
///     operations.register(Sum.self)
///     let (graph, outputs) = try TaskGraph.decode(json: text, operations: operations)
public struct OperationRegistry: Sendable {
  private var types: [String: any (TaskOperation & Decodable).Type] = [:]

  /// The wire names of all operations that are known, in alphabetical order.
  public private(set) var names: [String] = []

  /// Makes a registry that knows the operations of optimised graphs alone: `fused` and `selected-tasks`.
  public init() {
    register(FusedTasks.self)
    register(SelectedTasks.self)
  }

  /// Makes operations of a type known by the type's wire name.
  ///
  /// What `init(from:)` makes of the parameters must encode as they did. To register two types of one wire name is a
  /// programmer's mistake and traps.
  public mutating func register(_ type: any (TaskOperation & Decodable).Type) {
    if let other = types.updateValue(type, forKey: type.wireName), other != type {
      preconditionFailure("The types \(other) and \(type) both have the wire name '\(type.wireName)'.")
    }
    names = types.keys.sorted()
  }

  /// The type that is registered under a wire name.
  func type(named name: String) -> (any (TaskOperation & Decodable).Type)? { types[name] }
}

extension CodingUserInfoKey {
  /// Where `CodableOperation` finds the registry in the `userInfo` of a decoder.
  public static let operationRegistry = {
    guard let key = CodingUserInfoKey(rawValue: "operationRegistry") else { preconditionFailure("Any text is a key.") }
    return key
  }()
}
