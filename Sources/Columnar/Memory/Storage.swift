/// A block of raw memory, aligned to 64 bytes and freed with its last reference.
///
/// The memory is written through a `MutableBuffer` (or another unique owner) and is never changed once a `Buffer`
/// shares it.
public final class Storage: @unchecked Sendable {
  // Sendable: `base` and `byteCount` never change, and the bytes are written only while one owner exists.

  /// The alignment of each block, as Arrow recommends: a cache line, and the widest vector.
  public static let alignment = 64

  /// The first byte.
  public let base: UnsafeMutableRawPointer

  /// How many bytes the block has.
  public let byteCount: Int

  /// Allocates a block without clearing it.
  public init(byteCount: Int) {
    precondition(byteCount >= 0, "a block of memory cannot have a negative size")
    self.byteCount = byteCount
    base = MemoryBlock.allocate(byteCount: byteCount)
  }

  deinit {
    MemoryBlock.deallocate(base, byteCount: byteCount)
  }
}
