import Columnar

extension RecordBatch {
  /// How many rows a pipeline handles at once: few enough for some columns of them to stay in the second-level cache.
  static let pieceRows = 16_384

  /// The rows in pieces of `pieceRows`, in the same memory. O(columns) a piece.
  var pieces: some Sequence<RecordBatch> {
    stride(from: 0, to: rowCount, by: RecordBatch.pieceRows).lazy.map { start in
      piece(start..<Swift.min(start + RecordBatch.pieceRows, rowCount))
    }
  }

  /// A run of rows that begins at a multiple of 64 and ends at one or at the end, in the same memory. O(columns).
  func piece(_ range: Range<Int>) -> RecordBatch {
    if range.count == rowCount { return self }
    return RecordBatch(schema: schema, columns: columns.map { $0.piece(range) }, rowCount: range.count)
  }
}

extension Column {
  fileprivate func piece(_ range: Range<Int>) -> Column {
    let values: Column.Values =
      switch values {
      case .null: .null(count: range.count)
      case .bool(let bits): .bool(bits.piece(range))
      case .int32(let buffer): .int32(buffer[range])
      case .int64(let buffer): .int64(buffer[range])
      case .float32(let buffer): .float32(buffer[range])
      case .float64(let buffer): .float64(buffer[range])
      case .string(let strings): .string(StringValues(views: strings.views[range], blocks: strings.blocks))
      }
    return Column(type: type, values: values, validity: validity.map { $0.piece(range) })
  }
}

extension Bitmap {
  /// The bits of whole words, or up to the end: so the bits past the last one stay zero.
  fileprivate func piece(_ range: Range<Int>) -> Bitmap {
    precondition(
      range.lowerBound & 63 == 0 && (range.upperBound & 63 == 0 || range.upperBound == count),
      "a piece of a bitmap has whole words")
    return Bitmap(words: words[range.lowerBound >> 6..<Bitmap.wordCount(range.upperBound)], count: range.count)
  }
}
