extension Adjacency {
  /// Where the list of a task lies in `targets`. Unlike the slice it costs no counting of references.
  func edges(of task: TaskID) -> Range<Int> {
    Int(starts[task.offset])..<Int(starts[task.offset + 1])
  }

  /// The tasks that can be reached from some, each behind all that it names: depth first, in the order listed.
  ///
  /// The walk keeps its own stack of (task, next edge), since a chain of a million tasks would overflow the thread's.
  ///
  /// - Complexity: O(tasks + edges).
  func depthFirst(from roots: [TaskID]) -> [TaskID] {
    var order: [TaskID] = []
    var seen = [Bool](repeating: false, count: starts.count - 1)
    var stack: [(task: TaskID, nextEdge: UInt32)] = []
    for root in roots where !seen[root.offset] {
      seen[root.offset] = true
      stack.append((root, starts[root.offset]))
      while let (task, edge) = stack.last {
        guard edge < starts[task.offset + 1] else {
          order.append(task)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].nextEdge = edge + 1
        let target = targets[Int(edge)]
        if seen[target.offset] { continue }
        seen[target.offset] = true
        stack.append((target, starts[target.offset]))
      }
    }
    return order
  }
}
