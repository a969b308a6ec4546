/// Names one task of one graph: its position in the order in which tasks were added.
///
/// An id means nothing in another graph. Ranges of ids are collections, so that a layer's tasks need no array.
public struct TaskID: Hashable, Comparable, Strideable, Sendable, CustomStringConvertible {
  /// The position of the task among all tasks of its graph, from zero.
  public let index: UInt32

  /// Makes the id of the task that was, or will be, added at this position.
  public init(index: UInt32) {
    self.index = index
  }

  /// The position as an array index.
  package var offset: Int { Int(index) }

  public var description: String { "task \(index)" }

  public static func < (left: TaskID, right: TaskID) -> Bool { left.index < right.index }

  public func distance(to other: TaskID) -> Int { Int(other.index) - Int(index) }

  public func advanced(by count: Int) -> TaskID { TaskID(index: UInt32(Int(index) + count)) }
}
