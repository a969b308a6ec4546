/// The tasks that can start, by their priority: a binary heap with the lowest number on top.
struct ReadyQueue: Sendable {
  private var heap: [UInt32] = []

  /// The priority of the task that should start next.
  var first: UInt32? { heap.first }

  /// - Complexity: O(log count), O(1) when added in ascending order.
  mutating func insert(_ priority: UInt32) {
    var hole = heap.count
    heap.append(priority)
    while hole > 0 {
      let parent = (hole - 1) / 2
      if heap[parent] <= priority { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = priority
  }

  /// Takes the lowest priority out.
  ///
  /// - Complexity: O(log count).
  mutating func removeFirst() -> UInt32? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      if last <= heap[child] { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = last
    return first
  }
}
