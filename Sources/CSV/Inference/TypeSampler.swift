import Columnar

/// Infers column types from samples spread evenly over all files.
enum TypeSampler {
  /// How many bytes are read at each place.
  static let sampleSize = 8 << 10
  /// How many places are looked at, in all files together.
  private static let sampleCount = 64
  /// How many bytes are read of all files together.
  static let byteCount = sampleSize * sampleCount

  /// A record longer than this at a guessed place is most likely no record.
  private static let sampleRecordLimit = 1 << 20

  /// Each column with the narrowest type that holds every sampled value. Small data sets are seen whole.
  static func infer(
    _ files: [CSVScan.File], _ header: Header, _ dialect: Dialect, _ options: CSVOptions
  ) throws -> [CSVColumn] {
    var tallies = [Tally](repeating: Tally(), count: header.names.count)
    let nulls = NullValues(options.nullValues)
    let isWhole = TypeSampler.isWhole(files)
    for (file, places) in places(files, isWhole) {
      let input = try InputFile(path: file.path, encoding: options.encoding)
      for place in places {
        let isGuess = place.lowerBound != file.dataStart
        let start =
          isGuess
          ? try RecordBoundary.guess(input, dialect, range: place, fieldCount: header.names.count) : file.dataStart
        guard let start else { continue }
        let limit = isGuess ? min(options.maximumRecordSize, sampleRecordLimit) : options.maximumRecordSize
        try sample(
          RecordReader(
            file: input, dialect: dialect, start: start, end: place.upperBound, maximumRecordSize: limit,
            missingFields: header.names.count),
          &tallies, dialect, nulls, keepsBadRows: options.badRows == .keep, isGuess: isGuess)
      }
    }
    return header.names.indices.map { index in
      let name = header.names[index]
      let tally = tallies[index].settled
      let given = options.types[name]
      return CSVColumn(
        name: name, type: given ?? tally.type,
        evidence: CSVColumn.Evidence(
          origin: given != nil ? .given : isWhole ? .whole : .sampled, valueCount: tally.valueCount,
          nullCount: tally.nullCount),
        isUnnamed: header.unnamed.contains(index))
    }
  }

  /// Whether samples would be as much as the files.
  static func isWhole(_ files: [CSVScan.File]) -> Bool {
    files.reduce(0) { $0 + $1.dataSize } <= byteCount
  }

  /// The pieces to look at: evenly spaced in all files as if they lay end to end, the first and the last bytes among
  /// them. Those of text that has to be decoded are moved to its beginning.
  static func places(_ files: [CSVScan.File], _ isWhole: Bool) -> [(CSVScan.File, [Range<Int>])] {
    if isWhole { return files.map { ($0, [$0.dataRange]) } }
    let last = files.reduce(0) { $0 + $1.dataSize } - sampleSize
    var result: [(CSVScan.File, [Range<Int>])] = []
    var before = 0
    var place = 0
    for file in files {
      var ranges: [Range<Int>] = []
      while place < sampleCount, last * place / (sampleCount - 1) < before + file.dataSize {
        // A place is moved back where it would reach over the file's end.
        let offset = min(last * place / (sampleCount - 1) - before, max(0, file.dataSize - sampleSize))
        let start = file.dataStart + offset
        ranges.append(start..<min(start + sampleSize, file.textSize))
        place += 1
      }
      if file.isDecoded, !ranges.isEmpty { ranges = [file.dataStart..<file.dataStart + ranges.count * sampleSize] }
      if !ranges.isEmpty { result.append((file, ranges)) }
      before += file.dataSize
    }
    return result
  }

  private struct Tally {
    var type = DType.null
    var valueCount = 0
    var nullCount = 0
    /// Quotes with nothing between them: a text where the column is text, and null where it is something else.
    var emptyTextCount = 0

    /// What was seen, with empty texts where they belong.
    var settled: Tally {
      guard emptyTextCount > 0, type == .null || type == .string else { return self }
      var settled = self
      settled.type = .string
      settled.valueCount += emptyTextCount
      settled.nullCount -= emptyTextCount
      return settled
    }
  }

  /// Looks at each row of the right width, or that is kept. What is wrong with a guessed place is left for the reading proper to say.
  private static func sample(
    _ reader: RecordReader, _ tallies: inout [Tally], _ dialect: Dialect, _ nulls: NullValues, keepsBadRows: Bool,
    isGuess: Bool
  ) throws {
    do {
      while let block = try reader.next(fieldCount: tallies.count, onBadRow: { _ in keepsBadRows }) {
        for column in tallies.indices {
          tally(block, column, &tallies[column], dialect, nulls)
        }
      }
    } catch let error as CSVError {
      if !isGuess { throw error }
    }
  }

  private static func tally(
    _ block: RecordBlock, _ column: Int, _ tally: inout Tally, _ dialect: Dialect, _ nulls: NullValues
  ) {
    for row in 0..<block.rowCount {
      let field = block.bytes(block.field(row, column))
      let type = DType.inferred(from: field, quote: dialect.fieldQuote, nulls: nulls)
      if type == .null {
        tally.nullCount += 1
        if let quote = dialect.quote, field.count == 2, field[0] == quote, field[1] == quote {
          tally.emptyTextCount += 1
        }
      } else {
        tally.valueCount += 1
        tally.type = tally.type.widened(with: type)
      }
    }
  }
}
