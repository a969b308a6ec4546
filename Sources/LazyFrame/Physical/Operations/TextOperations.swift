import Columnar
import TaskGraph

/// The rows of a partition as text, batch by batch: so they are written from the cache, and never lie in memory as columns.
struct FormatRows: TaskOperation {
  static let wireName = "format-rows"

  let rows: PartitionRows
  let format: TextFormat

  func run(_ task: TaskContext) throws -> any Sendable {
    var text = RowsText()
    text.records = try rows.read(task) { try text.append($0, as: format) }.records
    return text
  }
}

/// A part of the rows of a partition as text. Several tasks share one partition.
struct FormatPart: TaskOperation {
  static let wireName = "format-part"

  let format: TextFormat
  /// How many tasks share a partition.
  let partCount: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    let partition = FramePartition(input: task.inputs[0])
    let part = task.index % partCount
    let pieces = partition.batches.flatMap { Array($0.pieces) }
    var text = RowsText()
    if part == 0 { text.records = partition.records }
    for piece in pieces[pieces.count * part / partCount..<pieces.count * (part + 1) / partCount] {
      try task.cancellation.checkCancelled()
      try text.append(piece, as: format)
    }
    return text
  }
}

/// Writes text into its file, behind that of the task before.
struct WriteText: TaskOperation {
  static let wireName = "write-text"

  let target: TextTarget
  let format: TextFormat
  let schema: Schema
  /// How many tasks write one file after another.
  let textsPerFile: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    let (file, place) = task.index.quotientAndRemainder(dividingBy: textsPerFile)
    var written: WrittenText
    if place == 0 {
      written = WrittenText(file: try target.file(file, format))
      try written.write(format.head(schema))
    } else {
      guard let before = task.inputs[0] as? WrittenText else { preconditionFailure("a file's text has one order") }
      written = before
    }
    // A frame without partitions has no text at all.
    if let text = task.inputs.last as? RowsText {
      // Records that do not fit to those before are found before they are written.
      try written.records.join(text.records)
      var separator = written.rowCount == 0 ? format.separator.count : 0
      try text.forEachPiece { piece in
        try task.cancellation.checkCancelled()
        try written.write(UnsafeRawBufferPointer(rebasing: piece[separator...]))
        separator = 0
      }
      written.rowCount += text.rowCount
    }
    if place == textsPerFile - 1 {
      try written.write(format.tail(isEmpty: written.rowCount == 0))
      try written.file.close()
    }
    return written
  }

  /// Throws: an open file is no parameter that could be written down.
  func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "an open file is no plain data"))
  }
}

/// What was written of a file so far.
struct WrittenText: Sendable {
  let file: any TextFile
  var rowCount = 0
  var byteCount = 0
  var records = ScanRecords()

  init(file: any TextFile) { self.file = file }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    if !bytes.isEmpty { try file.write(bytes) }
    byteCount += bytes.count
  }

  mutating func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }
}

/// The files of a frame, when all of them are written.
struct CollectWritten: TaskOperation {
  static let wireName = "collect-written"

  func run(_ task: TaskContext) throws -> any Sendable {
    var records = ScanRecords()
    var all = WrittenFrame()
    for case let written as WrittenText in task.inputs {
      try records.join(written.records)
      if let path = written.file.path { all.paths.append(path) }
      all.rowCount += written.rowCount
      all.byteCount += written.byteCount
    }
    all.droppedFieldCount = records.droppedFieldCount
    return all
  }
}
