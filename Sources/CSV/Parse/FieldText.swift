/// A field's text without its quotes.
enum FieldText {
  /// Calls `body` with the field's content: the bytes between the quotes, of doubled quotes one, without escapes, and what
  /// stands behind the closing quote as it is. O(length); copies only where a quote stands inside.
  static func withContent<Result>(
    _ field: UnsafeRawBufferPointer, quote: Quote?, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    guard let quote, field.first == quote.byte else { return try body(field) }
    if let inner = plainContent(field, quote: quote) { return try body(inner) }
    var content: [UInt8] = []
    content.reserveCapacity(field.count)
    var isInside = true
    var index = 1
    while index < field.count {
      let byte = field[index]
      if isInside, byte == quote.escape, index + 1 < field.count {
        content.append(field[index + 1])
        index += 1
      } else if isInside, byte == quote.byte {
        if index + 1 < field.count, field[index + 1] == byte {
          content.append(byte)
          index += 1
        } else {
          isInside = false
        }
      } else {
        content.append(byte)
      }
      index += 1
    }
    return try content.withUnsafeBytes(body)
  }

  /// The bytes between the quotes when the only quotes are the first and the last byte and nothing is escaped, else nil.
  static func plainContent(_ field: UnsafeRawBufferPointer, quote: Quote) -> UnsafeRawBufferPointer? {
    guard field.count >= 2, field[0] == quote.byte, field[field.count - 1] == quote.byte else { return nil }
    let inner = UnsafeRawBufferPointer(rebasing: field[1..<field.count - 1])
    if inner.contains(quote.byte) { return nil }
    if let escape = quote.escape, inner.contains(escape) { return nil }
    return inner
  }

  /// The field without spaces and tabs at its ends, which mean nothing around numbers, dates and truth values.
  static func trimmed(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = field.firstIndex(where: { !isBlank($0) }), let last = field.lastIndex(where: { !isBlank($0) })
    else { return UnsafeRawBufferPointer(rebasing: field[..<0]) }
    return UnsafeRawBufferPointer(rebasing: field[first...last])
  }

  /// Whether the bytes are valid UTF-8.
  static func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.allSatisfy({ $0 < 0x80 }) { return true }
    return String(validating: bytes, as: UTF8.self) != nil
  }
}
