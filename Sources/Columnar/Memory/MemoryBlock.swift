import Glibc
import LinuxMemory
import Synchronization

/// Raw memory from the system.
///
/// Large blocks are mapped by themselves, at the edge of a huge page, and the system is asked to use such pages: a page of
/// 2 MB costs one fault where small ones cost 512, and random access to large tables misses the translation cache far less.
///
/// Memory that is touched for the first time costs as much as reading it several times. So large blocks that are given back are
/// kept for the next who asks for about as much, up to a quarter of the machine's memory. Where none is kept that would do, a block
/// grows without being copied: the system moves its pages to where there is room for more.
package enum MemoryBlock {
  private static let hugePage = 2 << 20
  private static let largeSize = 1 << 20

  /// So many bytes, aligned to a line of the cache at least. Zeros where that is asked for, else anything.
  ///
  /// There is no way on without memory: ends the program with a message if there is none.
  package static func allocate(byteCount: Int, zeroed: Bool = false) -> UnsafeMutableRawPointer {
    if byteCount >= largeSize { return allocateLarge(byteCount, zeroed: zeroed) }
    guard let block = aligned_alloc(64, (max(byteCount, 1) + 63) & ~63) else {
      fatalError("the system has no memory for a block of \(byteCount) bytes")
    }
    if zeroed { memset(block, 0, byteCount) }
    return block
  }

  /// Gives back what `allocate` gave for the same size.
  package static func deallocate(_ block: UnsafeMutableRawPointer, byteCount: Int) {
    if byteCount < largeSize { return free(block) }
    let size = classSize(byteCount)
    let isKept = unused.withLock { $0.keep(block, size) }
    if !isKept { munmap(block, size) }
  }

  /// Makes a block larger. What is in it stays; behind that is anything.
  ///
  /// - Returns: Where the block is now.
  package static func grow(
    _ block: UnsafeMutableRawPointer, from byteCount: Int, to larger: Int
  ) -> UnsafeMutableRawPointer {
    if byteCount < largeSize {
      let target = allocate(byteCount: larger)
      target.copyMemory(from: block, byteCount: byteCount)
      deallocate(block, byteCount: byteCount)
      return target
    }
    let (size, largerSize) = (classSize(byteCount), classSize(larger))
    if largerSize <= size { return block }
    if let target = unused.withLock({ $0.take(largerSize) }) {
      target.copyMemory(from: block, byteCount: byteCount)
      deallocate(block, byteCount: byteCount)
      return target
    }
    let target = map(largerSize)
    // Both lie at the edge of a huge page, so that such pages are moved as they are.
    guard move_pages(block, size, largerSize, target) != MAP_FAILED else {
      fatalError("the system has no memory for a block of \(larger) bytes")
    }
    madvise(target, largerSize, MADV_HUGEPAGE)
    return target
  }

  // MARK: Large blocks

  private static let unused = Mutex(UnusedBlocks(limit: sysconf(Int32(_SC_PHYS_PAGES)) * 4096 / 4))

  private static func allocateLarge(_ byteCount: Int, zeroed: Bool) -> UnsafeMutableRawPointer {
    let size = classSize(byteCount)
    if let block = unused.withLock({ $0.take(size) }) {
      if zeroed { memset(block, 0, byteCount) }
      return block
    }
    return map(size)
  }

  /// Sizes are rounded up to one of eight between a power of two and the next, so that blocks can be used again. What is not
  /// used of a block is never touched.
  private static func classSize(_ byteCount: Int) -> Int {
    let step = max(hugePage, 1 << (Int.bitWidth - 4 - byteCount.leadingZeroBitCount))
    return (byteCount + step - 1) & ~(step - 1)
  }

  private static func map(_ size: Int) -> UnsafeMutableRawPointer {
    // Room to move the block to the edge of a huge page; what is left over goes back.
    let room = size + hugePage
    guard let start = mmap(nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED
    else { fatalError("the system has no memory for a block of \(size) bytes") }
    let skipped = (hugePage - Int(bitPattern: start) & (hugePage - 1)) & (hugePage - 1)
    let block = start + skipped
    if skipped > 0 { munmap(start, skipped) }
    if room - skipped > size { munmap(block + size, room - skipped - size) }
    madvise(block, size, MADV_HUGEPAGE)
    return block
  }
}

/// Blocks that were given back, by their size.
private struct UnusedBlocks: @unchecked Sendable {
  // Sendable: nobody else has the blocks.
  private var blocks: [Int: [UnsafeMutableRawPointer]] = [:]
  private var total = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The block that was given back last, and so is most likely in the cache.
  mutating func take(_ size: Int) -> UnsafeMutableRawPointer? {
    guard let block = blocks[size]?.popLast() else { return nil }
    total -= size
    return block
  }

  /// Returns false when there are enough.
  mutating func keep(_ block: UnsafeMutableRawPointer, _ size: Int) -> Bool {
    guard total + size <= limit else { return false }
    total += size
    blocks[size, default: []].append(block)
    return true
  }
}
