import Columnar

/// A file that is one JSON value, as lines: an array is turned into its elements in place, a line each.
///
///     [ {"a": 1},\n  {"a": 2} ]\n         bytes of the file
///       {"a": 1}\n   {"a": 2}  \n         the same bytes with other commas, brackets and newlines
///
/// Newlines stand only between values, where a space is as good. So what lies where is the same as in the file.
struct JSONDocument {
  private let block: JSONLines.Block
  /// Whether the values are columns: an object of arrays.
  let isColumns: Bool

  /// Reads a file.
  ///
  /// - Throws: `CSVError`.
  init(_ file: InputFile, dataStart: Int) throws {
    let whole = try JSONDocument.read(file)
    let bytes = UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(mutating: whole.data), count: whole.length)
    JSONDocument.replaceNewlines(bytes)
    whole.storage.base.storeBytes(of: UInt8(ascii: "\n"), toByteOffset: whole.dataOffset + bytes.count, as: UInt8.self)
    block = JSONLines.Block(
      storage: whole.storage, offset: dataStart, fileOffset: dataStart, length: bytes.count + 1 - dataStart)
    do {
      isColumns = try JSONDocument.split(UnsafeMutablePointer(mutating: block.data))
    } catch let mistake as JSONMistake {
      throw CSVError(mistake, in: block, of: file, isDocument: true)
    }
  }

  /// All of a file, with room for a newline behind it.
  private static func read(_ file: InputFile) throws -> JSONLines.Block {
    let limit = Int(UInt32.max) / 2
    var capacity = file.isDecoded ? DecodedText.sampleSize : file.size
    var whole = JSONLines.Block(storage: JSONLines.makeStorage(capacity: 0), offset: 0, fileOffset: 0, length: 0)
    while true {
      guard capacity <= limit else {
        throw CSVError(
          .recordTooLong, "a file that is one JSON value can have 2 GB", file: file.path,
          hint: "write it as NDJSON, with a record a line")
      }
      let storage = JSONLines.makeStorage(capacity: capacity)
      let data = storage.base + whole.dataOffset
      data.copyMemory(from: whole.data, byteCount: whole.length)
      let count = try file.read(
        into: UnsafeMutableRawBufferPointer(start: data + whole.length, count: capacity - whole.length),
        at: whole.length)
      whole = JSONLines.Block(storage: storage, offset: 0, fileOffset: 0, length: whole.length + count)
      if !file.isDecoded || whole.length < capacity { return whole }
      capacity = capacity == limit ? limit + 1 : min(2 * capacity, limit)
    }
  }

  /// Newlines become spaces. In a string, where none may stand, they become another character that may not.
  private static func replaceNewlines(_ bytes: UnsafeMutableRawBufferPointer) {
    var (isInString, isEscaped) = (false, false)
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") { bytes[index] = isInString ? UInt8(ascii: "\r") : UInt8(ascii: " ") }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isInString
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      }
    }
  }

  /// Puts a line end between the elements of an array. Returns whether the value is an object of arrays.
  private static func split(_ data: UnsafeMutablePointer<UInt8>) throws -> Bool {
    var cursor = JSONCursor(data)
    cursor.skipSpace()
    var isColumns = false
    switch cursor.next {
    case UInt8(ascii: "["): try splitArray(data, &cursor)
    case UInt8(ascii: "{"):
      let start = cursor.position
      try cursor.skipNested()
      isColumns = try JSONDocument.isColumns(data, at: start)
    default: throw cursor.unexpected("an array of objects or an object")
    }
    cursor.skipSpace()
    try cursor.expect(UInt8(ascii: "\n"), "the end of the file")
    return isColumns
  }

  private static func splitArray(_ data: UnsafeMutablePointer<UInt8>, _ cursor: inout JSONCursor) throws {
    data[cursor.position] = UInt8(ascii: " ")
    cursor.skipSpace()
    if cursor.next != UInt8(ascii: "]") {
      while true {
        cursor.skipSpace()
        try cursor.skipValue()
        cursor.skipSpace()
        guard cursor.next == UInt8(ascii: ",") else { break }
        data[cursor.position] = UInt8(ascii: "\n")
        cursor.position += 1
      }
      guard cursor.next == UInt8(ascii: "]") else { throw cursor.unexpected("',' or ']'") }
    }
    data[cursor.position] = UInt8(ascii: " ")
  }

  /// Whether all values of an object, which was checked, are arrays.
  private static func isColumns(_ data: UnsafePointer<UInt8>, at start: Int) throws -> Bool {
    var cursor = JSONCursor(data, at: start + 1)
    cursor.skipSpace()
    if cursor.next == UInt8(ascii: "}") { return false }
    while true {
      try cursor.skipKey()
      guard cursor.next == UInt8(ascii: "[") else { return false }
      try cursor.skipNested()
      cursor.skipSpace()
      if cursor.next == UInt8(ascii: "}") { return true }
      cursor.position += 1
      cursor.skipSpace()
    }
  }

  /// The lines in blocks, of which each is of some 256 KB or one line; the whole where the values are columns.
  var blocks: [JSONLines.Block] {
    if isColumns { return [block] }
    var blocks: [JSONLines.Block] = []
    var start = 0
    for index in 0..<block.length where block.data[index] == UInt8(ascii: "\n") {
      if index + 1 - start >= JSONLines.blockSize || index + 1 == block.length {
        blocks.append(
          JSONLines.Block(
            storage: block.storage, offset: block.fileOffset + start, fileOffset: block.fileOffset + start,
            length: index + 1 - start))
        start = index + 1
      }
    }
    return blocks
  }
}
