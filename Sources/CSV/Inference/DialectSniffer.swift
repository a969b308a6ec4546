import Columnar

/// Finds the delimiter by trying each candidate on the first records.
enum DialectSniffer {
  private static let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
  private static let recordCount = 50

  /// The dialect of a file: the options, and where they leave the delimiter open, the candidate that splits most of the
  /// first records into the same number of fields, more than one. A comma when none does.
  static func sniff(_ file: InputFile, _ options: CSVOptions) throws -> Dialect {
    if let delimiter = options.delimiter { return dialect(delimiter, options) }
    let start = try Header.textStart(file, options)
    var best = (delimiter: candidates[0], score: 0.0)
    for candidate in candidates {
      let counts = fieldCounts(file, dialect(candidate, options), start, options)
      // Blank lines and comments, which are counted as one field, may stand before the header.
      guard let first = counts.first(where: { $0 > 1 }) else { continue }
      let agreeing = counts.count { $0 == first }
      // More fields only decide between candidates that agree equally well.
      let score = Double(agreeing) / Double(counts.count) + Double(min(first, 1000)) / 1e6
      if score > best.score { best = (candidate, score) }
    }
    return dialect(best.delimiter, options)
  }

  private static func dialect(_ delimiter: UInt8, _ options: CSVOptions) -> Dialect {
    Dialect(
      delimiter: delimiter, quote: options.quote, escape: Dialect.escape(options), comment: options.comment)
  }

  /// What cannot be read with a candidate gives no counts: the reading proper then says why.
  private static func fieldCounts(_ file: InputFile, _ dialect: Dialect, _ start: Int, _ options: CSVOptions) -> [Int] {
    let reader = RecordReader(
      file: file, dialect: dialect, start: start, end: min(file.size, start + TypeSampler.sampleSize),
      maximumRecordSize: min(options.maximumRecordSize, 1 << 20))
    var counts: [Int] = []
    _ = try? reader.nextRecords { _, fieldCount in
      if counts.count < recordCount { counts.append(fieldCount) }
    }
    return counts
  }
}
