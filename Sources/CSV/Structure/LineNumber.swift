/// Which line a byte is on: counted only when an error needs it.
enum LineNumber {
  /// The line, from 1, of the byte at `offset`, or nil when the file can no longer be read. O(offset).
  static func of(offset: Int, in file: InputFile) -> Int? { place(of: offset, in: file)?.line }

  /// The same with the number of the byte in its line, from 1.
  static func place(of offset: Int, in file: InputFile) -> (line: Int, byte: Int)? {
    var line = 1
    var start = 0
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { chunk.deallocate() }
    var at = 0
    while at < offset {
      let part = UnsafeMutableRawBufferPointer(rebasing: chunk[..<min(chunk.count, offset - at)])
      guard let count = try? file.read(into: part, at: at), count > 0 else { return nil }
      for index in 0..<count where part[index] == UInt8(ascii: "\n") {
        line += 1
        start = at + index + 1
      }
      at += count
    }
    return (line, offset - start + 1)
  }
}
