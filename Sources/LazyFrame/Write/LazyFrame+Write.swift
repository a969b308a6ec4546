import CSV
import Columnar
import Scheduler
import TaskGraph

// Each of these computes the frame and writes its rows, without ever holding all of them or their text in memory, unless the
// last operation does so itself, as a sort. The text of a partition is made by a task of its own, so by all threads at once; it
// is put into its file in the order of the rows. The bytes are the same for any number of threads.

extension LazyFrame {
  /// **Computes** the frame and writes it as CSV that reads back as the same values and types.
  ///
  ///     try prices.filter(col("close") > 100).writeCSV(to: "high.csv")
  ///
  /// A file appears under its name only when it is complete: after a failure, on a full disk, or when the process is killed,
  /// what was there before is still there. A link stays a link, a file keeps its permissions; a device or a pipe is written to.
  /// A file whose name ends in `.gz` is compressed, by one thread; it needs the library zlib.
  ///
  /// - Parameters:
  ///   - path: the file, or the folder, in one that exists.
  ///   - writer: the delimiter, whether there is a header, and what is written for null.
  ///   - partitioned: whether each partition becomes a file of its own, `part-00000.csv` and so on, in a folder. It replaces a
  ///     folder only if there is nothing but such files in it.
  ///   - options: how to run.
  /// - Returns: What was written.
  /// - Throws: what computing throws; `LazyFrameError` with the path and the reason when it cannot be written.
  /// - Complexity: O(rows · columns + bytes).
  @discardableResult
  public func writeCSV(
    to path: String, writer: CSVWriter = CSVWriter(), partitioned: Bool = false,
    _ options: ComputeOptions = ComputeOptions()
  ) throws -> WrittenFrame {
    try write(.csv(writer), to: path, partitioned: partitioned, options)
  }

  /// **Computes** the frame and writes it as an object a line; otherwise as ``writeCSV(to:writer:partitioned:_:)``. See
  /// ``JSONWriter`` for how values are written.
  ///
  ///     try prices.writeNDJSON(to: "prices.ndjson")
  @discardableResult
  public func writeNDJSON(
    to path: String, partitioned: Bool = false, _ options: ComputeOptions = ComputeOptions()
  ) throws -> WrittenFrame {
    try write(.ndjson, to: path, partitioned: partitioned, options)
  }

  /// **Computes** the frame and writes it as one array of objects in each file; otherwise as
  /// ``writeCSV(to:writer:partitioned:_:)``.
  @discardableResult
  public func writeJSON(
    to path: String, partitioned: Bool = false, _ options: ComputeOptions = ComputeOptions()
  ) throws -> WrittenFrame {
    try write(.json, to: path, partitioned: partitioned, options)
  }

  /// **Computes** the frame and writes it in any format; otherwise as ``writeCSV(to:writer:partitioned:_:)``.
  @discardableResult
  public func write(
    _ format: TextFormat, to path: String, partitioned: Bool = false, _ options: ComputeOptions = ComputeOptions()
  ) throws -> WrittenFrame {
    if partitioned {
      let folder = try ReplacedFolder(path)
      defer { folder.discard() }
      let written = try write(format, to: .folder(folder), options)
      try folder.finish()
      return written
    }
    do {
      let file = try ReplacedFile(path)
      defer { file.discard() }
      // What went to a device or a pipe cannot be taken back.
      var written =
        file.isDirect ? try write(format, options, to: file.write) : try write(format, to: file, options)
      try file.finish()
      written.paths = [path]
      return written
    } catch let error as SystemError {
      throw LazyFrameError(writing: path, error)
    }
  }

  /// **Computes** the frame, and then hands its text on in pieces, for instance to a socket.
  ///
  ///     try prices.write(.ndjson) { bytes in try connection.send(bytes) }
  ///
  /// Nothing is handed on before the run is over: what was given away could not be taken back when a column turns out to be of
  /// another type than the rows before it said. Until then the text waits on disk, if it is longer than a few megabytes: in
  /// the options' `spillFolder`, `$TMPDIR` or `/var/tmp`.
  ///
  /// - Parameters:
  ///   - format: the form of the text.
  ///   - options: how to run.
  ///   - sink: is given one piece after the other on this thread. The bytes are valid during the call only.
  /// - Returns: What was written, with no paths.
  /// - Throws: what computing throws; `LazyFrameError` when the text cannot wait on disk; what `sink` throws, at once.
  @discardableResult
  public func write(
    _ format: TextFormat, _ options: ComputeOptions = ComputeOptions(),
    to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> WrittenFrame {
    let spool = SpoolFile(folder: options.spillFolder ?? NamelessFile.defaultFolder)
    let written = try write(format, to: .file(spool), options)
    try spool.read(sink)
    return written
  }

  /// **Reads** the CSV files of the frame and writes the rows that `BadRowPolicy.skip` leaves out of them, with file, line and
  /// reason: see `CSVScan.writeRejectedRows(to:)`. Computes nothing, and asks neither for filters nor for limits.
  ///
  ///     try prices.writeRejectedRows { bytes in try connection.send(bytes) }
  ///
  /// - Parameter sink: is given one piece of the text after the other. The bytes are valid during the call only.
  /// - Returns: How many rows there are. Of a frame that reads no CSV file nothing is written.
  /// - Throws: `CSVError` when a file cannot be read or has changed; what `sink` throws.
  @discardableResult
  public func writeRejectedRows(to sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
    var count = 0
    var seen: Set<FileScan> = []
    for case .csv(let scan) in plan.scans where seen.insert(.csv(scan)).inserted {
      // Of the second file on, the header is there already.
      count += try scan.writeRejectedRows(hasHeader: seen.count == 1, to: sink)
    }
    return count
  }

  /// **Computes** the frame and writes it into an open file that is no device and no pipe, compressed if its name says so. The
  /// caller finishes it.
  package func write(_ format: TextFormat, to file: ReplacedFile, _ options: ComputeOptions) throws -> WrittenFrame {
    let whole = WholeFile(file: file)
    return try write(format, to: .file(GzipFile.isMeant(file.path) ? try GzipFile(whole) : whole), options)
  }

  private func write(_ format: TextFormat, to target: TextTarget, _ options: ComputeOptions) throws -> WrittenFrame {
    try FrameWriting(frame: self, format: format, target: target).compute(options)
  }
}

/// A frame that is written when it is computed.
private struct FrameWriting: LazyCollection {
  typealias Computed = WrittenFrame

  var frame: LazyFrame
  let format: TextFormat
  let target: TextTarget

  func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
    try frame.physicalPlan(disabledPasses: builder.disabledPasses)
      .addTasks(to: &builder.graph, writing: format, to: target)
  }

  func computed(_ result: any Sendable) throws -> WrittenFrame {
    guard let written = result as? WrittenFrame else { preconditionFailure("the last task collects what was written") }
    return written
  }

  mutating func revise(after error: TaskError) throws -> Bool {
    guard try frame.revise(after: error) else { return false }
    try target.restart()
    return true
  }
}

extension DataFrame {
  /// Writes the table as CSV; otherwise as ``LazyFrame/writeCSV(to:writer:partitioned:_:)``.
  @discardableResult
  public func writeCSV(to path: String, writer: CSVWriter = CSVWriter()) throws -> WrittenFrame {
    try lazy.writeCSV(to: path, writer: writer)
  }

  /// Writes the table as an object a line; otherwise as ``LazyFrame/writeNDJSON(to:partitioned:_:)``.
  @discardableResult
  public func writeNDJSON(to path: String) throws -> WrittenFrame { try lazy.writeNDJSON(to: path) }

  /// Writes the table as an array of objects; otherwise as ``LazyFrame/writeJSON(to:partitioned:_:)``.
  @discardableResult
  public func writeJSON(to path: String) throws -> WrittenFrame { try lazy.writeJSON(to: path) }
}
