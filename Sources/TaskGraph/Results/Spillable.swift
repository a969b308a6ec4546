/// A result that can wait on disk while memory is short, and come back as it was.
///
/// Arrays of numbers, strings and byte arrays conform. The bytes written are read by the same program only, so their format
/// may change from version to version.
public protocol Spillable: MemorySized {
  /// Writes all that `init(reading:)` needs.
  func write(to file: inout some SpillWriter) throws

  /// Makes the result of what `write(to:)` wrote, bit for bit.
  init(reading file: inout some SpillReader) throws
}

/// Takes the bytes of a result that is put away.
public protocol SpillWriter {
  /// Appends bytes.
  ///
  /// - Throws: when the disk does not take them.
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws
}

/// Gives the bytes of a result back, in the order in which they were written.
public protocol SpillReader {
  /// Fills the buffer with the next bytes.
  ///
  /// - Throws: when the disk does not give them.
  mutating func read(into bytes: UnsafeMutableRawBufferPointer) throws
}

extension SpillWriter {
  /// Appends the bytes of a value that refers to nothing.
  public mutating func write(plain value: some BitwiseCopyable) throws {
    try withUnsafeBytes(of: value) { try write($0) }
  }

  /// Appends the number of elements, then their bytes.
  public mutating func write(plain values: [some BitwiseCopyable]) throws {
    try write(plain: values.count)
    try values.withUnsafeBytes { try write($0) }
  }
}

extension SpillReader {
  /// Reads a value that `write(plain:)` wrote.
  public mutating func read<Value: BitwiseCopyable>(plain type: Value.Type) throws -> Value {
    try withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { buffer in
      try read(into: UnsafeMutableRawBufferPointer(buffer))
      return buffer[0]
    }
  }

  /// Reads an array that `write(plain:)` wrote.
  public mutating func read<Value: BitwiseCopyable>(arrayOf type: Value.Type) throws -> [Value] {
    let count = try read(plain: Int.self)
    return try [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      try read(
        into: UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<(count * MemoryLayout<Value>.stride)]))
      initializedCount = count
    }
  }
}
