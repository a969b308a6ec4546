/// Tasks that wait for a thread: those of the highest priority first, then as they came.
///
/// A binary heap of numbers, which name places in a list of tasks. Who takes a task out of turn leaves the place empty; the
/// number is dropped when its turn comes, or when there are more empty places than others.
struct FutureLine {
  private struct Entry {
    let priority: Int
    let arrival: Int
    let slot: Int

    func isBefore(_ other: Entry) -> Bool {
      priority > other.priority || (priority == other.priority && arrival < other.arrival)
    }
  }

  private var heap: [Entry] = []
  private var tasks: [FutureTask?] = []
  private var freeSlots: [Int] = []
  private var arrivals = 0
  private var emptied = 0

  /// The highest priority of those that wait, or were taken out of turn; nil when nobody waits.
  var highestPriority: Int? { heap.count == emptied ? nil : heap.first?.priority }

  /// Adds a task.
  ///
  /// - Returns: Its place, by which it can be taken out of turn.
  /// - Complexity: O(log count); O(1) when no priority is lower.
  mutating func insert(_ task: FutureTask) -> Int {
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = free
      tasks[slot] = task
    } else {
      slot = tasks.count
      tasks.append(task)
    }
    heap.append(Entry(priority: task.priority, arrival: arrivals, slot: slot))
    arrivals += 1
    siftUp(heap.count - 1)
    return slot
  }

  /// Takes the first task.
  ///
  /// - Complexity: O(log count).
  mutating func popFirst() -> FutureTask? {
    while let first = heap.first {
      let last = heap.removeLast()
      if !heap.isEmpty {
        heap[0] = last
        siftDown(0)
      }
      freeSlots.append(first.slot)
      if let task = tasks[first.slot].take() { return task }
      emptied -= 1
    }
    return nil
  }

  /// Takes a task out of turn.
  ///
  /// - Complexity: O(1) on average.
  mutating func remove(_ slot: Int) {
    tasks[slot] = nil
    emptied += 1
    if 2 * emptied <= heap.count { return }
    heap.removeAll { entry in
      if tasks[entry.slot] != nil { return false }
      freeSlots.append(entry.slot)
      return true
    }
    emptied = 0
    for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(place) }
  }

  private mutating func siftUp(_ start: Int) {
    let entry = heap[start]
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard entry.isBefore(heap[parent]) else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = entry
  }

  private mutating func siftDown(_ start: Int) {
    let entry = heap[start]
    var hole = start
    while true {
      var child = 2 * hole + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
      guard heap[child].isBefore(entry) else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = entry
  }
}
