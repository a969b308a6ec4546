// Groups that become layers
//
// A task may only use results of earlier layers and of earlier tasks of its own layer. So the groups that come out of one old
// layer must follow each other in an order in which none needs a later one.
//
// 1. A group that waits for no other can be added whole, which may free others. In nearly all graphs this does everything.
//
//      tree, fused by four leaves      group 1: sub-trees, waits for nobody        -> layer
//                                      group 0: the merges above, waits for 1      -> layer
//
// 2. What remains waits for each other by turns, as when a chain is A B A B. Each task is given the number of changes of the
//    group on the way to it; tasks of one group with one number become a layer.
//
//      chain      A - A - B - B - A        layers   A 0: 2 tasks   B 1: 2 tasks   A 2: 1 task
//      changes    0   0   1   1   2

/// The tasks of a layer to be. See the head of this file.
struct LayerRuns {
  /// The group that they come from.
  let group: Int

  /// The places of the tasks among those of the old layer, ascending.
  let tasks: [Int]

  /// Puts the new tasks of an old layer in runs that can be added one after the other.
  ///
  /// - Complexity: O(tasks + dependencies), O(tasks · log tasks) for groups that wait for each other.
  static func order(_ tasks: LayerTasks, of layer: Range<TaskID>) -> [LayerRuns] {
    if tasks.count == 0 { return [] }
    if tasks.shapes.count == 1 { return [LayerRuns(group: 0, tasks: Array(0..<tasks.count))] }
    let inputs = inputs(tasks, inside: layer)
    var users: [[Int]] = Array(repeating: [], count: tasks.shapes.count)
    var waits = [Int](repeating: 0, count: tasks.shapes.count)
    for (task, group) in tasks.groups.enumerated() {
      for input in inputs[task] where tasks.groups[input.offset] != group {
        users[tasks.groups[input.offset]].append(group)
        waits[group] += 1
      }
    }
    var whole = waits.indices.filter { waits[$0] == 0 }
    var next = 0
    while next < whole.count {
      for user in users[whole[next]] {
        waits[user] -= 1
        if waits[user] == 0 { whole.append(user) }
      }
      next += 1
    }
    var members: [[Int]] = Array(repeating: [], count: tasks.shapes.count)
    for (task, group) in tasks.groups.enumerated() { members[group].append(task) }
    let runs = whole.filter { !members[$0].isEmpty }.map { LayerRuns(group: $0, tasks: members[$0]) }
    return whole.count == waits.count ? runs : runs + split(tasks, inputs) { waits[$0] > 0 }
  }

  /// The inputs of each task that are in the same layer, by their places.
  private static func inputs(_ tasks: LayerTasks, inside layer: Range<TaskID>) -> Adjacency {
    var places = [TaskID](repeating: TaskID(index: 0), count: layer.count)
    for task in 0..<tasks.count {
      places[layer.lowerBound.distance(to: tasks.last(of: task))] = TaskID(index: UInt32(task))
    }
    var inputs = Adjacency()
    for task in 0..<tasks.count {
      inputs.append(
        tasks.inputs[task].lazy.filter { $0 >= layer.lowerBound }.map { places[layer.lowerBound.distance(to: $0)] })
    }
    return inputs
  }

  /// The runs of groups that wait for each other.
  private static func split(
    _ tasks: LayerTasks, _ inputs: Adjacency, where isWaiting: (Int) -> Bool
  ) -> [LayerRuns] {
    let waiting = (0..<tasks.count).filter { isWaiting(tasks.groups[$0]) }
    var changes = [Int](repeating: 0, count: tasks.count)
    for task in waiting {
      for input in inputs[task].map(\.offset) where isWaiting(tasks.groups[input]) {
        let change = tasks.groups[input] == tasks.groups[task] ? 0 : 1
        changes[task] = max(changes[task], changes[input] + change)
      }
    }
    var runs: [LayerRuns] = []
    var run: [Int] = []
    for task in waiting.sorted(by: { (changes[$0], tasks.groups[$0], $0) < (changes[$1], tasks.groups[$1], $1) }) {
      if let last = run.last, changes[last] != changes[task] || tasks.groups[last] != tasks.groups[task] {
        runs.append(LayerRuns(group: tasks.groups[last], tasks: run))
        run = []
      }
      run.append(task)
    }
    if let last = run.last { runs.append(LayerRuns(group: tasks.groups[last], tasks: run)) }
    return runs
  }
}
