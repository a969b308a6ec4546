// From lists in any order to an order, or to the cycle that forbids one
//
// Lists that come from outside may name a task before it, behind it, or itself. A walk along the dependencies, depth first,
// gives an order in which every task is behind all that it depends on, unless there is a cycle. Then some task comes before
// one that it depends on. The walk met that one again while it was still on the way down from it, so it lies on a cycle:
//
//     given     a: c    b: a    c: b d    d: -          (a needs c, b needs a, c needs b and d)
//
//     walk      a -> c -> b, which needs a, where the walk comes from
//     order     b d c a                                 b is before a, which it needs: a lies on a cycle
//
// The cycle that the walk went along may take a long way round. So the shortest one through the same task is looked for,
// breadth first, until a dependency leads back to it:
//
//     from a    c         one step away
//               b d       two steps; b needs a, which closes the cycle
//
// It is told in the direction in which results go, as arrows do in pictures: a -> b -> c -> a.
//
// Tasks are visited in the order given, and so are the dependencies of each, so lists in which every task is already behind
// all that it depends on keep their order. Both walks are linear in tasks and dependencies, and neither recurses.

extension Adjacency {
  /// What `sorted()` finds.
  enum Sorting {
    /// All tasks, each behind those that it depends on.
    case order([TaskID])
    /// Tasks of which each needs the result of the one before it, and the first that of the last.
    case cycle([TaskID])
  }

  /// Puts each task behind those that it depends on; keeps an order in which that is already so.
  ///
  /// - Complexity: O(tasks + dependencies).
  func sorted() -> Sorting {
    let tasks = TaskID(index: 0)..<TaskID(index: UInt32(starts.count - 1))
    let order = depthFirst(from: Array(tasks))
    var places = [Int](repeating: 0, count: tasks.count)
    for (place, task) in order.enumerated() { places[task.offset] = place }
    for task in tasks {
      for edge in edges(of: task) where places[targets[edge].offset] >= places[task.offset] {
        return .cycle(shortestCycle(through: targets[edge]))
      }
    }
    return .order(order)
  }

  /// The shortest cycle through a task, which must lie on one; its earliest task comes first.
  private func shortestCycle(through start: TaskID) -> [TaskID] {
    // For each task that was met, the one that needs it.
    var users = [TaskID?](repeating: nil, count: starts.count - 1)
    var queue = [start]
    var next = 0
    search: while next < queue.count {
      let task = queue[next]
      next += 1
      for dependency in self[task] where users[dependency.offset] == nil {
        users[dependency.offset] = task
        if dependency == start { break search }
        queue.append(dependency)
      }
    }
    var cycle = [start]
    while let user = users[cycle[cycle.count - 1].offset], user != start { cycle.append(user) }
    let first = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
    return Array(cycle[first...] + cycle[..<first])
  }
}

extension GraphError {
  /// The error about a cycle as `Adjacency.sorted()` tells it. Long ones are shortened in the middle.
  static func cycle(_ cycle: [TaskID], name: (TaskID) -> String) -> GraphError {
    let shown = 8
    var steps: [String]
    if cycle.count <= shown + 1 {
      steps = cycle.map(name)
    } else {
      steps = cycle.prefix(shown / 2).map(name) + ["(\(cycle.count - shown) more)"] + cycle.suffix(shown / 2).map(name)
    }
    steps += cycle.prefix(1).map(name)
    return GraphError(
      .cycle, "no order of tasks exists, since results are needed in a cycle: \(steps.joined(separator: " -> "))",
      hint: "each arrow leads from a result to a task that needs it: take one of these inputs away")
  }
}
