/// Lists in Arrow's layout: the elements of all of them end to end, and where each list begins and ends.
///
///     lists       [1, 2]   null   []   [3, null]
///     offsets     0        2      2    2         4
///     elements    1  2  3  null
///
package struct ListValues: Sendable {
  /// One more than there are lists; they begin at 0 and never fall. A null list may have elements, which mean nothing.
  package let offsets: Buffer<Int64>
  package let elements: Column

  package init(offsets: Buffer<Int64>, elements: Column) {
    precondition(
      offsets.count > 0 && offsets[0] == 0 && offsets[offsets.count - 1] == elements.count,
      "the offsets of lists begin at 0 and end at the number of their elements")
    self.offsets = offsets
    self.elements = elements
  }

  package var count: Int { offsets.count - 1 }

  /// Where the elements of a list lie.
  package subscript(index: Int) -> Range<Int> { Int(offsets[index])..<Int(offsets[index + 1]) }
}

extension Column {
  /// A column of lists of `int64`. Nil is null, in lists and of lists. O(elements).
  public init(_ values: [[Int64?]?]) { self.init(lists: values) { Column($0) } }
  /// A column of lists of `float64`. Nil is null, in lists and of lists. O(elements).
  public init(_ values: [[Double?]?]) { self.init(lists: values) { Column($0) } }
  /// A column of lists of truth values. Nil is null, in lists and of lists. O(elements).
  public init(_ values: [[Bool?]?]) { self.init(lists: values) { Column($0) } }
  /// A column of lists of strings. Nil is null, in lists and of lists. O(bytes).
  public init(_ values: [[String?]?]) { self.init(lists: values) { Column($0) } }

  private init<Element>(lists: [[Element]?], _ column: ([Element]) -> Column) {
    self.init(lists: lists.map { $0?.count }, elements: column(lists.flatMap { $0 ?? [] }))
  }

  /// Lists of so many elements each, taken from a column one after another. Nil is a null list. Traps when the numbers do
  /// not add up to the column's. O(n).
  public init(lists counts: [Int?], elements: Column) {
    let offsets = MutableBuffer<Int64>(count: counts.count + 1)
    offsets.pointer[0] = 0
    for (index, count) in counts.enumerated() {
      offsets.pointer[index + 1] = offsets.pointer[index] + Int64(count ?? 0)
    }
    self.init(
      type: .list(elements.type), values: .list(ListValues(offsets: offsets.freeze(), elements: elements)),
      validity: counts.contains { $0 == nil } ? Bitmap(counts.map { $0 != nil }) : nil)
  }

  /// Lists from single values, nil when an element does not fit.
  init?(lists: [[Value]?], of element: DType) {
    guard let elements = Column(element, lists.flatMap { $0 ?? [] }) else { return nil }
    self.init(lists: lists.map { $0?.count }, elements: elements)
  }
}
