import Glibc

/// Bytes that are no text in the encoding that they should have.
struct InvalidEncoding: Error {
  let message: String
  /// Where in the text, in UTF-8, they would come.
  let offset: Int
  let hint: String
}

/// Text of another encoding as UTF-8, by the iconv of the C library.
final class TranscodedBytes: ByteSource {
  private static let pieceSize = 64 << 10

  private let source: any ByteSource
  private let encoding: TextEncoding
  private let converter: iconv_t
  private let input: UnsafeMutableRawBufferPointer
  private let output: UnsafeMutableRawBufferPointer
  /// What of the input is not converted yet.
  private var rest = 0..<0
  /// What of the output is not handed out yet.
  private var ready = 0..<0
  /// How many bytes were converted to.
  private var convertedBytes = 0
  private var isFlushed = false
  private var isAtStart = true

  /// - Throws: `CSVError` when the system does not know the encoding.
  init(_ source: any ByteSource, _ encoding: TextEncoding, path: String) throws {
    (self.source, self.encoding) = (source, encoding)
    guard let converter = encoding.makeConverter() else {
      throw CSVError(
        .badOption, "the encoding \(encoding.name) is not known on this machine", file: path,
        hint: "it knows those that are listed by: iconv -l")
    }
    self.converter = converter
    input = .allocate(byteCount: TranscodedBytes.pieceSize, alignment: 64)
    output = .allocate(byteCount: TranscodedBytes.pieceSize, alignment: 64)
  }

  deinit {
    iconv_close(converter)
    input.deallocate()
    output.deallocate()
  }

  var usedBytes: Int { source.usedBytes - rest.count }

  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < target.count {
      if ready.isEmpty, try !convert() { break }
      let count = min(ready.count, target.count - filled)
      UnsafeMutableRawBufferPointer(rebasing: target[filled...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: output[ready.lowerBound..<ready.lowerBound + count]))
      ready = ready.lowerBound + count..<ready.upperBound
      filled += count
    }
    return filled
  }

  /// Makes more output; false when there is none.
  private func convert() throws -> Bool {
    while !isFlushed {
      let isAtEnd = try fill()
      var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
      var (fromCount, toCount) = (rest.count, output.count)
      // At the end the converter hands out what it kept.
      isFlushed = isAtEnd && rest.isEmpty
      let status =
        isFlushed ? iconv(converter, nil, nil, &to, &toCount) : iconv(converter, &from, &fromCount, &to, &toCount)
      let code = errno
      rest = rest.upperBound - fromCount..<rest.upperBound
      ready = 0..<output.count - toCount
      convertedBytes += ready.count
      if !ready.isEmpty { return true }
      if status == -1, code == EILSEQ || isAtEnd { throw invalid(isUnfinished: code == EINVAL) }
    }
    return false
  }

  /// Moves what is left of the input to its front and reads more behind it. Returns whether there is no more.
  private func fill() throws -> Bool {
    guard let base = input.baseAddress else { return true }
    memmove(base, base + rest.lowerBound, rest.count)
    let room = UnsafeMutableRawBufferPointer(rebasing: input[rest.count...])
    let count = try source.read(into: room)
    rest = 0..<rest.count + count
    if isAtStart, rest.count >= 2 { try checkMark() }
    isAtStart = false
    return count < room.count
  }

  /// Without a mark the order of the bytes would be a guess.
  private func checkMark() throws {
    guard encoding == .utf16, ![[0xFE, 0xFF], [0xFF, 0xFE]].contains(Array(input[..<2])) else { return }
    throw InvalidEncoding(
      message: "the file has no byte order mark, which utf-16 needs", offset: 0,
      hint: "say which order its bytes have: --encoding utf-16le or utf-16be")
  }

  private func invalid(isUnfinished: Bool) -> InvalidEncoding {
    let hint = "if the file has another encoding, say which: --encoding NAME"
    if isUnfinished {
      return InvalidEncoding(
        message: "the file ends in the middle of a character of \(encoding.name)", offset: convertedBytes, hint: hint)
    }
    let bytes = input[rest].prefix(encoding.unitSize).map { byte in
      "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return InvalidEncoding(
      message: bytes.count == 1
        ? "the byte \(bytes[0]) is no text in \(encoding.name)"
        : "the bytes \(bytes.joined(separator: " ")) are no text in \(encoding.name)",
      offset: convertedBytes, hint: hint)
  }
}
