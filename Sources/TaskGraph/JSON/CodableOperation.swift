/// Any operation, as a part of the parameters of another one.
///
/// An operation that is made of others stores them in values of this type, and is `Codable` without further ado:
///
///     struct Fused: TaskOperation, Decodable {
///       static let wireName = "fused"
///       let steps: [CodableOperation]
///       func run(_ task: TaskContext) throws -> any Sendable { … steps[0].operation.run(task) … }
///     }
///
/// It is encoded as an object with the wire name, `operation`, and the `parameters`. It is decoded by any decoder whose
/// `userInfo` has an `OperationRegistry` under `CodingUserInfoKey.operationRegistry`, as that of `TaskGraph.decode(json:operations:)`
/// has. In JSON, an operation that is not registered becomes an `UnknownOperation`; other decoders refuse it.
public struct CodableOperation: Codable, Sendable {
  /// The operation.
  public let operation: any TaskOperation

  /// Makes an operation a part of another.
  public init(_ operation: any TaskOperation) {
    self.operation = operation
  }

  private enum CodingKeys: CodingKey {
    case operation, parameters, salt
  }

  /// Encodes the wire name and the parameters.
  ///
  /// - Throws: what the operation's `encode(to:)` throws.
  public func encode(to encoder: any Encoder) throws {
    if encoder is DigestEncoder {
      // The digest of one that is not known here is known all the same.
      var container = encoder.unkeyedContainer()
      let digest = operation.digest
      try container.encode(UInt64(truncatingIfNeeded: digest.value >> 64))
      try container.encode(UInt64(truncatingIfNeeded: digest.value))
      // One that cannot be compared makes the one around it such.
      if !digest.isExact { try operation.encode(to: encoder) }
      return
    }
    if let encoder = encoder as? JSONTreeEncoder {
      let stored = try StoredOperation(operation, path: encoder.codingPath + [CodingKeys.parameters])
      return encoder.slot.set(.object(stored.members))
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(operation.wireName, forKey: .operation)
    try operation.encode(to: container.superEncoder(forKey: .parameters))
  }

  /// Decodes an operation by its wire name.
  ///
  /// - Throws: `DecodingError` if there is no registry, or the operation cannot be made of the parameters.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .operation)
    let parameters = try container.superDecoder(forKey: .parameters)
    guard let registry = decoder.userInfo[.operationRegistry] as? OperationRegistry else {
      throw CodableOperation.error(decoder, "the decoder's userInfo has no registry of operations")
    }
    if let type = registry.type(named: name) {
      operation = try type.init(from: parameters)
    } else if let tree = parameters as? JSONTreeDecoder {
      var salt: UInt128 = 0
      if let text = try container.decodeIfPresent(String.self, forKey: .salt) {
        guard let number = StoredOperation.salt(text) else {
          throw CodableOperation.error(decoder, "the salt is not 32 hexadecimal digits")
        }
        salt = number
      }
      operation = UnknownOperation(name: name, parameters: tree.value, salt: salt, knownNames: registry.names)
    } else {
      throw CodableOperation.error(decoder, "the operation '\(name)' is not registered")
    }
  }

  private static func error(_ decoder: any Decoder, _ message: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: decoder.codingPath, debugDescription: message))
  }
}
