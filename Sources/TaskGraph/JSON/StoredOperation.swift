// Keys of operations that nobody knows
//
// The digest of an operation is taken over what its `encode(to:)` does, in which order and with which types. JSON holds less:
// members are sorted, and 5 may have been signed or not. A program that has the type makes the operation again, and with it the
// same digest. A program that has not must be told what it cannot compute:
//
//     salt      = digest of the operation  xor  digest of its name and tree        written beside the tree, unless zero
//     digest    = salt  xor  digest of its name and tree                           what the reader computes
//
// The digest itself could stand there in place of the salt. But then somebody who changes a parameter in the text would get an
// operation that does other work under the same key. This way the key changes with the tree.

/// An operation as it is written: its wire name, its parameters as a tree, and the salt.
struct StoredOperation {
  let name: String
  let parameters: JSONValue
  let salt: UInt128

  init(name: String, parameters: JSONValue, salt: UInt128) {
    self.name = name
    self.parameters = parameters
    self.salt = salt
  }

  /// Makes a tree of an operation.
  ///
  /// - Parameter path: Where the parameters lie in the text.
  /// - Throws: what the operation's `encode(to:)` throws, and `EncodingError` if it does not encode anything.
  init(_ operation: any TaskOperation, path: [any CodingKey]) throws {
    name = operation.wireName
    if let unknown = operation as? UnknownOperation {
      parameters = unknown.parameters
      salt = unknown.salt
      return
    }
    parameters = try JSONSlot.tree(ofOperation: operation, path: path)
    salt = operation.digest.value ^ parameters.digest(name: name)
  }

  /// The operation as members of an object; the salt, unless zero, as 32 hexadecimal digits.
  var members: [JSONValue.Member] {
    var members = [
      JSONValue.Member(key: "operation", value: .string(name)), JSONValue.Member(key: "parameters", value: parameters),
    ]
    if salt != 0 {
      let digits = stride(from: 124, through: 0, by: -4).map { Self.digits[Int(truncatingIfNeeded: salt >> $0) & 15] }
      members.append(JSONValue.Member(key: "salt", value: .string(String(decoding: digits, as: UTF8.self))))
    }
    return members
  }

  /// Reads 32 hexadecimal digits; nil if the text is anything else.
  static func salt(_ text: String) -> UInt128? {
    text.utf8.count == 32 && text.utf8.allSatisfy(digits.contains) ? UInt128(text, radix: 16) : nil
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
