import LazyFrame
import Scheduler
import TaskGraph

/// Computes a frame and writes the result, or shows how it would be computed.
struct QueryRun {
  private let frame: LazyFrame
  private let query: QueryOptions
  private let output: OutputOptions
  private let note: String?

  /// - Parameter note: what the user is told when nothing stands in the way of the run any more.
  init(_ frame: LazyFrame, _ query: QueryOptions, _ output: OutputOptions, note: String? = nil) {
    self.frame = frame
    self.query = query
    self.output = output
    self.note = note
  }

  func run() throws {
    if query.explain != nil || query.dot != nil { return try show() }
    // Before anything is computed, since a place that cannot be written to is known already.
    if let profile = query.profile { _ = try OutputFile(profile.path) }
    let file = try OutputFile(output.path)
    writeNote()
    let monitor = RunMonitor(recordsTasks: query.profile != nil)
    var options = query.compute
    options.monitor = monitor
    let result = try withProgress(of: monitor) { try frame.compute(options) }
    do {
      try ResultWriter(output, limit: query.limit, threads: query.compute.threads).write(result.batch, to: file)
      try file.finish()
    } catch let closed as ClosedPipe {
      // Whoever read the result has enough of it, but the profile is for somebody else.
      try writeProfile(monitor)
      throw closed
    }
    try writeProfile(monitor)
  }

  /// Shows how far the monitor's runs are, and nothing any more when they are over or have failed.
  private func withProgress<Value>(of monitor: RunMonitor, _ body: () throws -> Value) rethrows -> Value {
    guard query.showsProgress ?? StandardError.isTerminal else { return try body() }
    let bar = ProgressBar(monitor)
    defer { bar.stop() }
    return try body()
  }

  /// Writes the profile, if one was asked for.
  private func writeProfile(_ monitor: RunMonitor) throws {
    guard let profile = query.profile else { return }
    let file = try OutputFile(profile.path)
    try monitor.profile.write(profile.format, to: file.write)
    try file.finish()
  }

  private func writeNote() {
    if let note { StandardError.write("lazyframe: \(note)\n") }
  }

  private func show() throws {
    if query.profile != nil {
      throw UsageError("--profile: with --explain and --dot, nothing is run that it could show")
    }
    writeNote()
    if let path = query.dot {
      try draw(try frame.taskGraph(query.compute), to: path)
    }
    if let level = query.explain {
      let text = try frame.explain(level, query.compute)
      try StandardOutput.write(text.hasSuffix("\n") ? text : text + "\n")
    }
  }

  /// Writes the graph as text or as a picture, as the file's ending asks for.
  ///
  /// - Throws: `UsageError` for an ending that says nothing, `FileError` when there is no picture for another reason.
  private func draw(_ graph: TaskGraph, to path: String) throws {
    if path == "-" { return try StandardOutput.write(graph.dot()) }
    do {
      try graph.visualize(path)
    } catch {
      switch error.code {
      case .unknownEnding: throw UsageError("--dot: \(error.message)", hint: error.hint)
      case .missingProgram:
        throw FileError(
          error.message, hint: "install it with: apt-get install graphviz; or write the text with: --dot graph.dot")
      default: throw FileError(error.message, hint: error.hint)
      }
    }
  }
}
