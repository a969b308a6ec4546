/// JSON as a tree, from which the same text can be written again.
///
/// A number is kept as its text: no conversion can round it. The members of an object have different keys, and are sorted by the
/// bytes of the keys, so equal content is equal text.
enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Sendable {
    let key: String
    let value: JSONValue
  }

  /// How deep arrays and objects may lie in each other. Trees are walked by recursion, which takes a stack of that depth.
  static let depthLimit = 512

  /// Sorts members by the bytes of their keys. The order of `String` would not do: to it, an é and an e with an accent are equal.
  ///
  /// - Returns: A key that two members have, if there is one.
  static func sort(_ members: inout [Member]) -> String? {
    let isSorted = zip(members, members.dropFirst()).allSatisfy { precedes($0.key, $1.key) }
    if isSorted { return nil }
    members.sort { precedes($0.key, $1.key) }
    return zip(members, members.dropFirst()).first { !precedes($0.key, $1.key) }?.0.key
  }

  /// Whether a text comes before another in the order of their bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// What the value is, with its article, for errors.
  var noun: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number(let text): "the number \(text.utf8.count > 40 ? text.prefix(37) + "..." : text[...])"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension Array<JSONValue.Member> {
  /// The value of a member, found by bisection among sorted members, or nil if there is none of that key.
  subscript(key: String) -> JSONValue? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if JSONValue.precedes(self[middle].key, key) { low = middle + 1 } else { high = middle }
    }
    // Not `==`, to which keys of different bytes can be equal.
    return low < count && !JSONValue.precedes(key, self[low].key) ? self[low].value : nil
  }
}

/// A key that is whatever text or index it is made of.
struct JSONKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}
