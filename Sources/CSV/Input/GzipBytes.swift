/// What the bytes of a gzip file (RFC 1952) stand for.
///
/// Such a file is one or more members, each of which ends with a checksum and its length. What lies behind a member must be another
/// one: a member whose head is damaged would otherwise be lost without a word. Only zeros may follow, with which some programs
/// fill blocks.
final class GzipBytes: ByteSource {
  private static let inputSize = 64 << 10

  private let file: RawFile
  private let zlib: ZLib
  private let stream: UnsafeMutablePointer<ZLib.Stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  /// How many bytes of the file were read.
  private var readBytes = 0
  /// Whether a member is over and nothing was seen of a next one.
  private var isBetweenMembers = false
  /// Whether nothing of the text was handed out.
  private var isAtStart = true

  /// Whether a file begins as gzip files do, whatever it is called.
  static func isCompressed(_ file: RawFile) throws -> Bool {
    try withUnsafeTemporaryAllocation(byteCount: 2, alignment: 1) { bytes in
      try file.read(into: bytes, at: 0) == 2 && isMark(UnsafeRawBufferPointer(bytes))
    }
  }

  private static func isMark(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// - Throws: `CSVError` when the library zlib is missing.
  init(_ file: RawFile) throws {
    self.file = file
    do {
      zlib = try ZLib.installed.get()
    } catch {
      throw CSVError(
        .missingLibrary, "compressed files need the library zlib, and libz.so.1 cannot be loaded", file: file.path,
        hint: "install the Debian package zlib1g, or decompress the file with: gzip -d")
    }
    stream = .allocate(capacity: 1)
    stream.initialize(to: ZLib.Stream())
    input = .allocate(capacity: GzipBytes.inputSize)
    guard zlib.beginInflate(stream) else {
      throw CSVError(.unreadable, "there is no memory to decompress it", file: file.path)
    }
  }

  deinit {
    _ = zlib.endInflate(stream)
    stream.deallocate()
    input.deallocate()
  }

  var usedBytes: Int { readBytes - Int(stream.pointee.availableIn) }

  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < target.count, try hasMore() {
      // A step's counts have 32 bits.
      let room = min(target.count - filled, 1 << 30)
      stream.pointee.nextOut = target.baseAddress.map { ($0 + filled).assumingMemoryBound(to: UInt8.self) }
      stream.pointee.availableOut = UInt32(room)
      let status = zlib.inflate(stream, ZLib.noFlush)
      filled += room - Int(stream.pointee.availableOut)
      switch status {
      case ZLib.streamEnd:
        _ = zlib.resetInflate(stream)
        isBetweenMembers = true
      case ZLib.ok, ZLib.bufferError: break
      default: throw damaged()
      }
    }
    if isAtStart, filled > 0 {
      isAtStart = false
      if GzipBytes.isMark(UnsafeRawBufferPointer(target)) { throw compressedTwice() }
    }
    return filled
  }

  /// Whether there is something to decompress; false behind the last member.
  private func hasMore() throws -> Bool {
    while true {
      if stream.pointee.availableIn == 0 {
        let count = try file.read(into: UnsafeMutableRawBufferPointer(input), at: readBytes)
        readBytes += count
        stream.pointee.nextIn = input.baseAddress
        stream.pointee.availableIn = UInt32(count)
        if count == 0 {
          if isBetweenMembers { return false }
          throw CSVError(
            .damaged, "the compressed data end in the middle, after \(readBytes) bytes", file: file.path,
            hint: "the file was not written or copied to its end: check it with: gzip -t")
        }
      }
      guard isBetweenMembers, let next = stream.pointee.nextIn else { return true }
      if next.pointee != 0 {
        try checkMember(at: usedBytes)
        isBetweenMembers = false
        return true
      }
      stream.pointee.nextIn = next + 1
      stream.pointee.availableIn -= 1
    }
  }

  private func checkMember(at offset: Int) throws {
    try withUnsafeTemporaryAllocation(byteCount: 2, alignment: 1) { mark in
      if try file.read(into: mark, at: offset) == 2, GzipBytes.isMark(UnsafeRawBufferPointer(mark)) { return }
      throw CSVError(
        .damaged, "behind the compressed data, at byte \(offset), the file goes on with other bytes", file: file.path,
        hint: "gzip -dc gives what is before them: look whether rows are missing")
    }
  }

  // MARK: Errors

  private func damaged() -> CSVError {
    let reason = stream.pointee.message.map { ": " + String(cString: $0) } ?? ""
    return CSVError(
      .damaged, "the compressed data are damaged before byte \(usedBytes)\(reason)", file: file.path,
      hint: "check the file with: gzip -t")
  }

  private func compressedTwice() -> CSVError {
    CSVError(.notText, "the file is compressed twice", file: file.path, hint: "decompress it once with: gzip -d")
  }
}
