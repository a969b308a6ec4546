import TaskGraph

/// The results of all tasks of a graph, run one after the other as they were added.
func results(of graph: TaskGraph) throws -> [any Sendable] {
  var results: [any Sendable] = []
  for layer in graph.layers {
    for task in layer.tasks {
      let inputs = graph.dependencies(of: task).map { results[Int($0.index)] }
      let index = layer.tasks.lowerBound.distance(to: task)
      results.append(try layer.operation.run(TaskContext(index: index, inputs: inputs)))
    }
  }
  return results
}

/// The tasks of a collection.
func lowered(_ collection: some LazyCollection) throws -> (graph: TaskGraph, task: TaskID) {
  var builder = GraphBuilder()
  let task = try collection.addTasks(to: &builder)
  return (builder.graph, task)
}

/// The value of a collection, computed by hand.
func evaluate<Value>(_ collection: some LazyCollection<Value>) throws -> Value {
  let (graph, task) = try lowered(collection)
  return try collection.computed(try results(of: graph)[Int(task.index)])
}

/// For each layer its name and the dependencies of its tasks.
func drawing(_ graph: TaskGraph) -> [String] {
  graph.layers.map { layer in
    let lists = layer.tasks.map { task in graph.dependencies(of: task).map { "\($0.index)" }.joined(separator: " ") }
    return "\(layer.name): \(lists.map { "[\($0)]" }.joined(separator: " "))"
  }
}

let increment = delayed("increment") { (x: Int) in x + 1 }
let add = delayed("add") { (x: Int, y: Int) in x + y }
let total = delayed("total") { (numbers: [Int]) in numbers.reduce(0, +) }
