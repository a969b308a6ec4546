import Glibc
import Synchronization

/// A file that is written beside its final place, and removed when a signal ends the program.
///
/// There is one at a time. Its path is kept where the signal handler finds it:
///
///     create() ── path stored, handler installed ──▶ file exists ──▶ rename() or remove() ── path cleared
///
/// The handler uses only what POSIX allows in one: an atomic load, `unlink`, `signal` and `raise`.
struct UnfinishedFile {
  private static let current = Atomic<UInt>(0)
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  private let finalPath: String
  private let path: String

  init(of finalPath: String) {
    self.finalPath = finalPath
    let folderEnd = finalPath.lastIndex(of: "/").map { finalPath.index(after: $0) } ?? finalPath.startIndex
    path = finalPath[..<folderEnd] + ".lazyframe-\(getpid()).part"
  }

  /// Creates the file and returns its descriptor, or -1 with `errno`.
  func create() -> Int32 {
    guard let stored = strdup(path) else { return -1 }
    UnfinishedFile.current.store(UInt(bitPattern: stored), ordering: .sequentiallyConsistent)
    for number in UnfinishedFile.signals { UnfinishedFile.catchSignal(number) }
    // Nothing else has this name: a file that is there was left by a process of the same number that was killed.
    unlink(path)
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  }

  /// Gives the file its final name. Returns 0, or -1 with `errno`.
  func rename() -> Int32 {
    let result = Glibc.rename(path, finalPath)
    if result == 0 { UnfinishedFile.forget() }
    return result
  }

  func remove() {
    unlink(path)
    UnfinishedFile.forget()
  }

  private static func forget() {
    let stored = current.exchange(0, ordering: .sequentiallyConsistent)
    free(UnsafeMutablePointer<CChar>(bitPattern: stored))
  }

  /// A signal that the parent process has switched off, as `nohup` does, stays off.
  private static func catchSignal(_ number: Int32) {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0, !isIgnored(action) else { return }
    action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      if let path = UnsafePointer<CChar>(bitPattern: UnfinishedFile.current.load(ordering: .sequentiallyConsistent)) {
        unlink(path)
      }
      signal(number, SIG_DFL)
      raise(number)
    }
    sigaction(number, &action, nil)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
