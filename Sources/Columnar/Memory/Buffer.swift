/// An immutable, shared run of plain values.
///
/// Copying a buffer copies a reference, and so does cutting a piece out of it. Reading an element is O(1); loops over many
/// elements should take `withUnsafeBufferPointer` once.
public struct Buffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Sendable: the pointer points into the storage, whose bytes do not change while a buffer shares it.
  package let storage: Storage
  @usableFromInline package let pointer: UnsafePointer<Element>
  /// How many elements there are.
  public let count: Int

  /// Shares the first `count` elements of `storage`.
  package init(storage: Storage, count: Int) {
    precondition(
      count >= 0 && count <= storage.byteCount / max(MemoryLayout<Element>.stride, 1),
      "a buffer cannot reach past its storage")
    self.storage = storage
    self.count = count
    pointer = UnsafePointer(storage.base.assumingMemoryBound(to: Element.self))
  }

  /// The elements in `range`, which must be there, in the same memory. O(1).
  package subscript(range: Range<Int>) -> Buffer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a buffer's range is out of bounds")
    return Buffer(storage: storage, pointer: pointer + range.lowerBound, count: range.count)
  }

  /// Shares elements that lie somewhere in `storage`.
  package init(storage: Storage, pointer: UnsafePointer<Element>, count: Int) {
    (self.storage, self.pointer, self.count) = (storage, pointer, count)
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

  /// The element at `index`, which must be in `0..<count`. O(1).
  @inlinable public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "a buffer's index is out of range")
    return pointer[index]
  }

  /// Calls `body` with the elements. The pointer is valid only inside `body`. O(1).
  @inlinable public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) throws -> Result)
    rethrows -> Result
  {
    try withExtendedLifetime(self) {
      try body(UnsafeBufferPointer(start: pointer, count: count))
    }
  }

  /// How many bytes the elements take.
  public var byteCount: Int { count * MemoryLayout<Element>.stride }
}
