/// Which line a byte is on: counted only when somebody asks for it.
enum LineNumber {
  /// The line, from 1, of the byte at `offset`, or nil when the file can no longer be read. O(offset).
  static func of(offset: Int, in file: InputFile) -> Int? { place(of: offset, in: file)?.line }

  /// The same with the number of the byte in its line, from 1.
  static func place(of offset: Int, in file: InputFile) -> (line: Int, byte: Int)? {
    let counter = LineCounter(file)
    return (try? counter.line(of: offset)).map { ($0, offset - counter.lineStart + 1) }
  }
}

/// Counts the lines of a file on the way to bytes that are asked for one after another.
final class LineCounter {
  private let file: InputFile
  private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
  private var line = 1
  private var position = 0
  /// Where the line begins that was asked for last.
  private(set) var lineStart = 0

  init(_ file: InputFile) { self.file = file }

  deinit { piece.deallocate() }

  /// The line, from 1, of a byte that is not before the last one. O(bytes between them).
  ///
  /// - Throws: `CSVError` when the file can no longer be read.
  func line(of offset: Int) throws -> Int {
    while position < offset {
      let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, offset - position)])
      let count = try file.read(into: part, at: position)
      if count == 0 { throw CSVError(.changed, "the file ends before byte \(offset)", file: file.path) }
      for index in 0..<count where part[index] == UInt8(ascii: "\n") {
        line += 1
        lineStart = position + index + 1
      }
      position += count
    }
    return line
  }
}
