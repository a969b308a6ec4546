import Columnar

/// The values that a key is known to have. Where they are few, the key takes some bits of a word in place of a whole one.
///
/// What stands in the bits is the difference to the lowest value; of categories it is the number in their dictionary. The
/// number behind the highest one stands for null.
struct KeyRange: Sendable {
  let lowest: UInt64
  /// The difference between the highest and the lowest value.
  let span: UInt64
  let hasNulls: Bool
  /// What the numbers of categories mean.
  let dictionary: CategoryDictionary?

  /// How many bits a key takes.
  var bits: Int { Int.bitWidth - (span + (hasNulls ? 1 : 0)).leadingZeroBitCount }

  /// The bits of a null.
  var null: UInt64 { span &+ 1 }

  /// Whole numbers, and nulls.
  init(lowest: UInt64, span: UInt64) {
    (self.lowest, self.span) = (lowest, span)
    (hasNulls, dictionary) = (true, nil)
  }

  /// A range of as many bits that has nulls, and some values below and above.
  var widened: KeyRange? {
    guard span < .max / 2 else { return nil }
    let room = UInt64(1) << UInt64(Int.bitWidth - (span + 1).leadingZeroBitCount) - 2
    return KeyRange(lowest: lowest &- (room - span) / 2, span: room)
  }

  /// The range of the values of a column; nil where they are no whole numbers, or categories of several dictionaries.
  ///
  /// - Parameters:
  ///   - pieces: the column, cut into any number of pieces.
  ///   - statistics: of all pieces together, if they are numbers or times.
  init?(_ pieces: [Column], _ statistics: ColumnStatistics?) {
    guard let type = pieces.first?.type else { return nil }
    hasNulls = pieces.contains { $0.nullCount > 0 }
    switch type.kind {
    case .bool: (lowest, span, dictionary) = (0, 1, nil)
    case .categorical:
      guard let shared = KeyRange.dictionary(of: pieces) else { return nil }
      (lowest, span, dictionary) = (0, UInt64(shared.count - 1), shared)
    case .int8, .int16, .int32, .int64, .date, .datetime, .duration, .uint8, .uint16, .uint32, .uint64:
      (lowest, span) = statistics?.extremes.map(KeyRange.range) ?? (0, 0)
      dictionary = nil
      if span == .max, hasNulls { return nil }
    case .null, .float32, .float64, .string, .list: return nil
    }
  }

  /// The least of two whole numbers, and the difference of the largest.
  private static func range(_ extremes: Column) -> (lowest: UInt64, span: UInt64) {
    func range<Element: FixedWidthInteger>(_ values: Buffer<Element>) -> (lowest: UInt64, span: UInt64) {
      let (least, largest) = (UInt64(truncatingIfNeeded: values[0]), UInt64(truncatingIfNeeded: values[1]))
      return (least, largest &- least)
    }
    return switch extremes.values {
    case .int8(let values): range(values)
    case .int16(let values): range(values)
    case .int32(let values): range(values)
    case .int64(let values): range(values)
    case .uint8(let values): range(values)
    case .uint16(let values): range(values)
    case .uint32(let values): range(values)
    case .uint64(let values): range(values)
    default: preconditionFailure("\(extremes.type) is no whole number")
    }
  }

  private static func dictionary(of pieces: [Column]) -> CategoryDictionary? {
    var shared: CategoryDictionary?
    for piece in pieces where piece.count > 0 {
      guard case .categorical(let values) = piece.values else { return nil }
      if let known = shared, known !== values.dictionary { return nil }
      shared = values.dictionary
    }
    return shared
  }
}
