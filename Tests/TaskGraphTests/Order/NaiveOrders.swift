import TaskGraph

// Slow and simple versions of what the order is made of, to compare with.

/// The post-order of a depth-first walk with inputs as they are listed.
func plainOrder(_ graph: TaskGraph, outputs: [TaskID]) -> [TaskID] {
  var order: [TaskID] = []
  var numbered: Set<TaskID> = []
  var stack = Array(outputs.reversed())
  while let task = stack.last {
    let waiting = numbered.contains(task) ? [] : graph.dependencies(of: task).filter { !numbered.contains($0) }
    if let next = waiting.first {
      stack.append(next)
    } else {
      stack.removeLast()
      if numbered.insert(task).inserted { order.append(task) }
    }
  }
  return order
}

/// The most that is alive when tasks run in an order, by the definition: at each step what was made before and is an
/// output or has a user that did not run before, and what is being made.
func naivePeak(_ graph: TaskGraph, of order: [TaskID], outputs: [TaskID], weight: (TaskID) -> Int = { _ in 1 }) -> Int {
  order.indices.map { step in
    let users = order[step...].flatMap { graph.dependencies(of: $0) }
    let alive = order[..<step].filter { outputs.contains($0) || users.contains($0) } + [order[step]]
    return alive.reduce(0) { $0 + weight($1) }
  }.max() ?? 0
}

/// The lowest peak that any order of a small graph has, all tasks of which are needed.
///
/// Goes through the sets of tasks that may have run, from smaller ones to larger: the peak on the way to a set is that
/// on the best way to the set without its last task, or what is alive while that one runs.
func lowestPeak(_ graph: TaskGraph, outputs: [TaskID]) -> Int {
  let tasks = (0..<graph.taskCount).map { TaskID(index: UInt32($0)) }
  let inputs = tasks.map { graph.dependencies(of: $0).reduce(0) { $0 | 1 << Int($1.index) } }
  let users = tasks.map { task in
    tasks.reduce(0) { $0 | (inputs[Int($1.index)] >> Int(task.index) & 1) << Int($1.index) }
  }
  func alive(_ done: Int) -> Int {
    tasks.count { task in
      let index = Int(task.index)
      return done >> index & 1 == 1 && (outputs.contains(task) || users[index] & ~done != 0)
    }
  }
  var best: [Int: Int] = [0: 0]
  for done in 0..<(1 << tasks.count) {
    guard let peak = best[done] else { continue }
    let running = alive(done) + 1
    for index in tasks.indices where done >> index & 1 == 0 && inputs[index] & ~done == 0 {
      let next = done | 1 << index
      best[next] = min(best[next] ?? .max, max(peak, running))
    }
  }
  return best[(1 << tasks.count) - 1] ?? 0
}
