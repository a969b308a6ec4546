/// JSON as it is written, byte by byte.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  /// Appends text that is JSON already, or a part of it.
  mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends a value in one line; the members of objects in the order in which they stand.
  mutating func append(_ value: JSONValue) {
    switch value {
    case .null: append(raw: "null")
    case .boolean(let value): append(raw: value ? "true" : "false")
    case .number(let text): append(raw: text)
    case .string(let text): append(quoted: text)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { append(raw: ", ") }
        append(element)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { append(raw: ", ") }
        append(quoted: member.key)
        append(raw: ": ")
        append(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain { return append(raw: text) }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append(raw: "\\\"")
      case UInt8(ascii: "\\"): append(raw: "\\\\")
      case UInt8(ascii: "\n"): append(raw: "\\n")
      case UInt8(ascii: "\r"): append(raw: "\\r")
      case UInt8(ascii: "\t"): append(raw: "\\t")
      case 0..<0x20: append(raw: (byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
  }
}
