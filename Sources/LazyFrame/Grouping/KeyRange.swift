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

  /// The range of the values of a column that comes in pieces; nil where they are no whole numbers, or categories of several
  /// dictionaries. O(rows).
  init?(_ pieces: [Column]) {
    guard let type = pieces.first?.type else { return nil }
    hasNulls = pieces.contains { $0.nullCount > 0 }
    switch type.kind {
    case .bool: (lowest, span, dictionary) = (0, 1, nil)
    case .categorical:
      guard let shared = KeyRange.dictionary(of: pieces) else { return nil }
      (lowest, span, dictionary) = (0, UInt64(shared.count - 1), shared)
    case .int8, .int16, .int32, .int64, .date, .datetime, .duration, .uint8, .uint16, .uint32, .uint64:
      var extremes = Extremes()
      for piece in pieces { extremes.add(piece) }
      (lowest, span, dictionary) = (extremes.lowest, extremes.span, nil)
      if span == .max, hasNulls { return nil }
    case .null, .float32, .float64, .string, .list: return nil
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

/// The least and the largest of whole numbers of one type.
private struct Extremes {
  // As unsigned numbers in the order of the values: where these have a sign, its bit is turned.
  private var least = UInt64.max
  private var largest = UInt64.min
  private var turned: UInt64 = 0

  /// The bits of the least value; zero of none.
  var lowest: UInt64 { least > largest ? 0 : least ^ turned }
  var span: UInt64 { least > largest ? 0 : largest - least }

  mutating func add(_ column: Column) {
    switch column.values {
    case .int8(let buffer): add(buffer, column)
    case .int16(let buffer): add(buffer, column)
    case .int32(let buffer): add(buffer, column)
    case .int64(let buffer): add(buffer, column)
    case .uint8(let buffer): add(buffer, column)
    case .uint16(let buffer): add(buffer, column)
    case .uint32(let buffer): add(buffer, column)
    case .uint64(let buffer): add(buffer, column)
    default: preconditionFailure("\(column.type) is no whole number")
    }
  }

  private mutating func add<Element: FixedWidthInteger & ColumnElement>(_ buffer: Buffer<Element>, _ column: Column) {
    let values = buffer.pointer
    var (least, largest) = (Element.max, Element.min)
    if column.nullCount == 0 {
      for row in 0..<column.count {
        least = min(least, values[row])
        largest = max(largest, values[row])
      }
    } else {
      for row in 0..<column.count where !column.isNull(at: row) {
        least = min(least, values[row])
        largest = max(largest, values[row])
      }
    }
    if least > largest { return }
    turned = Element.isSigned ? 1 << 63 : 0
    self.least = min(self.least, UInt64(truncatingIfNeeded: least) ^ turned)
    self.largest = max(self.largest, UInt64(truncatingIfNeeded: largest) ^ turned)
  }
}

extension PartitionRows {
  /// How the keys of the rows become words, in the same way in all partitions.
  func encoder(of keys: [NamedExpression]) -> KeyEncoder {
    guard case .memory(let node) = source else { return KeyEncoder(types: keys.map(\.expression.type)) }
    return KeyEncoder(
      types: keys.map(\.expression.type), ranges: keys.map { range(of: $0.expression) }, rowCount: node.table.rowCount)
  }

  /// What is known of the values of an expression over the rows, without looking at them: something where it is a column that
  /// comes unchanged from a table in memory.
  private func range(of expression: ResolvedExpression) -> KeyRange? {
    guard case .memory(let node) = source, case .column(var name, _) = expression else { return nil }
    for step in steps.reversed() {
      switch step {
      case .filter: continue
      case .project(let outputs):
        guard case .column(let origin, _) = outputs.first(where: { $0.name == name })?.expression else { return nil }
        name = origin
      case .probe(let probe):
        guard case .left(let origin) = probe.outputs.first(where: { $0.name == name })?.source else { return nil }
        name = origin
      case .explode(let names): if names.contains(name) { return nil }
      }
    }
    return node.range(of: name)
  }
}
