/// An immutable, shared run of plain values.
///
/// Copying a buffer copies a reference. Reading an element is O(1); loops over many elements should take
/// `withUnsafeBufferPointer` once.
public struct Buffer<Element: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline package let storage: Storage
  /// How many elements there are.
  public let count: Int

  /// Shares the first `count` elements of `storage`.
  package init(storage: Storage, count: Int) {
    precondition(
      count >= 0 && count <= storage.byteCount / max(MemoryLayout<Element>.stride, 1),
      "a buffer cannot reach past its storage")
    self.storage = storage
    self.count = count
  }

  /// Copies the elements of a sequence. O(n).
  public init(_ elements: some Collection<Element>) {
    var buffer = MutableBuffer<Element>(count: elements.count)
    var index = 0
    for element in elements {
      buffer[index] = element
      index += 1
    }
    self = buffer.freeze()
  }

  @inlinable package var pointer: UnsafePointer<Element> {
    UnsafePointer(storage.base.assumingMemoryBound(to: Element.self))
  }

  /// The element at `index`, which must be in `0..<count`. O(1).
  @inlinable public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "a buffer's index is out of range")
    return pointer[index]
  }

  /// Calls `body` with the elements. The pointer is valid only inside `body`. O(1).
  @inlinable public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) throws -> Result)
    rethrows -> Result
  {
    try withExtendedLifetime(storage) {
      try body(UnsafeBufferPointer(start: pointer, count: count))
    }
  }

  /// How many bytes the elements take.
  public var byteCount: Int { count * MemoryLayout<Element>.stride }
}
