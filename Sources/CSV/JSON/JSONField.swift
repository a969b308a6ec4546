import CSVSIMD
import Columnar

/// The value of a record as it is written, and what type it has.
enum JSONField {
  /// Lists deeper inside each other than this are text.
  private static let nestingLimit = 8

  /// The narrowest type that holds a value: `int64`, `float64`, `bool`, a list of those, `date` and `datetime` of strings that
  /// say so, else `string`. Digits that are no 64-bit integer stay text, as in CSV. Null of nothing.
  static func inferred(_ block: JSONLines.Block, _ range: Range<Int>, depth: Int = 0) -> DType {
    let text = block.bytes(range)
    switch text.first {
    case nil, UInt8(ascii: "n"): return .null
    case UInt8(ascii: "\""):
      let content = UnsafeRawBufferPointer(rebasing: text[1..<text.count - 1])
      if TemporalText.date(content) != nil { return .date }
      return TemporalText.datetime(content) != nil ? .datetime : .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "{"): return .string
    case UInt8(ascii: "["):
      guard depth < nestingLimit else { return .string }
      var element = DType.null
      var hasObject = false
      forEachElement(block, range) { range in
        hasObject = hasObject || block.data[range.lowerBound] == UInt8(ascii: "{")
        element = element.widened(with: hasObject ? .string : inferred(block, range, depth: depth + 1))
      }
      return hasObject ? .string : .list(element)
    default:
      let type = DType.inferred(from: text, quote: nil, nulls: nulls)
      // JSON has no infinity, so a number that large could not be written again.
      return type == .float64 && NumberText.double(text)?.isFinite != true ? .string : type
    }
  }

  /// No word means null: JSON has a null of its own, which is an empty field here.
  static let nulls = NullValues([])

  /// Calls `body` with the range of each element of an array.
  static func forEachElement(_ block: JSONLines.Block, _ range: Range<Int>, _ body: (Range<Int>) throws -> Void)
    rethrows
  {
    var cursor = JSONCursor(block.data, at: range.lowerBound + 1)
    cursor.skipSpace()
    while cursor.next != UInt8(ascii: "]") {
      let start = cursor.position
      // The array was checked when its record was.
      guard (try? cursor.skipValue()) != nil else { return }
      try body(start..<cursor.position)
      cursor.skipSpace()
      if cursor.next == UInt8(ascii: ",") { cursor.position += 1 }
      cursor.skipSpace()
    }
  }
}
