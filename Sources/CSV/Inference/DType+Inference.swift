import Columnar

// The lattice of inferred types: what holds every value of two types.
//
//               string
//              /  |   \
//       float64 datetime bool
//          |      |       |
//        int64   date     |
//           \     |      /
//                null
//
// Two lists become a list of what holds their elements; a list and anything else become text.

extension DType {
  /// The narrowest type that holds this type's values and the other's as they were written.
  package func widened(with other: DType) -> DType {
    if self == other || other == .null { return self }
    if self == .null { return other }
    if let element, let otherElement = other.element { return .list(element.widened(with: otherElement)) }
    switch (self, other) {
    case (.int64, .float64), (.float64, .int64): return .float64
    case (.date, .datetime), (.datetime, .date): return .datetime
    default: return .string
    }
  }

  /// The narrowest type that holds what a field says. Quotes do not matter: some programs quote everything.
  static func inferred(from field: UnsafeRawBufferPointer, quote: Quote?, nulls: NullValues) -> DType {
    FieldText.withContent(field, quote: quote) { text in
      let text = FieldText.trimmed(text)
      guard let first = text.first, !nulls.contains(text) else { return .null }
      switch first {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
        if NumberText.integer(text) != nil { return .int64 }
        // Digits that are no integer are a code (007) or too large for 64 bits: as a float they would lose digits.
        if NumberText.isDigits(text), !isZero(text) { return .string }
        if NumberText.double(text) != nil { return .float64 }
        if TemporalText.date(text) != nil { return .date }
        return TemporalText.datetime(text) != nil ? .datetime : .string
      case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
        return BoolText.value(text) != nil ? .bool : .string
      case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "i"), UInt8(ascii: "I"):
        return NumberText.double(text) != nil ? .float64 : .string
      default: return .string
      }
    }
  }

  /// `-0`, which is a float and no code.
  private static func isZero(_ text: UnsafeRawBufferPointer) -> Bool {
    text.count == 2 && text[1] == UInt8(ascii: "0")
  }
}
