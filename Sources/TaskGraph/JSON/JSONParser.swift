/// Reads JSON text (RFC 8259) into a tree, and says where it is none.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// The tree of a text.
  ///
  /// - Throws: `GraphError` with line and column if the text is no JSON, an object has a key twice, or arrays and objects lie
  ///   deeper in each other than `JSONValue.depthLimit`.
  /// - Complexity: O(bytes), and O(n log n) for an object of n members that are not sorted.
  static func parse(_ text: String) throws(GraphError) -> JSONValue {
    var parser = JSONParser(bytes: Array(text.utf8))
    let value = try parser.value()
    parser.skipSpace()
    if parser.position < parser.bytes.count { throw parser.unexpected("the end of the text") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next byte, or zero, which begins nothing in JSON, at the end.
  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      default: return
      }
    }
  }

  /// Steps over a byte if it is the next.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(GraphError) -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try nested { parser throws(GraphError) in .object(try parser.members()) }
    case UInt8(ascii: "["): return try nested { parser throws(GraphError) in .array(try parser.elements()) }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw unexpected("a value")
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(GraphError) -> JSONValue {
    guard bytes[position...].starts(with: text.utf8) else { throw unexpected("a value") }
    position += text.utf8.count
    return value
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(GraphError) -> JSONValue
  ) throws(GraphError) -> JSONValue {
    depth += 1
    if depth > JSONValue.depthLimit {
      throw error("arrays and objects lie more than \(JSONValue.depthLimit) deep in each other")
    }
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func elements() throws(GraphError) -> [JSONValue] {
    var elements: [JSONValue] = []
    skipSpace()
    if skip("]") { return elements }
    while true {
      elements.append(try value())
      skipSpace()
      if skip("]") { return elements }
      guard skip(",") else { throw unexpected("',' or ']'") }
    }
  }

  private mutating func members() throws(GraphError) -> [JSONValue.Member] {
    let start = position - 1
    var members: [JSONValue.Member] = []
    skipSpace()
    if skip("}") { return members }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let key = try string()
      skipSpace()
      guard skip(":") else { throw unexpected("':'") }
      members.append(JSONValue.Member(key: key, value: try value()))
      skipSpace()
      if skip("}") { break }
      guard skip(",") else { throw unexpected("',' or '}'") }
    }
    if let key = JSONValue.sort(&members) {
      position = start
      throw error("this object has the key '\(key)' twice")
    }
    return members
  }

  private mutating func number() throws(GraphError) -> String {
    let start = position
    _ = skip("-")
    if !skip("0") { try digits() }
    if skip(".") { try digits() }
    if skip("e") || skip("E") {
      if !skip("-") { _ = skip("+") }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Steps over one digit and all that follow.
  private mutating func digits() throws(GraphError) {
    let start = position
    while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { position += 1 }
    if position == start { throw unexpected("a digit") }
  }

  private mutating func string() throws(GraphError) -> String {
    position += 1
    var start = position
    var text: [UInt8] = []
    while true {
      switch next {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        if text.isEmpty { return String(decoding: bytes[start..<position], as: UTF8.self) }
        return String(decoding: text + bytes[start..<position], as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += bytes[start..<position]
        text += String(Character(try escape())).utf8
        start = position
      case 0..<0x20:
        throw unexpected("'\"'")
      default:
        position += 1
      }
    }
  }

  private mutating func escape() throws(GraphError) -> Unicode.Scalar {
    position += 1
    let letter = next
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let start = position - 2
      let high = try codeUnit()
      if let scalar = Unicode.Scalar(high) { return scalar }
      // A scalar beyond 16 bits is written as two surrogates; one of them alone is no scalar.
      if UTF16.isLeadSurrogate(high), skip("\\"), skip("u") {
        let low = try codeUnit()
        if UTF16.isTrailSurrogate(low) { return UTF16.decode(UTF16.EncodedScalar([high, low])) }
      }
      position = start
      throw error("half of a surrogate pair stands alone")
    default:
      position -= 1
      throw unexpected("one of \"\\/bfnrtu")
    }
  }

  private mutating func codeUnit() throws(GraphError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else { throw unexpected("a hexadecimal digit") }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private func unexpected(_ wanted: String) -> GraphError {
    guard position < bytes.count else { return error("the text ends where \(wanted) should stand") }
    let rest = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    let found = rest.unicodeScalars.first?.escaped(asASCII: true) ?? ""
    return error("\"\(found)\" stands where \(wanted) should stand")
  }

  private func error(_ message: String) -> GraphError {
    let before = bytes[..<position]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = position - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
    return GraphError(.malformedJSON, "the text is no JSON: line \(line), column \(column): \(message)")
  }
}
