import Testing

/// What a generator of rows writes.
struct GeneratedText {
  let bytes: [UInt8]

  init(_ write: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    var bytes: [UInt8] = []
    try write { bytes += $0 }
    self.bytes = bytes
  }

  /// All lines, the header first.
  var lines: [Substring] {
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.last == "\n")
    return text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The cells of all lines but the header.
  var rows: [[String]] {
    lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// The digest by Fowler, Noll and Vo, 1a.
  var hash: UInt64 { bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 } }
}
