/// The tasks that some outputs need, as a graph of their own: a task's id is its place in the plain order, so tasks
/// that are used together lie together, and each list names its tasks once, the heaviest first.
struct NeededTasks {
  /// For each task its inputs.
  private(set) var inputs = Adjacency()

  /// For each task the weight of its result.
  let weights: [Int]

  /// The outputs: the inputs, as it were, of what comes after.
  let outputs: [TaskID]

  /// Whether an eager walk has nothing to mend: no list was changed, and no result has a second user to come back for.
  let isEagerAsListed: Bool

  /// Takes the needed tasks from a graph.
  ///
  /// - Parameters:
  ///   - order: The plain order of the needed tasks.
  ///   - graph: The graph that the order, the outputs and the weights are of.
  /// - Complexity: O(tasks + dependencies), and to sort the inputs of each task.
  init(_ order: [TaskID], of graph: TaskGraph, outputs: [TaskID], weights: [Int]) {
    let places = graph.priorities(order: order)
    let dependencies = graph.dependencies
    self.weights = order.map { weights[$0.offset] }
    var heaviestFirst = HeaviestFirst(weights: self.weights)
    inputs.reserve(lists: order.count, targets: dependencies.targets.count)
    var list: [TaskID] = []
    for (place, task) in order.enumerated() {
      if !list.isEmpty { list.removeAll(keepingCapacity: true) }
      for edge in dependencies.edges(of: task) {
        list.append(TaskID(index: places[dependencies.targets[edge].offset]))
      }
      heaviestFirst.sort(&list)
      heaviestFirst.weigh(place, inputs: list)
      inputs.append(list)
    }
    list = outputs.map { TaskID(index: places[$0.offset]) }
    heaviestFirst.sort(&list)
    self.outputs = list
    isEagerAsListed = heaviestFirst.isAsListed && heaviestFirst.isForest
  }
}
