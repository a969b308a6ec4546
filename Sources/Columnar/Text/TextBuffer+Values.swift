// Values as they are printed, and as they stand in a list: with quotes around text, so that `["a, b"]` has one element.

extension TextBuffer {
  /// Appends a string literal of JSON: quotes, backslashes and control characters are escaped, the rest is UTF-8 as it is.
  package mutating func append(quoted text: UnsafeRawBufferPointer) {
    append(UInt8(ascii: "\""))
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      append(UnsafeRawBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      switch byte {
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
      default:
        append(UInt8(ascii: "\\"))
        append(byte)
      }
    }
    append(UnsafeRawBufferPointer(rebasing: text[start...]))
    append(UInt8(ascii: "\""))
  }

  /// Appends what people read: a text as it is, null as `null`, a list as `[1, 2, null]`.
  package mutating func append(_ cell: Cell) {
    switch cell {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let value): append(value)
    case .unsigned(let value): append(value)
    case .float(let value): append(value.description)
    case .double(let value): append(value)
    case .date(let days): append(days: days)
    case .datetime(let microseconds): append(microseconds: microseconds)
    case .duration(let microseconds): append(duration: microseconds)
    case .text(let text): append(text)
    case .list(let list):
      append(UInt8(ascii: "["))
      for index in 0..<list.count {
        if index > 0 { append(", ") }
        if case .text(let text) = list[index] { append(quoted: text) } else { append(list[index]) }
      }
      append(UInt8(ascii: "]"))
    }
  }
}
