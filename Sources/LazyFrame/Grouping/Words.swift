import Glibc

/// Machine words with one owner, that grow.
final class Words {
  private(set) var pointer: UnsafeMutablePointer<UInt64>
  private(set) var capacity: Int

  /// Room for so many words, which hold anything.
  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    pointer = Words.checked(malloc(self.capacity * 8), self.capacity)
  }

  /// Zeros, of which the system makes memory only where they are touched.
  init(zeros count: Int) {
    capacity = max(count, 1)
    pointer = Words.checked(calloc(capacity, 8), capacity)
  }

  /// Makes room for `count` words and keeps those there are. Doubles, so that appending is O(1) amortised.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    capacity = max(count, 2 * capacity)
    pointer = Words.checked(realloc(pointer, capacity * 8), capacity)
  }

  private static func checked(_ memory: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeMutablePointer<UInt64> {
    guard let memory else { fatalError("no memory for a table of \(count) words") }
    return memory.bindMemory(to: UInt64.self, capacity: count)
  }

  deinit { free(pointer) }
}

/// 32-bit numbers with one owner.
final class HalfWords {
  let pointer: UnsafeMutablePointer<UInt32>
  let capacity: Int

  /// Room for so many numbers, which hold anything.
  init(capacity: Int) {
    self.capacity = capacity
    pointer = .allocate(capacity: max(capacity, 1))
  }

  deinit { pointer.deallocate() }
}
