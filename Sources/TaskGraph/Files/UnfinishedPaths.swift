import Glibc
import Synchronization

/// The paths of files that are being written, for a signal handler that removes them.
///
///     add() ── path stored ──▶ file exists ──▶ rename() or unlink() ──▶ remove() ── path cleared
///
/// `removeAll()` uses only what POSIX allows in a handler: atomic loads and `unlink`. There are a few places; a file that finds
/// none is left over by a signal, and by nothing else.
package enum UnfinishedPaths {
  private static let placeCount = 16

  // Written once, before anybody else sees it; what it points to is atomic.
  nonisolated(unsafe) private static let places: UnsafeMutablePointer<Atomic<UInt>> = {
    let places = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: placeCount)
    for index in 0..<placeCount { (places + index).initialize(to: Atomic(0)) }
    return places
  }()

  /// Keeps a path and returns its place.
  static func add(_ path: String) -> Int? {
    guard let stored = strdup(path) else { return nil }
    for index in 0..<placeCount {
      let (isStored, _) = places[index].compareExchange(
        expected: 0, desired: UInt(bitPattern: stored), ordering: .sequentiallyConsistent)
      if isStored { return index }
    }
    free(stored)
    return nil
  }

  /// The path is not freed: a handler on another thread may be reading it.
  static func remove(_ index: Int) { places[index].store(0, ordering: .sequentiallyConsistent) }

  /// Removes the files. Called once before it is used in a handler, so that the places are there.
  package static func removeAll() {
    for index in 0..<placeCount {
      guard let path = UnsafePointer<CChar>(bitPattern: places[index].load(ordering: .sequentiallyConsistent)) else {
        continue
      }
      unlink(path)
    }
  }
}
