/// An operation of a stored graph whose type is not registered in this program, kept as it came.
///
/// It is written as it was read, with every digit, and has the key that it had in the program that wrote it. It cannot be run.
public struct UnknownOperation: TaskOperation {
  /// The name of the type itself; what the operation is called is `name`.
  public static let wireName = "unknown-operation"

  /// The wire name of the operation that this stands for.
  public let name: String

  let parameters: JSONValue

  /// What the digest of the operation differs by from that of its name and parameters as a tree. See `StoredOperation`.
  let salt: UInt128

  /// The operations that were registered when this one was read.
  let knownNames: [String]

  /// - Throws: `EncodingError`, always: it takes more than an encoder to write the operation as it came. To write the graph
  ///   that it is in as JSON is possible.
  public func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self,
      EncodingError.Context(
        codingPath: encoder.codingPath,
        debugDescription: "the operation '\(name)' is not registered, and can be written as JSON only"))
  }

  /// - Throws: `GraphError`, always.
  public func run(_ task: TaskContext) throws -> any Sendable {
    let suggestion = NearestName.suggestion(name, among: knownNames).map { "; \($0)" } ?? ""
    throw GraphError(
      .unknownOperation, "this program does not know the operation '\(name)'",
      hint: "register its type in the OperationRegistry with which the graph is read\(suggestion)")
  }
}

extension TaskOperation {
  /// The wire name, also of an operation that is not known here.
  package var wireName: String { (self as? UnknownOperation)?.name ?? Self.wireName }

  /// The digest of the wire name and the encoded parameters, also of an operation that is not known here.
  var digest: Digest {
    if let unknown = self as? UnknownOperation {
      return Digest(value: unknown.parameters.digest(name: unknown.name) ^ unknown.salt)
    }
    return DigestEncoder.digest(name: Self.wireName, value: self)
  }
}
