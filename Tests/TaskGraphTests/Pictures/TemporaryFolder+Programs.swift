import Glibc
import TestSupport

let hasGraphviz = system("command -v dot >/dev/null") == 0

extension TemporaryFolder {
  /// What a test in a process of its own ends with. To exit at once would leave the folder behind.
  static func exit(_ isRight: (TemporaryFolder) async -> Bool) async -> Never {
    Glibc.exit(await isRight(TemporaryFolder()) ? EXIT_SUCCESS : EXIT_FAILURE)
  }

  /// Runs a shell script in the folder and returns its status as `waitpid` has it.
  ///
  /// Programs are written in this way, too: one that this process has open for writing cannot be started, and a child of
  /// another thread may hold it open for a moment longer.
  func shell(_ script: String) -> Int32 { system("cd '\(path)' && { \(script)\n}") }

  /// A program in place of `dot`.
  func program(_ script: String, interpreter: String = "/bin/sh") -> String {
    _ = shell("cat >dot <<'END'\n#!\(interpreter)\n\(script)\nEND\nchmod +x dot")
    return path("dot")
  }
}
