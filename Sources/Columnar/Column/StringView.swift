/// Sixteen bytes that stand for a string, in Arrow's `Utf8View` layout (little-endian).
///
///     up to 12 bytes   | length: 4 | the bytes themselves: 12, zero padded         |
///     longer           | length: 4 | first 4 bytes | buffer index: 4 | offset: 4   |
///
/// Public and inlinable because loops of other modules live on it: as calls its members took 4% of a group-by.
@frozen
public struct StringView: BitwiseCopyable, Sendable, Equatable {
  /// The length in the low half, the first four bytes in the high half.
  public var low: UInt64
  /// The next eight bytes; of a long string the buffer's index in the low half and the offset in the high half.
  public var high: UInt64

  @inlinable public static var inlineLimit: Int { 12 }
  @inlinable public static var empty: StringView { StringView(low: 0, high: 0) }

  @inlinable public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// A view of a long string that starts at `offset` of the buffer with index `buffer`.
  package init(long text: UnsafeRawPointer, length: Int, buffer: Int, offset: Int) {
    let prefix = text.loadUnaligned(as: UInt32.self)
    low = UInt64(UInt32(truncatingIfNeeded: length)) | UInt64(prefix) << 32
    high = UInt64(UInt32(truncatingIfNeeded: buffer)) | UInt64(UInt32(truncatingIfNeeded: offset)) << 32
  }

  /// A view of a short string, reading only its own bytes.
  package init(short text: UnsafeRawPointer, length: Int) {
    var bytes: (UInt64, UInt64) = (UInt64(length), 0)
    withUnsafeMutableBytes(of: &bytes) { target in
      for index in 0..<length { target[4 + index] = text.load(fromByteOffset: index, as: UInt8.self) }
    }
    (low, high) = bytes
  }

  @inlinable public var length: Int { Int(low & 0xFFFF_FFFF) }
  @inlinable public var isInline: Bool { length <= StringView.inlineLimit }
  @inlinable public var bufferIndex: Int { Int(high & 0xFFFF_FFFF) }
  @inlinable public var offset: Int { Int(high >> 32) }
}
