/// The text of a file, as all that reads records sees it: the file's own bytes, or what they stand for.
///
/// Text can be read at any offset, by any thread. That of a compressed or otherwise encoded file is made from its beginning on
/// (`DecodedText`), so it should be read once and forwards, and has no size before it was read.
final class InputFile: Sendable {
  /// The end of a text whose size is not known: more than any file has.
  static let unknownSize = 1 << 60

  private let file: RawFile
  /// Nil: the file is its text.
  private let decoded: DecodedText?
  let isCompressed: Bool

  /// Opens a file and looks at whether it is compressed.
  ///
  /// - Parameter encoding: of the text, when it is no longer compressed.
  /// - Throws: `CSVError` when it is missing, a folder, or not readable.
  init(path: String, encoding: TextEncoding) throws {
    file = try RawFile(path: path)
    isCompressed = try GzipBytes.isCompressed(file)
    let isPlain = !isCompressed && encoding == .utf8
    decoded = isPlain ? nil : DecodedText(file: file, isCompressed: isCompressed, encoding: encoding)
  }

  /// Whether the file's bytes are those of another text, which cannot be cut anywhere.
  var isDecoded: Bool { decoded != nil }

  var path: String { file.path }
  var identity: FileIdentity { file.identity }

  /// How many bytes the text has; `unknownSize` of a text that is made.
  var size: Int { isDecoded ? InputFile.unknownSize : file.size }

  /// About how many bytes the text has. Exact where the file is its text, and for short ones.
  func estimatedSize() throws -> Int {
    guard let decoded else { return file.size }
    var sample = [UInt8](repeating: 0, count: DecodedText.sampleSize)
    _ = try sample.withUnsafeMutableBytes { try read(into: $0, at: 0) }
    return decoded.estimatedSize
  }

  /// Fills `target` with text from `offset` on. Returns fewer bytes than asked only at the text's end.
  ///
  /// - Throws: `CSVError` when the file cannot be read, or is no text in its encoding.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    guard let decoded else { return try file.read(into: target, at: offset) }
    do {
      return try decoded.read(into: target, at: offset)
    } catch let failure as InvalidEncoding {
      throw CSVError(
        .notText, failure.message, file: path, line: LineNumber.of(offset: failure.offset, in: self),
        hint: failure.hint)
    }
  }

  /// Reads all of a text that is decompressed, to find out whether its checksums are right. O(bytes).
  ///
  /// - Throws: `CSVError`.
  func checkCompressed() throws {
    guard isCompressed else { return }
    try withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 64) { piece in
      var offset = 0
      while true {
        let count = try read(into: piece, at: offset)
        if count < piece.count { return }
        offset += count
      }
    }
  }

  /// - Throws: `CSVError` when the file now differs from what `expected` says.
  func check(_ expected: FileIdentity) throws { try file.check(expected) }
}
