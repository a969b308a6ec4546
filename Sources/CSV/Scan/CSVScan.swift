import Columnar

/// A CSV data set that is ready to be read: its files, dialect, columns and partitions, but no rows.
///
/// This is plain data: it can be encoded, compared, and read anywhere the files can be opened.
public struct CSVScan: Sendable, Hashable, Codable {
  struct File: Sendable, Hashable, Codable {
    let path: String
    let identity: FileIdentity
    /// Where the first row starts, behind the header.
    let dataStart: Int
    /// Whether the text differs from the file's bytes, which are compressed or of another encoding.
    let isDecoded: Bool
    let isCompressed: Bool
    /// How many bytes of text there are; about, where `isDecoded`.
    let textSize: Int

    init(_ input: InputFile, dataStart: Int) throws {
      (path, identity, self.dataStart) = (input.path, input.identity, dataStart)
      (isDecoded, isCompressed) = (input.isDecoded, input.isCompressed)
      textSize = max(try input.estimatedSize(), dataStart)
    }

    /// How many bytes the rows take; about, where `isDecoded`.
    var dataSize: Int { textSize - dataStart }

    /// Where the rows lie. Where text ends that has to be decoded is not known.
    var dataRange: Range<Int> { dataStart..<(isDecoded ? InputFile.unknownSize : identity.size) }

    /// The pieces that are read independently. Text that has to be decoded is one, since it can only be read from its beginning.
    func ranges(of size: Int) -> [Range<Int>] { isDecoded ? [dataRange] : CSVScan.cut(dataRange, into: size) }
  }

  /// The piece of a file that one task reads.
  struct Partition: Sendable, Hashable, Codable {
    let file: Int
    let range: Range<Int>
  }

  let files: [File]
  let partitions: [Partition]
  /// Where the first record of each partition starts, when the file was walked to know; nil: guessed when it is read.
  var exactStarts: [Int?]?
  /// How records and fields are separated, in all files.
  public let dialect: Dialect
  /// The columns, in the order of the header.
  public private(set) var columns: [CSVColumn]
  let options: CSVOptions

  init(files: [File], dialect: Dialect, columns: [CSVColumn], options: CSVOptions) {
    self.files = files
    self.dialect = dialect
    self.columns = columns
    self.options = options
    partitions = files.indices.flatMap { index in
      files[index].ranges(of: options.partitionSize).map { Partition(file: index, range: $0) }
    }
  }

  /// Ranges whose inner edges lie at multiples of the partition size, so that reads are aligned.
  static func cut(_ range: Range<Int>, into size: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min((start / size + 1) * size, range.upperBound)
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  /// The names and types as they are believed now. Reading may widen a type.
  public var schema: Schema {
    Schema(columns.map { Field($0.name, $0.type) })
  }

  /// How many pieces are read independently.
  public var partitionCount: Int { partitions.count }

  /// At most how many bytes a piece has, but for files that are one piece since they have to be decoded.
  package var partitionBytes: Int { CSVScan.largestPiece(partitions, files) }

  static func largestPiece(_ partitions: [Partition], _ files: [File]) -> Int {
    partitions.map { min($0.range.count, files[$0.file].dataSize) }.max() ?? 0
  }

  /// The size of all files.
  public var byteCount: Int { files.reduce(0) { $0 + $1.identity.size } }

  /// How many of the files are compressed. Each of them is one piece.
  public var compressedFileCount: Int { files.count(where: \.isCompressed) }

  /// The paths of the files.
  public var paths: [String] { files.map(\.path) }

  /// The same data set with wider types for some columns. O(columns).
  package func widened(_ widenings: [Int: Widening]) -> CSVScan {
    var scan = self
    for (index, widening) in widenings {
      scan.columns[index].type = scan.columns[index].type.widened(with: widening.type)
      scan.columns[index].evidence.origin = .widened
      scan.columns[index].evidence.cause = widening.cause
    }
    return scan
  }

  /// The same data set with the partitions' first records known, by walking the files. O(bytes).
  ///
  /// - Throws: `CSVError` for a quote that is never closed and the like.
  package func withExactStarts() throws -> CSVScan {
    var scan = self
    var starts: [Int?] = []
    for index in files.indices {
      if files[index].isDecoded {
        starts.append(files[index].dataStart)
        continue
      }
      let file = try InputFile(path: files[index].path, encoding: options.encoding)
      let ranges = partitions.filter { $0.file == index }.map(\.range)
      starts += try RecordBoundary.exact(
        file, dialect, ranges: ranges, start: files[index].dataStart, maximumRecordSize: options.maximumRecordSize)
    }
    scan.exactStarts = starts
    return scan
  }

  /// Whether the partitions' first records are still guesses.
  package var hasGuessedStarts: Bool { partitions.indices.contains(where: hasGuessedStart) }

  /// Whether a partition's first record is still a guess.
  package func hasGuessedStart(of index: Int) -> Bool {
    exactStarts == nil && partitions[index].range.lowerBound != files[partitions[index].file].dataStart
  }

  /// Where the first record of a partition starts: known, or guessed by looking at the bytes around.
  func firstRecord(of index: Int, in file: InputFile) throws -> Int? {
    if let exactStarts { return exactStarts[index] }
    let partition = partitions[index]
    if partition.range.lowerBound == files[partition.file].dataStart { return partition.range.lowerBound }
    return try RecordBoundary.guess(file, dialect, range: partition.range, fieldCount: columns.count)
  }
}

extension CSVScan {
  /// What to read instead after a task failed, or nil when its error is final.
  ///
  /// As long as boundaries are guesses, any complaint about the data may only mean that a partition was read from the
  /// middle of a quoted field. So the boundaries are made exact first; if the guesses were right the complaint stands.
  package func revised(after error: any Error) throws -> CSVScan? {
    let revision = error as? ScanRevision
    if revision == nil, (error as? CSVError)?.isAboutRecords != true { return nil }
    try CSVScan.explainByFiles(files, encoding: options.encoding, isFinal: revision == nil)
    var scan = self
    if hasGuessedStarts {
      let guesses = try guessedStarts()
      scan = try withExactStarts()
      if scan.exactStarts != guesses { return scan }
      if case .exactStarts = revision { return scan }
    }
    if case .widen(let types) = revision { return scan.widened(types) }
    return nil
  }

  /// A file that was changed, or is damaged, explains any complaint better.
  ///
  /// - Parameter isFinal: whether nothing will be read again.
  static func explainByFiles(_ files: [File], encoding: TextEncoding, isFinal: Bool) throws {
    for file in files { try RawFile(path: file.path).check(file.identity) }
    for file in files where isFinal && file.isCompressed {
      try InputFile(path: file.path, encoding: encoding).checkCompressed()
    }
  }

  private func guessedStarts() throws -> [Int?] {
    var open: (index: Int, file: InputFile)?
    return try partitions.indices.map { partition in
      let index = partitions[partition].file
      let file =
        if let open, open.index == index {
          open.file
        } else {
          try InputFile(path: files[index].path, encoding: options.encoding)
        }
      open = (index, file)
      return try firstRecord(of: partition, in: file)
    }
  }
}
