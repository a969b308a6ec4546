// Dependencies of many tasks in few words
//
// A layer's lists of dependencies are mostly alike: each task depends on its neighbour's tasks plus one, or plus two in a tree,
// or on none. So where eight lists or more follow from the first by adding the same numbers again and again, they are written
// as a run:
//
//     [0, 1], [2, 3], [4, 5], … [1998, 1999]      {"first": [0, 1], "step": [2, 2], "count": 1000}
//     [7, 0], [7, 1], [7, 2], … [7, 999]          {"first": [7, 0], "step": [0, 1], "count": 1000}
//     [], [], [], … []                            {"first": [], "count": 1000}
//
// A step of zeros is left out. Shorter rows are easier to read as they are. The text depends on the lists alone: from front to
// back, each run is as long as it can be.

/// Lists of dependencies that follow from the first by adding the same step again and again.
struct DependencyRun {
  var first: [Int]
  var step: [Int]
  var count: Int

  /// Fewer lists are written one by one.
  static let shortest = 8

  /// The lists of a layer's tasks, as they are written.
  static func json(_ dependencies: Adjacency, of tasks: Range<TaskID>) -> JSONValue {
    var entries: [JSONValue] = []
    var task = tasks.lowerBound
    while task < tasks.upperBound {
      let end = endOfRun(dependencies, from: task, below: tasks.upperBound)
      let count = task.distance(to: end)
      if count >= shortest {
        var members = [JSONValue.Member(key: "first", value: ids(dependencies[task]))]
        let step = difference(dependencies[task.advanced(by: 1)], dependencies[task])
        if step.contains(where: { $0 != 0 }) {
          members.append(JSONValue.Member(key: "step", value: .array(step.map { .number(String($0)) })))
        }
        members.append(JSONValue.Member(key: "count", value: .number(String(count))))
        entries.append(.object(members))
        task = end
      } else {
        // A run that begins with the next task may be longer. One that begins here is short, so this looks at few lists.
        entries.append(ids(dependencies[task]))
        task = task.advanced(by: 1)
      }
    }
    return .array(entries)
  }

  static func ids(_ tasks: some Sequence<TaskID>) -> JSONValue { .array(tasks.map { .number(String($0.index)) }) }

  /// The first task whose list does not follow from those of `start` and the task behind it.
  private static func endOfRun(_ dependencies: Adjacency, from start: TaskID, below limit: TaskID) -> TaskID {
    var last = start.advanced(by: 1)
    guard last < limit, dependencies[last].count == dependencies[start].count else { return last }
    let step = difference(dependencies[last], dependencies[start])
    while last.advanced(by: 1) < limit {
      let next = last.advanced(by: 1)
      let follows =
        dependencies[next].count == step.count
        && zip(zip(dependencies[next], dependencies[last]), step).allSatisfy { $0.1.distance(to: $0.0) == $1 }
      guard follows else { break }
      last = next
    }
    return last.advanced(by: 1)
  }

  private static func difference(_ list: ArraySlice<TaskID>, _ before: ArraySlice<TaskID>) -> [Int] {
    zip(list, before).map { $1.distance(to: $0) }
  }
}
