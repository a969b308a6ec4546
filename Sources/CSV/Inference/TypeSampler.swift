import Columnar

/// Infers column types from samples spread evenly over all files.
enum TypeSampler {
  /// How many bytes are read at each place.
  static let sampleSize = 8 << 10
  /// How many places are looked at, in all files together.
  private static let sampleCount = 64

  /// Each column with the narrowest type that holds every sampled value. Small files are seen whole.
  static func infer(
    _ inputs: [InputFile], _ files: [CSVScan.File], _ header: Header, _ dialect: Dialect, _ options: CSVOptions
  ) throws -> [CSVColumn] {
    var tallies = [Tally](repeating: Tally(), count: header.names.count)
    let nulls = NullValues(options.nullValues)
    let byteCount = files.reduce(0) { $0 + $1.identity.size - $1.dataStart }
    let isWhole = byteCount <= sampleSize * sampleCount
    for (input, file) in zip(inputs, files) {
      let size = input.size - file.dataStart
      // Each file gets its share of the places, and at least its first and last records.
      let places = isWhole ? 1 : max(2, sampleCount * size / max(byteCount, 1))
      for place in 0..<places where size > 0 {
        let length = isWhole ? size : min(sampleSize, size)
        let offset = places > 1 ? (size - length) / (places - 1) * place : 0
        let range = file.dataStart + offset..<file.dataStart + offset + length
        let start =
          offset == 0
          ? file.dataStart
          : try RecordBoundary.guess(input, dialect, range: range, fieldCount: header.names.count)
        guard let start else { continue }
        try sample(
          RecordReader(
            file: input, dialect: dialect, start: start, end: range.upperBound,
            maximumRecordSize: options.maximumRecordSize),
          &tallies, dialect, nulls, isGuess: offset != 0)
      }
    }
    return header.names.indices.map { index in
      let name = header.names[index]
      let tally = tallies[index]
      let given = options.types[name]
      return CSVColumn(
        name: name, type: given ?? tally.type,
        evidence: CSVColumn.Evidence(
          origin: given != nil ? .given : isWhole ? .whole : .sampled, valueCount: tally.valueCount,
          nullCount: tally.nullCount),
        isUnnamed: header.unnamed.contains(index))
    }
  }

  private struct Tally {
    var type = DType.null
    var valueCount = 0
    var nullCount = 0
  }

  /// Looks at each row of the right width. What is wrong with a guessed place is left for the reading proper to say.
  private static func sample(
    _ reader: RecordReader, _ tallies: inout [Tally], _ dialect: Dialect, _ nulls: NullValues, isGuess: Bool
  ) throws {
    do {
      while let block = try reader.next(fieldCount: tallies.count, onBadRow: { _, _ in }) {
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
      let type = DType.inferred(from: field, quote: dialect.quote, nulls: nulls)
      if type == .null {
        tally.nullCount += 1
      } else {
        tally.valueCount += 1
        tally.type = tally.type.widened(with: type)
      }
    }
  }
}
