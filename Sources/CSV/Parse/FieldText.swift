/// A field's text without its quotes.
enum FieldText {
  /// Calls `body` with the field's content: the bytes between the quotes with doubled quotes made single, and what
  /// stands behind the closing quote as it is. O(length); copies only where a quote stands inside.
  static func withContent<Result>(
    _ field: UnsafeRawBufferPointer, quote: UInt8?, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    guard let quote, field.first == quote else { return try body(field) }
    if let inner = plainContent(field, quote: quote) { return try body(inner) }
    var content: [UInt8] = []
    content.reserveCapacity(field.count)
    var isInside = true
    var index = 1
    while index < field.count {
      let byte = field[index]
      if isInside, byte == quote {
        if index + 1 < field.count, field[index + 1] == quote {
          content.append(quote)
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

  /// The bytes between the quotes when the only quotes are the first and the last byte, else nil.
  static func plainContent(_ field: UnsafeRawBufferPointer, quote: UInt8) -> UnsafeRawBufferPointer? {
    guard field.count >= 2, field[0] == quote, field[field.count - 1] == quote else { return nil }
    let inner = UnsafeRawBufferPointer(rebasing: field[1..<field.count - 1])
    return inner.contains(quote) ? nil : inner
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
