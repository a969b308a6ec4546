import Columnar

/// Machine words with one owner, that grow.
final class Words {
  private(set) var pointer: UnsafeMutablePointer<UInt64>
  private(set) var capacity: Int

  /// Room for so many words, which hold anything.
  convenience init(capacity: Int) { self.init(max(capacity, 1), zeroed: false) }

  /// Zeros, of which the system makes memory only where they are touched if they are many.
  convenience init(zeros count: Int) { self.init(max(count, 1), zeroed: true) }

  private init(_ capacity: Int, zeroed: Bool) {
    self.capacity = capacity
    pointer = Words.allocate(capacity, zeroed: zeroed)
  }

  private static func allocate(_ capacity: Int, zeroed: Bool) -> UnsafeMutablePointer<UInt64> {
    MemoryBlock.allocate(byteCount: capacity * 8, zeroed: zeroed).bindMemory(to: UInt64.self, capacity: capacity)
  }

  /// Makes room for `count` words and keeps those there are. Doubles, so that appending is O(1) amortised.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    let grown = max(count, 2 * capacity)
    pointer = MemoryBlock.grow(pointer, from: capacity * 8, to: grown * 8)
      .bindMemory(to: UInt64.self, capacity: grown)
    capacity = grown
  }

  deinit { MemoryBlock.deallocate(pointer, byteCount: capacity * 8) }
}

/// 32-bit numbers with one owner.
final class HalfWords {
  let pointer: UnsafeMutablePointer<UInt32>
  let capacity: Int

  /// Room for so many numbers, which hold anything.
  init(capacity: Int) {
    self.capacity = capacity
    pointer = MemoryBlock.allocate(byteCount: capacity * 4).bindMemory(to: UInt32.self, capacity: capacity)
  }

  /// Zeros.
  init(zeros count: Int) {
    capacity = count
    pointer = MemoryBlock.allocate(byteCount: count * 4, zeroed: true).bindMemory(to: UInt32.self, capacity: count)
  }

  deinit { MemoryBlock.deallocate(pointer, byteCount: capacity * 4) }
}
