import Columnar
import Synchronization

/// The buffers of readers that are done, kept for the next ones.
///
/// A partition's reader needs more than a megabyte, and fresh memory costs a page fault for every 4 KB of it, on which the
/// threads of a process get in each other's way.
enum ReaderMemory {
  struct Buffers: Sendable {
    let block: Storage
    let offsets: Storage
  }

  /// More readers than this at once are rare.
  private static let limit = 16
  private static let kept = Mutex<[Buffers]>([])

  /// Buffers of some size, or nil when none are kept.
  static func take() -> Buffers? {
    kept.withLock { $0.popLast() }
  }

  /// Keeps buffers that nobody else uses.
  static func give(_ buffers: Buffers) {
    kept.withLock { if $0.count < limit { $0.append(buffers) } }
  }
}
