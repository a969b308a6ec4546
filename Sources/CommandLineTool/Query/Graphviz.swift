@preconcurrency import Glibc

/// Draws graphs with Graphviz' program `dot`.
enum Graphviz {
  private static let pictures = [".svg", ".png", ".pdf"]

  /// Writes a graph in the DOT language as it is, or as the picture that the file's ending asks for.
  ///
  /// - Throws: `UsageError` for another ending; `FileError` when `dot` is missing or fails, or the file cannot be written.
  static func draw(_ graph: String, to path: String) throws {
    let isText = path == "-" || path.hasSuffix(".dot") || path.hasSuffix(".gv")
    guard let picture = isText ? "" : pictures.first(where: path.hasSuffix) else {
      throw UsageError(
        "--dot: '\(path)' has no ending that says what to write",
        hint: "end it in .dot for text, or in \(pictures.joined(separator: ", ")) for a picture")
    }
    let file = try OutputFile(path)
    if isText {
      try file.write(graph)
    } else {
      try run(graph, format: String(picture.dropFirst()), file)
    }
    try file.finish()
  }

  private static func run(_ graph: String, format: String, _ file: OutputFile) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(errno) }
    // The child must not hold our end, or its input would never end.
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    let process: pid_t
    do {
      defer { close(ends[0]) }
      process = try spawn(format, input: ends[0], output: file.descriptor)
    } catch {
      close(ends[1])
      throw error
    }
    var graph = graph
    // When dot ends early, its exit status says more than the broken pipe.
    _ = graph.withUTF8 { Descriptor.write(UnsafeRawBufferPointer($0), to: ends[1]) }
    close(ends[1])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else {
      throw FileError("Graphviz' program 'dot' could not draw the graph", hint: "write the text with: --dot graph.dot")
    }
  }

  private static func spawn(_ format: String, input: Int32, output: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)

    // The child gets the usual reactions back that this program has switched off.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    sigaddset(&signals, SIGXFSZ)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    var strings = CStrings()
    let arguments = strings.list(["dot", "-T\(format)"])
    var process: pid_t = 0
    let code = posix_spawnp(&process, "dot", &actions, &attributes, arguments, environ)
    guard code == 0 else { throw failure(code) }
    return process
  }

  private static func failure(_ code: Int32) -> FileError {
    if code == ENOENT {
      return FileError(
        "a picture is drawn by Graphviz' program 'dot', which is not installed",
        hint: "install it with: apt-get install graphviz; or write the text with: --dot graph.dot")
    }
    return FileError("cannot run Graphviz' program 'dot': \(FileError.systemText(code))")
  }
}
