import CSVSIMD
import Columnar

/// A string whose escapes stand for no text.
struct InvalidEscape: Error {
  let row: Int
}

/// Turns the values of a column, as records have them, into values of one type.
struct JSONColumnParser {
  private let block: JSONLines.Block
  /// Whether any string of the block has escapes.
  private let hasEscape: Bool
  private let type: DType
  private let isGiven: Bool

  init(_ block: JSONLines.Block, hasEscape: Bool, type: DType, isGiven: Bool) {
    (self.block, self.hasEscape, self.type, self.isGiven) = (block, hasEscape, type, isGiven)
  }

  /// The column's values: null where the bounds are empty. O(rows), of lists O(bytes).
  ///
  /// - Throws: `Contradiction` at the first value that is neither of the type nor null, and `InvalidEscape`.
  func parse(starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>, count: Int) throws -> Column {
    if let element = type.element { return try lists(of: element, starts, ends, count) }
    if type == .string { return try strings(starts, ends, count) }
    if type == .categorical { return try strings(starts, ends, count).categorized }
    // A string is no number, whatever it says: with its quotes it cannot be read as one.
    let parser = ColumnParser(type: type, isGiven: isGiven, nulls: JSONField.nulls, quote: nil)
    let fields = FieldRun(
      csv_fields(data: block.data, starts: starts, ends: ends, stride: 1, count: count, bias: 0))
    switch type.kind {
    case .date: return try parser.elements(fields) { content($0).flatMap(TemporalText.date) }
    case .datetime: return try parser.elements(fields) { content($0).flatMap(ColumnParser.datetime) }
    case .duration: return try parser.elements(fields) { content($0).flatMap(DurationText.microseconds) }
    case .float64, .float32:
      let column = try parser.parse(fields)
      if let row = (0..<count).first(where: { column[$0].number?.isInfinite ?? false }) {
        throw Contradiction(row: row)
      }
      return column
    default: return try parser.parse(fields)
    }
  }

  /// What stands between a string's quotes; nil for other values.
  private func content(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    field.first == UInt8(ascii: "\"") ? UnsafeRawBufferPointer(rebasing: field[1..<field.count - 1]) : nil
  }

  /// Texts of strings, and other values as they are written. Long ones are views into the block.
  private func strings(_ starts: UnsafePointer<UInt32>, _ ends: UnsafePointer<UInt32>, _ count: Int) throws -> Column {
    var validity = ValidityBuilder(count: count)
    let views = MutableBuffer<StringView>(count: count)
    var rewritten = StringBuilder()
    var sharesBlock = false
    for row in 0..<count {
      let field = block.bytes(Int(starts[row])..<Int(ends[row]))
      guard let first = field.first else {
        validity.setNull(row)
        views.pointer[row] = .empty
        continue
      }
      let isString = first == UInt8(ascii: "\"")
      let text = isString ? UnsafeRawBufferPointer(rebasing: field[1..<field.count - 1]) : field
      if hasEscape, isString, text.contains(UInt8(ascii: "\\")) {
        guard let content = try? JSONString.unescaped(text) else { throw InvalidEscape(row: row) }
        let view = content.withUnsafeBytes { rewritten.makeView($0) }
        // The builder's blocks come behind the file's.
        views.pointer[row] = view.isInline ? view : StringView(low: view.low, high: view.high &+ 1)
      } else if let base = text.baseAddress, text.count > 0 {
        views.pointer[row] = ColumnParser.view(base, text.count, in: block.storage, &sharesBlock)
      } else {
        views.pointer[row] = .empty
      }
    }
    let builtBlocks = rewritten.freeze().blocks
    let blocks = sharesBlock || !builtBlocks.isEmpty ? [block.storage] + builtBlocks : []
    return Column(
      type: .string, values: .string(StringValues(views: views.freeze(), blocks: blocks)), validity: validity.finish())
  }

  /// Lists: the elements of all of them are parsed as one column.
  private func lists(
    of element: DType, _ starts: UnsafePointer<UInt32>, _ ends: UnsafePointer<UInt32>, _ count: Int
  ) throws -> Column {
    var validity = ValidityBuilder(count: count)
    let offsets = MutableBuffer<Int64>(count: count + 1)
    offsets.pointer[0] = 0
    var elementStarts: [UInt32] = []
    var elementEnds: [UInt32] = []
    for row in 0..<count {
      let range = Int(starts[row])..<Int(ends[row])
      if range.isEmpty {
        validity.setNull(row)
      } else {
        guard block.data[range.lowerBound] == UInt8(ascii: "[") else { throw Contradiction(row: row) }
        JSONField.forEachElement(block, range) { range in
          let isNull = block.data[range.lowerBound] == UInt8(ascii: "n")
          elementStarts.append(UInt32(truncatingIfNeeded: range.lowerBound))
          elementEnds.append(UInt32(truncatingIfNeeded: isNull ? range.lowerBound : range.upperBound))
        }
      }
      offsets.pointer[row + 1] = Int64(elementStarts.count)
    }
    let (elementCount, last) = (elementStarts.count, offsets.pointer)
    /// The row that an element lies in.
    func row(_ element: Int) -> Int { (0..<count).first { last[$0 + 1] > element } ?? 0 }
    // An empty array has no address.
    elementStarts.append(0)
    elementEnds.append(0)
    let parser = JSONColumnParser(block, hasEscape: hasEscape, type: element, isGiven: isGiven)
    do {
      let elements = try elementStarts.withUnsafeBufferPointer { starts in
        try elementEnds.withUnsafeBufferPointer { ends in
          guard let starts = starts.baseAddress, let ends = ends.baseAddress else { preconditionFailure("see above") }
          return try parser.parse(starts: starts, ends: ends, count: elementCount)
        }
      }
      return Column(
        type: type, values: .list(ListValues(offsets: offsets.freeze(), elements: elements)),
        validity: validity.finish())
    } catch let contradiction as Contradiction {
      throw Contradiction(row: row(contradiction.row))
    } catch let invalid as InvalidEscape {
      throw InvalidEscape(row: row(invalid.row))
    }
  }
}
