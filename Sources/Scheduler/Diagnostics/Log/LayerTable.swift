import TaskGraph

/// The names of the layers of some graphs, each once, and which of them a task belongs to.
///
/// Layers with the same name are one here: a graph of single calls has as many layers as tasks.
struct LayerTable {
  /// The names, in the order in which the layers were added.
  private(set) var names: [String] = []
  /// For each graph the first task of each layer.
  private var starts: [[UInt32]] = []
  /// For each graph the place in `names` of each layer.
  private var places: [[Int]] = []

  init(_ graphs: [TaskGraph]) {
    var known: [String: Int] = [:]
    for graph in graphs {
      starts.append(graph.layers.map(\.tasks.lowerBound.index))
      places.append(
        graph.layers.map { layer in
          let place = known[layer.name] ?? names.count
          if place == names.count {
            known[layer.name] = place
            names.append(layer.name)
          }
          return place
        })
    }
  }

  /// The position of a task's layer in its graph.
  ///
  /// - Complexity: O(log layers).
  func layer(of task: TaskID, graph: Int = 0) -> Int {
    starts[graph].withUnsafeBufferPointer { starts in
      // The last layer that does not begin behind the task. An empty one ends before it.
      var low = 0
      var high = starts.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= task.index { low = middle } else { high = middle }
      }
      return low
    }
  }

  /// The place of a task's layer in `names`.
  func place(of task: TaskID, graph: Int = 0) -> Int { places[graph][layer(of: task, graph: graph)] }
}
