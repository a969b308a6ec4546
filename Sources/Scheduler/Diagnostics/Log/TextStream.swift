/// Text that is handed on in pieces while it is made, so that a large one is never in memory as a whole.
struct TextStream {
  private static let pieceSize = 1 << 16

  private var piece: [UInt8] = []
  private let sink: (UnsafeRawBufferPointer) throws -> Void

  init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    self.sink = sink
    piece.reserveCapacity(Self.pieceSize + 4096)
  }

  /// Hands on what is left.
  mutating func finish() throws {
    try piece.withUnsafeBytes(sink)
    piece.removeAll(keepingCapacity: true)
  }

  mutating func write(_ text: String) throws {
    piece.append(contentsOf: text.utf8)
    try flush()
  }

  /// Bytes that were made once, to be written many times.
  mutating func write(_ bytes: [UInt8]) throws {
    piece.append(contentsOf: bytes)
    try flush()
  }

  mutating func write(_ number: Int) throws {
    appendDigits(number)
    try flush()
  }

  /// Nanoseconds as microseconds with three decimals.
  mutating func write(microsecondsOf nanoseconds: Int) throws {
    appendDigits(nanoseconds / 1000)
    let rest = nanoseconds % 1000
    piece.append(UInt8(ascii: "."))
    for digit in [rest / 100, rest / 10 % 10, rest % 10] { piece.append(UInt8(ascii: "0") + UInt8(digit)) }
    try flush()
  }

  private mutating func flush() throws {
    if piece.count >= Self.pieceSize { try finish() }
  }

  private mutating func appendDigits(_ number: Int) {
    var rest = number.magnitude
    if number < 0 { piece.append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var first = 20
      repeat {
        first -= 1
        digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      piece.append(contentsOf: digits[first...])
    }
  }
}

/// A text as a string of JSON that may also stand inside an element `<script>` of a page.
///
/// Besides what JSON asks for, the characters that could end the element or begin a comment are written as escapes.
func quotedForJSON(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
