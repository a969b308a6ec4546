import Columnar

/// The values of a batch's column, of which an aggregate keeps one.
protocol Candidates {
  /// One value. Of all zero bits it is some value, that is never looked at.
  associatedtype Kept: BitwiseCopyable

  init(_ column: Column)

  func kept(_ row: Int) -> Kept

  func isLess(_ row: Int, _ kept: Kept) -> Bool
  func isGreater(_ row: Int, _ kept: Kept) -> Bool
  static func isLess(_ left: Kept, _ right: Kept) -> Bool

  /// A column's values, with any value where there is none.
  static func values(_ count: Int, _ kept: (Int) -> Kept) -> Column.Values
}

/// Values of fixed size, side by side in memory.
struct FixedCandidates<Element: ColumnElement>: Candidates {
  private let pointer: UnsafePointer<Element>

  init(_ column: Column) { pointer = column.buffer(of: Element.self).pointer }

  @inline(__always)
  func kept(_ row: Int) -> Element { pointer[row] }

  @inline(__always)
  func isLess(_ row: Int, _ kept: Element) -> Bool { FixedCandidates.isLess(pointer[row], kept) }

  @inline(__always)
  func isGreater(_ row: Int, _ kept: Element) -> Bool { FixedCandidates.isLess(kept, pointer[row]) }

  /// Only NaN differs from itself; it comes last.
  @inline(__always)
  static func isLess(_ left: Element, _ right: Element) -> Bool {
    left < right || (right != right && left == left)
  }

  @inline(__always)
  static func values(_ count: Int, _ kept: (Int) -> Element) -> Column.Values {
    let values = MutableBuffer<Element>(count: count)
    for group in 0..<count { values.pointer[group] = kept(group) }
    return Element.values(values.freeze())
  }
}

struct BoolCandidates: Candidates {
  private let words: UnsafePointer<UInt64>

  init(_ column: Column) { words = column.bools.words.pointer }

  @inline(__always)
  func kept(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 != 0 }

  @inline(__always)
  func isLess(_ row: Int, _ kept: Bool) -> Bool { kept && !self.kept(row) }

  @inline(__always)
  func isGreater(_ row: Int, _ kept: Bool) -> Bool { !kept && self.kept(row) }

  static func isLess(_ left: Bool, _ right: Bool) -> Bool { !left && right }

  static func values(_ count: Int, _ kept: (Int) -> Bool) -> Column.Values { .bool(Bitmap((0..<count).map(kept))) }
}
