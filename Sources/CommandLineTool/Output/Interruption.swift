import Glibc
import TaskGraph

/// Removes unfinished files when a signal ends the program.
enum Interruption {
  /// A signal that the parent process has switched off, as `nohup` does, stays off.
  static func removeUnfinishedFiles() {
    // What the handler uses is there from now on.
    UnfinishedPaths.removeAll()
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      var action = sigaction()
      guard sigaction(number, nil, &action) == 0, !isIgnored(action) else { continue }
      action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        UnfinishedPaths.removeAll()
        signal(number, SIG_DFL)
        raise(number)
      }
      sigaction(number, &action, nil)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
