import TaskGraph

/// Makes its index.
struct Source: TaskOperation {
  static let wireName = "test-source"
  var seed = 0
  func run(_ task: TaskContext) throws -> any Sendable { seed + task.index }
}

/// Stands for any work on results.
struct Merge: TaskOperation {
  static let wireName = "test-merge"
  func run(_ task: TaskContext) throws -> any Sendable { task.inputs.count }
}

/// A graph of sources that are merged two by two.
func mergedSources(_ count: Int) -> (graph: TaskGraph, output: TaskID) {
  var graph = TaskGraph()
  let sources = graph.addLayer(
    "source", Source(), kind: .data, dependencies: Array(repeating: [], count: count))
  let output = graph.addTree("merge", Merge(), over: sources)
  return (graph, output)
}
