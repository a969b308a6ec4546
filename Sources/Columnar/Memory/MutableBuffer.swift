/// Plain values being written: the only owner of its memory until `freeze()` shares it.
package struct MutableBuffer<Element: BitwiseCopyable & Sendable>: ~Copyable {
  private var storage: Storage
  package private(set) var count: Int

  /// A buffer of `count` elements that are not initialised.
  package init(count: Int) {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    precondition(count >= 0 && !overflow, "a buffer's size overflows")
    storage = Storage(byteCount: byteCount)
    self.count = count
  }

  /// An empty buffer to append to.
  package init(capacity: Int = 0) {
    self.init(count: capacity)
    count = 0
  }

  /// A buffer of `count` equal elements.
  package init(repeating element: Element, count: Int) {
    self.init(count: count)
    UnsafeMutableBufferPointer(start: pointer, count: count).initialize(repeating: element)
  }

  package var pointer: UnsafeMutablePointer<Element> {
    storage.base.assumingMemoryBound(to: Element.self)
  }

  package var capacity: Int { storage.byteCount / MemoryLayout<Element>.stride }

  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "a buffer's index is out of range")
      return pointer[index]
    }
    set {
      precondition(index >= 0 && index < count, "a buffer's index is out of range")
      pointer[index] = newValue
    }
  }

  /// Makes room for `capacity` elements in all, doubling, so that appending is O(1) amortised.
  package mutating func reserve(_ capacity: Int) {
    guard capacity > self.capacity else { return }
    let grown = Storage(byteCount: max(capacity, 2 * self.capacity, 64) * MemoryLayout<Element>.stride)
    grown.base.copyMemory(from: storage.base, byteCount: count * MemoryLayout<Element>.stride)
    storage = grown
  }

  /// Makes it `count` elements long; those that are new hold anything.
  package mutating func resize(_ count: Int) {
    reserve(count)
    self.count = count
  }

  package mutating func append(_ element: Element) {
    if count == capacity { reserve(count + 1) }
    pointer[count] = element
    count += 1
  }

  package mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    reserve(count + elements.count)
    if let base = elements.baseAddress {
      (pointer + count).update(from: base, count: elements.count)
    }
    count += elements.count
  }

  /// Shares the elements as they are, without a copy.
  package consuming func freeze() -> Buffer<Element> {
    Buffer(storage: storage, count: count)
  }
}
