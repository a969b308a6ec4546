import Glibc
import Synchronization
import TaskGraph

// Where results wait
//
// One file takes the results that all runs of a pool put aside, each in pieces behind what is there already:
//
//      0         4096        8192                                    end
//      | result a | result b, first piece | (hole: was c) | result b, rest |
//
// The file has no name: it is made so, or its name is removed at once. So two programs can share a folder, and whatever
// ends the program, the system takes the file away with it: nothing is ever left over. What is no longer needed becomes a
// hole, which takes no space, so nothing looks for gaps. What is read back keeps its place until it is released: should it
// have to wait again, it need not be written again.

/// The file in which results wait while memory is short. See the head of this file.
final class SpillFile: Sendable {
  private let folder: String
  private let descriptor: Int32
  /// Where the next piece goes.
  private let end = Atomic(0)

  /// Makes a file without a name.
  ///
  /// - Throws: `SpillError` when the folder does not take one.
  init(folder: String) throws(SpillError) {
    self.folder = folder
    do {
      descriptor = try NamelessFile.open(in: folder)
    } catch {
      throw SpillError("make a file", folder: folder, code: error.code)
    }
  }

  deinit { close(descriptor) }

  /// Puts a result into the file.
  ///
  /// - Throws: `SpillError` when the disk does not take it, or its own `write(to:)` throws; the file is then as it was.
  func write(_ value: any Spillable) throws(SpillError) -> SpillRegion {
    var writer = Writer(file: self)
    do {
      try value.write(to: &writer)
      return try writer.finish()
    } catch {
      free(writer.region)
      throw error as? SpillError ?? SpillError(writing: type(of: value), error)
    }
  }

  /// Makes a result of what is in the file.
  ///
  /// - Throws: `SpillError` when the disk does not give it, or the result's own `init(reading:)` throws.
  func read<Value: Spillable>(_ type: Value.Type, from region: SpillRegion) throws(SpillError) -> any Sendable {
    var reader = Reader(file: self, region: region)
    do {
      return try Value(reading: &reader)
    } catch {
      throw error as? SpillError ?? SpillError(reading: type, error)
    }
  }

  /// Gives the space of a region back to the disk.
  func free(_ region: SpillRegion) {
    for piece in region.pieces { free(piece.lowerBound, wholeBlocks(piece.count)) }
  }

  private func free(_ start: Int, _ count: Int) { _ = punchHole?(descriptor, keepSizePunchHole, start, count) }

  /// The space that the file takes on the disk.
  var diskBytes: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_blocks) * 512 : 0
  }

  fileprivate func append(_ bytes: UnsafeRawBufferPointer) throws(SpillError) -> Range<Int> {
    // Whole blocks of the disk, so that each piece can become a hole.
    let size = wholeBlocks(bytes.count)
    let start = end.wrappingAdd(size, ordering: .relaxed).oldValue
    var written = 0
    while written < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, start + written)
      if count < 0 {
        if errno == EINTR { continue }
        let code = errno
        free(start, size)
        throw SpillError("write", folder: folder, code: code)
      }
      written += count
    }
    return start..<start + bytes.count
  }

  fileprivate func read(_ range: Range<Int>, into bytes: UnsafeMutableRawBufferPointer) throws(SpillError) {
    var done = 0
    while done < range.count {
      let start = range.lowerBound + done
      let count = pread(descriptor, bytes.baseAddress.map { $0 + done }, range.count - done, start)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SpillError("read back", folder: folder, code: count < 0 ? errno : EIO) }
      done += count
    }
  }
}

/// Where in the file a result is.
struct SpillRegion: Sendable {
  fileprivate(set) var pieces: [Range<Int>] = []
}

extension SpillFile {
  /// Gathers small writes, and hands large ones on as they are.
  private struct Writer: SpillWriter {
    let file: SpillFile
    private(set) var region = SpillRegion()
    private var gathered: [UInt8] = []

    init(file: SpillFile) { self.file = file }

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
      if gathered.count + bytes.count > gatherSize { try flush() }
      if bytes.count > gatherSize {
        region.pieces.append(try file.append(bytes))
      } else {
        gathered.append(contentsOf: bytes)
      }
    }

    mutating func finish() throws -> SpillRegion {
      try flush()
      return region
    }

    private mutating func flush() throws {
      if gathered.isEmpty { return }
      region.pieces.append(try gathered.withUnsafeBytes { bytes throws(SpillError) in try file.append(bytes) })
      gathered.removeAll(keepingCapacity: true)
    }
  }

  /// Reads the pieces of a region one after the other.
  private struct Reader: SpillReader {
    let file: SpillFile
    let region: SpillRegion
    private var piece = 0
    private var offset = 0

    init(file: SpillFile, region: SpillRegion) {
      self.file = file
      self.region = region
    }

    mutating func read(into bytes: UnsafeMutableRawBufferPointer) throws {
      var filled = 0
      while filled < bytes.count {
        precondition(piece < region.pieces.count, "A result reads more than it has written.")
        let range = region.pieces[piece].dropFirst(offset)
        let count = min(range.count, bytes.count - filled)
        try file.read(
          range.startIndex..<range.startIndex + count,
          into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled..<filled + count]))
        filled += count
        offset += count
        if offset == region.pieces[piece].count { (piece, offset) = (piece + 1, 0) }
      }
    }
  }
}

private let gatherSize = 64 << 10

private func wholeBlocks(_ count: Int) -> Int { (count + 4095) & ~4095 }

// The C library declares this for GNU sources only, which Swift's module of it is not.
private let keepSizePunchHole: Int32 = 0x01 | 0x02
private let punchHole = dlsym(nil, "fallocate").map {
  unsafeBitCast($0, to: (@convention(c) (Int32, Int32, Int, Int) -> Int32).self)
}
