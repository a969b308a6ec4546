import CSVSIMD
import Columnar
import Glibc

/// Reads the lines of a range of a file, a block at a time.
///
/// A newline is always the end of a record, since strings cannot hold one. So where a partition's lines begin is no guess: a
/// range has the lines that start in it, behind the first newline at its edge.
final class JSONLines {
  /// Whole lines, the last one with a newline at its end.
  struct Block {
    let storage: Storage
    /// Where the lines begin in `storage`.
    let dataOffset: Int
    /// Where they begin in the file.
    let fileOffset: Int
    let length: Int

    /// Lines that begin so many bytes behind the padding.
    init(storage: Storage, offset: Int, fileOffset: Int, length: Int) {
      (self.storage, self.fileOffset, self.length) = (storage, fileOffset, length)
      dataOffset = JSONLines.padding + offset
    }

    var data: UnsafePointer<UInt8> { UnsafePointer((storage.base + dataOffset).assumingMemoryBound(to: UInt8.self)) }

    /// How many lines there are that are not empty.
    var lineCount: Int {
      var count = 0
      for index in 0..<length where data[index] == UInt8(ascii: "\n") {
        if index > 0, data[index - 1] != UInt8(ascii: "\n") { count += 1 }
      }
      return count
    }

    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(start: data + range.lowerBound, count: range.count)
    }
  }

  static let blockSize = 256 << 10
  private static let padding = Int(CSV_SIMD_PADDING)

  private let file: InputFile
  private let end: Int
  private let maximumRecordSize: Int
  /// Where the next line begins in the file.
  private var position: Int
  /// Where in `storage` bytes lie that were read behind the last whole line.
  private var carried = 0..<0
  private var storage = JSONLines.makeStorage(capacity: JSONLines.blockSize)

  /// - Parameter range: where lines begin and end.
  init(_ file: InputFile, _ range: Range<Int>, maximumRecordSize: Int) {
    (self.file, end, position) = (file, range.upperBound, range.lowerBound)
    // Bounds of values have 32 bits.
    self.maximumRecordSize = min(maximumRecordSize, 1 << 30)
  }

  /// The whole lines that begin in a range of a file whose first line begins at `dataStart`.
  static func lines(of range: Range<Int>, in file: InputFile, dataStart: Int) throws -> Range<Int> {
    let start = range.lowerBound <= dataStart ? dataStart : try line(behind: range.lowerBound - 1, in: file)
    let end = range.upperBound >= file.size ? file.size : try line(behind: range.upperBound - 1, in: file)
    return min(start, end)..<end
  }

  /// Where the line begins behind the first newline at an offset or behind it.
  private static func line(behind offset: Int, in file: InputFile) throws -> Int {
    try withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 64) { buffer in
      var at = offset
      while at < file.size {
        let count = try file.read(into: buffer, at: at)
        if count == 0 { break }
        if let base = buffer.baseAddress, let newline = memchr(base, CInt(UInt8(ascii: "\n")), count) {
          return at + (newline - base) + 1
        }
        at += count
      }
      return file.size
    }
  }

  /// The next lines, or nil behind the last.
  func next() throws -> Block? {
    guard position < end else { return nil }
    var wanted = min(max(JSONLines.blockSize, 2 * carried.count), end - position)
    while true {
      let data = makeRoom(wanted)
      let filled = carried.count
      let count = try file.read(
        into: UnsafeMutableRawBufferPointer(start: data + filled, count: wanted - filled), at: position + filled)
      carried = 0..<filled + count
      if carried.isEmpty { return nil }
      let bytes = UnsafeRawBufferPointer(start: data, count: carried.count)
      if let newline = bytes.lastIndex(of: UInt8(ascii: "\n")) { return block(length: newline + 1) }
      if carried.count < wanted || position + carried.count >= end {
        // The last line of a file need not end in a newline.
        data.storeBytes(of: UInt8(ascii: "\n"), toByteOffset: carried.count, as: UInt8.self)
        return block(length: carried.count + 1)
      }
      guard wanted < maximumRecordSize else {
        throw CSVError(
          .recordTooLong, "a line is longer than \(maximumRecordSize) bytes", file: file.path,
          line: LineNumber.of(offset: position, in: file), hint: "the file may be one JSON value, and not one a line")
      }
      wanted = min(2 * wanted, end - position, maximumRecordSize)
    }
  }

  /// Moves what is carried to the front of memory for so many bytes.
  private func makeRoom(_ count: Int) -> UnsafeMutableRawPointer {
    let rest = storage.base + JSONLines.padding + carried.lowerBound
    // A string column may still share the bytes.
    if isKnownUniquelyReferenced(&storage), count <= storage.byteCount - 2 * JSONLines.padding - 1 {
      memmove(storage.base + JSONLines.padding, rest, carried.count)
    } else {
      let fresh = JSONLines.makeStorage(capacity: max(count, JSONLines.blockSize))
      memcpy(fresh.base + JSONLines.padding, rest, carried.count)
      storage = fresh
    }
    carried = 0..<carried.count
    return storage.base + JSONLines.padding
  }

  private func block(length: Int) -> Block {
    let block = Block(storage: storage, offset: 0, fileOffset: position, length: length)
    position += length
    carried = min(length, carried.upperBound)..<carried.upperBound
    return block
  }

  static func makeStorage(capacity: Int) -> Storage {
    let storage = Storage(byteCount: padding + capacity + 1 + padding)
    // The kernels read the padding but never use it; defined bytes keep memory checkers quiet.
    memset(storage.base, 0x20, padding)
    memset(storage.base + padding + capacity, 0x20, padding + 1)
    return storage
  }
}
