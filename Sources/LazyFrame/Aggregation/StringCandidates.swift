import Columnar

/// Strings, of which an aggregate keeps one.
struct StringCandidates: Candidates {
  /// A copy of a string.
  struct Kept {
    let view: StringView
    /// The bytes of a string that does not fit its view, else empty.
    let bytes: [UInt8]

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
      if !view.isInline { return bytes.withUnsafeBytes(body) }
      return withUnsafeBytes(of: view) { body(UnsafeRawBufferPointer(rebasing: $0[4..<4 + view.length])) }
    }
  }

  private let strings: StringValues
  private let views: UnsafePointer<StringView>

  init(_ column: Column) {
    strings = column.strings
    views = strings.views.pointer
  }

  @inline(__always)
  func kept(_ row: Int) -> Kept {
    let view = views[row]
    return Kept(view: view, bytes: view.isInline ? [] : strings.withBytes(of: view) { Array($0) })
  }

  @inline(__always)
  func isLess(_ row: Int, _ kept: Kept) -> Bool {
    if let order = StringCandidates.order(views[row], kept.view) { return order < 0 }
    return isLongLess(row, kept)
  }

  @inline(__always)
  func isGreater(_ row: Int, _ kept: Kept) -> Bool {
    if let order = StringCandidates.order(views[row], kept.view) { return order > 0 }
    return isLongGreater(row, kept)
  }

  private func isLongLess(_ row: Int, _ kept: Kept) -> Bool {
    strings.withBytes(at: row) { bytes in kept.withBytes { StringValues.compare(bytes, $0) < 0 } }
  }

  private func isLongGreater(_ row: Int, _ kept: Kept) -> Bool {
    strings.withBytes(at: row) { bytes in kept.withBytes { StringValues.compare(bytes, $0) > 0 } }
  }

  static func isLess(_ left: Kept, _ right: Kept) -> Bool {
    left.withBytes { left in right.withBytes { StringValues.compare(left, $0) < 0 } }
  }

  /// The order of two strings as far as their views show it, else nil: the first four bytes of all strings, and all bytes
  /// of short ones. These are padded with zeros, so that of strings alike up to there the longer one comes last.
  @inline(__always)
  private static func order(_ left: StringView, _ right: StringView) -> Int? {
    let (leftStart, rightStart) = ((left.low >> 32).byteSwapped, (right.low >> 32).byteSwapped)
    if leftStart != rightStart { return leftStart < rightStart ? -1 : 1 }
    guard left.isInline, right.isInline else { return nil }
    let (leftRest, rightRest) = (left.high.byteSwapped, right.high.byteSwapped)
    if leftRest != rightRest { return leftRest < rightRest ? -1 : 1 }
    return left.length - right.length
  }

  static func values(_ kept: ArraySlice<Kept?>) -> Column.Values {
    var builder = StringBuilder(capacity: kept.count)
    for text in kept {
      if let text { text.withBytes { builder.append($0) } } else { builder.appendEmpty() }
    }
    return .string(builder.freeze())
  }
}
