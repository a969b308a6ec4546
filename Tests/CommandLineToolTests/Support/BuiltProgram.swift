@preconcurrency import Glibc
import Synchronization
import TestSupport

/// The built program, run in a folder of the test's own.
struct BuiltProgram {
  /// What a run left behind.
  struct Outcome: Equatable {
    /// The exit status, or 128 and the signal's number, as a shell has it.
    let status: Int32
    let out: String
    let error: String
  }

  struct CannotRun: Error {
    let message: String
  }

  /// The program lies beside the tests.
  static let path: String = {
    let own = realpath("/proc/self/exe", nil).map { String(cString: $0) } ?? ""
    return own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/lazyframe"
  }()

  let folder: TemporaryFolder

  /// Runs the program to its end.
  ///
  /// - Parameter input: what it reads from a pipe as its standard input.
  func run(_ arguments: [String], input: String = "") throws -> Outcome {
    let process = try start(arguments)
    process.write(input)
    return try process.wait()
  }

  /// Runs the program by way of a shell, for redirections and limits: `$0` is the program.
  func shell(_ script: String) throws -> Outcome {
    let process = try RunningProgram(["/bin/sh", "-c", script, BuiltProgram.path], in: folder)
    process.write("")
    return try process.wait()
  }

  func start(_ arguments: [String]) throws -> RunningProgram {
    try RunningProgram([BuiltProgram.path] + arguments, in: folder)
  }
}

/// A process of the program that may still run. Its output goes to files outside the test's folder.
final class RunningProgram {
  let identifier: pid_t
  private let input: Int32
  private let captured = TemporaryFolder()
  private var hasEnded = false

  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    let output = (captured.path("out"), captured.path("error"))
    let command = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path] + arguments
    (identifier, input) = try RunningProgram.starting.withLock { _ in
      try RunningProgram.start(command, output: output.0, error: output.1)
    }
  }

  /// No process may be started while another one's pipe can still be inherited.
  private static let starting = Mutex(())

  private static func start(_ command: [String], output: String, error: String) throws -> (pid_t, input: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 else {
      throw BuiltProgram.CannotRun(message: "no pipe")
    }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    for (descriptor, path) in [(STDOUT_FILENO, output), (STDERR_FILENO, error)] {
      posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }
    // Threads of the test runner block signals, and a shell switches some off for what it runs in the background.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var argv: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for argument in argv { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, command[0], &actions, &attributes, &argv, environ)
    guard code == 0 else { throw BuiltProgram.CannotRun(message: "\(command[0]): error \(code)") }
    return (process, ends[1])
  }

  deinit {
    if !hasEnded { kill(identifier, SIGKILL) }
  }

  /// Writes all of the input, which a pipe must be able to hold, and closes it.
  func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(input, bytes, bytes.count)
    close(input)
  }

  /// Whether it ends within a time. What does not is ended by force, so that no test waits for ever.
  func ends(within seconds: Double) -> Bool {
    if hasBecomeQuiet(within: seconds) { return true }
    kill(identifier, SIGKILL)
    return false
  }

  private func hasBecomeQuiet(within seconds: Double) -> Bool {
    for _ in 0..<Int(seconds * 1000) {
      if stateLetter == "Z" { return true }
      usleep(1000)
    }
    return stateLetter == "Z"
  }

  /// Waits until a file appears, or the process ends.
  func waitFor(_ count: Int, filesIn folder: TemporaryFolder) {
    while folder.names.count < count, stateLetter != "Z" { usleep(1000) }
  }

  /// Waits until the process sleeps, waiting for somebody else: so long that it is no coincidence.
  func waitUntilBlocked() {
    var sleeping = 0
    while sleeping < 50, stateLetter != "Z" {
      sleeping = stateLetter == "S" ? sleeping + 1 : 0
      usleep(2000)
    }
  }

  /// The kernel's letter for what the process does: `R` runs, `S` sleeps, `Z` has ended.
  private var stateLetter: Character {
    let text = String(decoding: TemporaryFolder.bytes(ofFile: "/proc/\(identifier)/stat"), as: UTF8.self)
    guard let parenthesis = text.lastIndex(of: ")") else { return "Z" }
    return text[text.index(parenthesis, offsetBy: 2)]
  }

  func wait() throws -> BuiltProgram.Outcome {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      guard errno == EINTR else { throw BuiltProgram.CannotRun(message: "waitpid: error \(errno)") }
    }
    hasEnded = true
    let signal = status & 0x7F
    return BuiltProgram.Outcome(
      status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, out: captured.contents("out"),
      error: captured.contents("error"))
  }
}
