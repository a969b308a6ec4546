/// Lists of tasks, one for each task, in two flat arrays (compressed sparse rows).
///
///     starts   0     2  2        5
///     targets  a  b     c  d  e
///     lists    0: a b   1: -   2: c d e
///
/// Eight bytes for a task with one neighbour, and no allocation to look at a list.
package struct Adjacency: Sendable {
  /// Where the list of each task begins in `targets`, and at the end where the last one ends.
  package private(set) var starts: [UInt32] = [0]

  /// All lists, one after the other.
  package private(set) var targets: [TaskID] = []

  init() {}

  /// Makes the lists of the opposite direction: those who name a task, in ascending order.
  ///
  /// - Complexity: O(tasks + edges).
  init(reversing other: Adjacency) {
    let count = other.starts.count - 1
    var ends = [UInt32](repeating: 0, count: count + 1)
    for target in other.targets { ends[target.offset + 1] += 1 }
    for task in 0..<count { ends[task + 1] += ends[task] }
    starts = ends
    targets = [TaskID](repeating: TaskID(index: 0), count: other.targets.count)
    for task in 0..<count {
      for edge in Int(other.starts[task])..<Int(other.starts[task + 1]) {
        let target = other.targets[edge].offset
        targets[Int(ends[target])] = TaskID(index: UInt32(task))
        ends[target] += 1
      }
    }
  }

  /// The list of one task. The slice shares the storage.
  package subscript(task: TaskID) -> ArraySlice<TaskID> {
    targets[Int(starts[task.offset])..<Int(starts[task.offset + 1])]
  }

  mutating func append(_ list: some Sequence<TaskID>) {
    targets.append(contentsOf: list)
    precondition(targets.count <= Int(UInt32.max), "A graph holds at most \(UInt32.max) dependencies.")
    starts.append(UInt32(targets.count))
  }

  mutating func reserve(lists: Int, targets more: Int) {
    // Twice the room at least: to make room for exactly one more small layer, again and again, would copy all lists each time.
    if starts.count + lists > starts.capacity {
      starts.reserveCapacity(max(starts.count + lists, 2 * starts.capacity))
    }
    if targets.count + more > targets.capacity {
      targets.reserveCapacity(max(targets.count + more, 2 * targets.capacity))
    }
  }
}
