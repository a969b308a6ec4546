@preconcurrency import Glibc

/// Draws text in the DOT language with Graphviz' program `dot`.
///
///     this process            dot
///      text   ── socket ──▶  standard input
///      bytes  ◀── same ────  standard output
///      words  ◀── socket ──  standard error
///
/// Sockets, because they are made closed to other programs that other threads may start at this moment (one that held our
/// end would keep `dot` waiting for ever), and because writing to one whose reader is gone is an error and no signal. All
/// three streams move at once, so that neither side waits for the other with its buffers full.
struct Graphviz {
  private let program: String

  /// - Parameter program: a name on the `PATH`, or a path.
  init(program: String = "dot") {
    self.program = program
  }

  /// The bytes of the picture.
  func draw(_ text: String, as format: PictureFormat) throws(PictureError) -> [UInt8] {
    // The sockets of pictures come before those of errors: should standard streams be closed, and these take their
    // numbers, then none is overwritten in the child before it is in its place.
    var pictures = try SocketPair()
    var errors = try SocketPair()
    let process = try start(format, pictures.child, errors.child)
    pictures.closeChild()
    errors.closeChild()
    var output = StreamExchange(sending: text, over: pictures.own, listeningTo: errors.own)
    output.run()
    pictures.closeOwn()
    errors.closeOwn()
    let status = wait(for: process)
    guard status == 0, !output.received.isEmpty else { throw failed(status, output.complaints) }
    return output.received
  }

  private func start(_ format: PictureFormat, _ stream: Int32, _ errors: Int32) throws(PictureError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stream, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, stream, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)

    // The child gets the usual reactions back that this thread or program may have switched off.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    sigaddset(&signals, SIGXFSZ)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    // As fine as the screens of today show it; the other formats have no pixels.
    let words = ["dot", "-T\(format)"] + (format == .png ? ["-Gdpi=144"] : [])
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, program, &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw cannotStart(code) }
    return process
  }

  /// Waits until the process has ended, and returns its status as `waitpid` has it.
  private func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      // Where the program has switched SIGCHLD off, the system throws the status away, and the output has to speak for it.
      if errno != EINTR { return 0 }
    }
    return status
  }

  private func cannotStart(_ code: Int32) -> PictureError {
    guard code == ENOENT else {
      return PictureError(.failedProgram, "cannot run Graphviz' program 'dot': \(SystemError(code).text)")
    }
    return PictureError(
      .missingProgram, "a picture is drawn by Graphviz' program 'dot', which is not installed",
      hint: "install it with: apt-get install graphviz; or write the text to a file that ends in .dot")
  }

  private func failed(_ status: Int32, _ complaints: String) -> PictureError {
    let signal = status & 0x7F
    let reason =
      if signal != 0 {
        "it was ended by signal \(signal)"
      } else if let line = complaints.split(whereSeparator: \.isNewline).first {
        String(line)
      } else {
        status == 0 ? "it wrote nothing" : "it ended with status \(status >> 8 & 0xFF)"
      }
    return PictureError(
      .failedProgram, "Graphviz' program 'dot' could not draw the graph: \(reason)",
      hint: "write the text to a file that ends in .dot, and see what dot says of it")
  }
}

/// Two connected sockets, one of them for a child process.
private struct SocketPair: ~Copyable {
  private(set) var own: Int32
  private(set) var child: Int32

  init() throws(PictureError) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw PictureError(.failedProgram, "cannot run Graphviz' program 'dot': \(SystemError(errno).text)")
    }
    (own, child) = (ends[0], ends[1])
  }

  /// Lets go of the child's end, so that ours sees when the child closes it.
  mutating func closeChild() {
    close(child)
    child = -1
  }

  /// To be called when all was read: the numbers that were handed out are good until then.
  mutating func closeOwn() {
    close(own)
    own = -1
  }

  deinit {
    if own >= 0 { close(own) }
    if child >= 0 { close(child) }
  }
}
