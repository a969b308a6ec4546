import Columnar
import TaskGraph

extension Column: MemorySized {
  /// The bytes that the column refers to. Blocks of strings that several columns share count for each.
  public var byteCount: Int {
    let bits = validity?.words.byteCount ?? 0
    return switch values {
    case .null: bits
    case .bool(let values): bits + values.words.byteCount
    case .string(let strings): bits + strings.byteCount
    case .categorical(let categories): bits + categories.codes.byteCount + categories.dictionary.strings.byteCount
    case .list(let lists): bits + lists.offsets.byteCount + lists.elements.byteCount
    case let others: bits + (others.fixed?.byteCount ?? 0)
    }
  }

  /// Writes the values; the type and their number are known to who reads them.
  func write(to file: inout some SpillWriter) throws {
    try file.write(plain: validity != nil)
    if let validity { try file.write(validity.words) }
    switch values {
    case .null: break
    case .bool(let values): try file.write(values.words)
    case .string(let strings): try file.write(strings)
    case .categorical(let categories):
      try file.write(categories.codes)
      try file.write(plain: categories.dictionary.count)
      try file.write(categories.dictionary.strings)
    case .list(let lists):
      try file.write(lists.offsets)
      try lists.elements.write(to: &file)
    case let others: try others.fixed?.withBytes { try file.write($0) }
    }
  }

  init(type: DType, count: Int, reading file: inout some SpillReader) throws {
    let hasNulls = try file.read(plain: Bool.self)
    let words = Bitmap.wordCount(count)
    let validity = hasNulls ? Bitmap(words: try file.read(words), count: count) : nil
    let values: Values =
      switch Values(emptyOf: type) {
      case .null: .null(count: count)
      case .bool: .bool(Bitmap(words: try file.read(words), count: count))
      case .string: .string(try file.readStrings(count))
      case .categorical:
        .categorical(
          CategoricalValues(
            codes: try file.read(count),
            dictionary: CategoryDictionary(try file.readStrings(try file.read(plain: Int.self)))))
      case .list(let empty): .list(try file.readLists(count, of: empty.elements.type))
      case let others:
        try others.moving { try FixedValues(count: count, width: $0.width) { try file.read(into: $0) } }
      }
    self.init(type: type, values: values, validity: validity)
  }
}

extension StringValues {
  /// The bytes of the views, and of the blocks that they refer to.
  fileprivate var byteCount: Int { views.byteCount + blocks.reduce(0) { $0 + $1.byteCount } }
}

extension SpillWriter {
  fileprivate mutating func write<Element>(_ buffer: Buffer<Element>) throws {
    try buffer.withUnsafeBufferPointer { try write(UnsafeRawBufferPointer($0)) }
  }

  /// Writes the lengths of all strings, then their bytes. What else is in their blocks is left out.
  fileprivate mutating func write(_ strings: StringValues) throws {
    var lengths = MutableBuffer<UInt32>(count: strings.count)
    for index in 0..<strings.count { lengths[index] = UInt32(strings.views[index].length) }
    try write(lengths.freeze())
    for index in 0..<strings.count { try strings.withBytes(at: index) { try write($0) } }
  }
}

extension SpillReader {
  fileprivate mutating func read<Element>(_ count: Int) throws -> Buffer<Element> {
    let buffer = MutableBuffer<Element>(count: count)
    try read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: buffer.pointer, count: count)))
    return buffer.freeze()
  }

  fileprivate mutating func readLists(_ count: Int, of type: DType) throws -> ListValues {
    let offsets: Buffer<Int64> = try read(count + 1)
    return ListValues(offsets: offsets, elements: try Column(type: type, count: Int(offsets[count]), reading: &self))
  }

  fileprivate mutating func readStrings(_ count: Int) throws -> StringValues {
    let lengths: Buffer<UInt32> = try read(count)
    var strings = StringBuilder(capacity: count)
    var text: [UInt8] = []
    for index in 0..<count {
      let length = Int(lengths[index])
      if text.count < length { text = [UInt8](repeating: 0, count: 2 * length) }
      try text.withUnsafeMutableBytes { bytes in
        let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[..<length])
        try read(into: piece)
        strings.append(UnsafeRawBufferPointer(piece))
      }
    }
    return strings.freeze()
  }
}
