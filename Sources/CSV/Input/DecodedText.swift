import Synchronization

/// Bytes that come one after another.
protocol ByteSource: AnyObject {
  /// Fills `target` with the next bytes. Returns fewer than asked only behind the last one.
  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int

  /// How many bytes of the file were used so far.
  var usedBytes: Int { get }
}

/// The text that a compressed or otherwise encoded file stands for, in UTF-8.
///
///     file ──▶ GzipBytes ──▶ TranscodedBytes ──▶ text
///
/// Nobody knows where in the file a byte of its text comes from. So the text is made from the beginning on, a piece at a time,
/// in memory that does not depend on its length. To read backwards is to begin again.
///
/// Sendable: whatever changes is used behind the lock only.
final class DecodedText: @unchecked Sendable {
  /// So many bytes of text tell about how large it is for its file.
  static let sampleSize = 256 << 10

  private let file: RawFile
  private let isCompressed: Bool
  private let encoding: TextEncoding
  private let lock = Mutex(())
  /// What makes the text. Nil: it begins again.
  private var source: (any ByteSource)?
  /// Where the text goes on.
  private var position = 0

  /// The longest piece that was read of the text, and of the file for it.
  private var seen = (text: 0, file: 0, isAll: false)

  init(file: RawFile, isCompressed: Bool, encoding: TextEncoding) {
    (self.file, self.isCompressed, self.encoding) = (file, isCompressed, encoding)
  }

  /// About how many bytes there are, if what was read is like the rest.
  var estimatedSize: Int {
    lock.withLock { _ in
      if seen.isAll || seen.file == 0 { return seen.text }
      return Int(Double(seen.text) / Double(seen.file) * Double(file.size))
    }
  }

  /// Fills `target` with text from `offset` on. Returns fewer bytes than asked only at the text's end.
  ///
  /// - Throws: `CSVError` for compressed bytes that are damaged, and `InvalidEncoding`.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    try lock.withLock { _ in try locked(into: target, at: offset) }
  }

  private func locked(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    if offset < position { source = nil }
    do {
      let source = try source ?? begin()
      self.source = source
      try skip(to: offset, in: source)
      let count = position == offset ? try source.read(into: target) : 0
      note(count, isAtEnd: count < target.count, source)
      return count
    } catch {
      // It cannot go on in the middle.
      source = nil
      throw error
    }
  }

  private func begin() throws -> any ByteSource {
    position = 0
    let bytes: any ByteSource = isCompressed ? try GzipBytes(file) : RawBytes(file)
    return encoding == .utf8 ? bytes : try TranscodedBytes(bytes, encoding, path: file.path)
  }

  private func skip(to offset: Int, in source: any ByteSource) throws {
    try withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 64) { piece in
      while position < offset {
        let wanted = min(piece.count, offset - position)
        let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: piece[..<wanted]))
        note(count, isAtEnd: count < wanted, source)
        if count < wanted { return }
      }
    }
  }

  private func note(_ count: Int, isAtEnd: Bool, _ source: any ByteSource) {
    position += count
    if position >= seen.text { seen = (position, source.usedBytes, seen.isAll || isAtEnd) }
  }
}

/// The bytes of a file as they are.
final class RawBytes: ByteSource {
  private let file: RawFile
  private(set) var usedBytes = 0

  init(_ file: RawFile) { self.file = file }

  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try file.read(into: target, at: usedBytes)
    usedBytes += count
    return count
  }
}
