import Columnar

extension RecordBatch {
  /// How many rows a pipeline handles at once: few enough for some columns of them to stay in the second-level cache.
  static let pieceRows = 4_096

  /// The rows in pieces of `pieceRows`, in the same memory. O(columns) a piece.
  var pieces: some Sequence<RecordBatch> {
    stride(from: 0, to: rowCount, by: RecordBatch.pieceRows).lazy.map { start in
      piece(start..<Swift.min(start + RecordBatch.pieceRows, rowCount))
    }
  }

  /// A run of rows: in the same memory where that can be, else copied. O(columns), or O(rows · columns).
  func rows(_ range: Range<Int>) -> RecordBatch {
    if range.lowerBound & 63 == 0, range.upperBound & 63 == 0 || range.upperBound == rowCount { return piece(range) }
    return RecordBatch(
      schema: schema, columns: columns.map { RowKernels.slice($0, range) }, rowCount: range.count)
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
      // The offsets of lists begin at 0, so lists are copied.
      case .list(let lists): .list(ListKernels.slice(lists, range))
      case let others: others.moving { $0.piece(range) }
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

extension FixedValues {
  /// The values in `range`, in the same memory.
  fileprivate func piece(_ range: Range<Int>) -> FixedValues {
    switch width {
    case 1: FixedValues(buffer(of: UInt8.self)[range])
    case 2: FixedValues(buffer(of: UInt16.self)[range])
    case 4: FixedValues(buffer(of: UInt32.self)[range])
    case 8: FixedValues(buffer(of: UInt64.self)[range])
    default: FixedValues(buffer(of: StringView.self)[range])
    }
  }
}

extension RecordBatch {
  /// The same rows with one dictionary for all categories of a column. O(batches) where they share one already, else O(rows).
  static func sharingDictionaries(_ batches: [RecordBatch], schema: Schema) -> [RecordBatch] {
    let categorical = schema.fields.indices.filter { schema.fields[$0].type == .categorical }
    if categorical.isEmpty { return batches }
    var columns = batches.map(\.columns)
    for index in categorical {
      let parts = columns.compactMap { columns -> CategoricalValues? in
        if case .categorical(let values) = columns[index].values { values } else { nil }
      }
      for (batch, values) in CategoricalValues.sharingDictionary(parts).enumerated() {
        columns[batch][index] = Column(
          type: .categorical, values: .categorical(values), validity: columns[batch][index].validity)
      }
    }
    return zip(batches, columns).map { RecordBatch(schema: schema, columns: $1, rowCount: $0.rowCount) }
  }
}
