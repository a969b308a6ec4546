import LazyFrame
import Scheduler
import TaskGraph

/// Computes a frame and writes the result, or shows how it would be computed.
struct QueryRun {
  private let frame: LazyFrame
  private let query: QueryOptions
  private let output: OutputOptions
  private let rejects: String?
  private let note: String?

  /// - Parameters:
  ///   - rejects: where the rows are written that were left out of the files.
  ///   - note: what the user is told when nothing stands in the way of the run any more.
  init(
    _ frame: LazyFrame, _ query: QueryOptions, _ output: OutputOptions, rejects: String? = nil, note: String? = nil
  ) {
    self.rejects = rejects
    self.frame = frame
    self.query = query
    self.output = output
    self.note = note
  }

  func run() throws {
    if query.explain != nil || query.dot != nil { return try show() }
    // Before anything is computed, since a place that cannot be written to is known already.
    for path in [query.profile?.path, rejects] where path != nil { _ = try OutputFile(path) }
    let file = try OutputFile(output.path)
    writeNote()
    let monitor = RunMonitor(recordsTasks: query.profile != nil)
    var options = query.compute
    options.monitor = monitor
    do {
      let droppedFieldCount = try write(to: file, options)
      try file.finish()
      writeNote(droppedFieldCount: droppedFieldCount)
    } catch let closed as ClosedPipe {
      // Whoever read the result has enough of it, but the profile is for somebody else.
      try writeProfile(monitor)
      throw closed
    }
    try writeProfile(monitor)
    try writeRejects()
  }

  /// Computes the frame and writes the result, and shows how far the run is. Returns how many fields were dropped.
  private func write(to file: OutputFile, _ options: ComputeOptions) throws -> Int {
    let showsProgress = query.showsProgress ?? StandardError.isTerminal
    let bar = showsProgress ? options.monitor.map { ProgressBar($0) } : nil
    // Nothing is shown any more when the run is over or has failed.
    defer { bar?.stop() }
    if let format = output.resolvedFormat(isTerminal: file.isTerminal).text {
      return try file.write(frame, as: format, options) { bar?.stop() }
    }
    let result = try frame.compute(options)
    bar?.stop()
    try file.write(formatter(isTerminal: file.isTerminal).format(result.batch))
    return result.droppedFieldCount
  }

  /// A table is cut to what fits a terminal; elsewhere nothing is lost.
  private func formatter(isTerminal: Bool) -> TableFormatter {
    guard isTerminal else { return .complete }
    var formatter = TableFormatter()
    formatter.width = StandardOutput.terminalWidth ?? formatter.width
    formatter.maximumRows = max(formatter.maximumRows ?? 0, query.limit ?? 0)
    return formatter
  }

  /// Writes the profile, if one was asked for.
  private func writeProfile(_ monitor: RunMonitor) throws {
    guard let profile = query.profile else { return }
    let file = try OutputFile(profile.path)
    try monitor.profile.write(profile.format, to: file.write)
    try file.finish()
  }

  /// Writes the rows that were left out, if that was asked for.
  private func writeRejects() throws {
    guard let rejects else { return }
    let file = try OutputFile(rejects)
    try frame.writeRejectedRows(to: file.write)
    try file.finish()
  }

  private func writeNote(droppedFieldCount count: Int) {
    guard count > 0 else { return }
    StandardError.write(
      "lazyframe: dropped \(count) field\(count == 1 ? "" : "s") of rows with more fields than the header\n")
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
