import TaskGraph
import TestSupport

/// A graph of up to 60 tasks, each of which uses some of the tasks shortly before it, perhaps one twice, and some
/// outputs, perhaps one twice. Some layers say how large their results are.
func randomGraph(seed: UInt64) -> (graph: TaskGraph, outputs: [TaskID]) {
  var numbers = SplitMix64(seed: seed)
  var graph = TaskGraph()
  let reach = [3, 8, 60].randomElement(using: &numbers) ?? 60
  for layer in 0..<Int.random(in: 1...6, using: &numbers) {
    let first = graph.taskCount
    let lists = (first..<(first + Int.random(in: 1...10, using: &numbers))).map { task in
      (0..<Int.random(in: 0...3, using: &numbers)).compactMap { _ in
        task == 0 ? nil : TaskID(index: UInt32(Int.random(in: max(0, task - reach)..<task, using: &numbers)))
      }
    }
    let bytes = Bool.random(using: &numbers) ? Int.random(in: 0...100, using: &numbers) : nil
    graph.addLayer("layer\(layer)", Merge(), resultBytes: bytes, dependencies: lists)
  }
  let outputs = (0..<Int.random(in: 1...6, using: &numbers)).map { _ in
    TaskID(index: UInt32(Int.random(in: 0..<graph.taskCount, using: &numbers)))
  }
  return (graph, outputs)
}

/// A tree of 1 to 14 tasks: each result but the last has one user.
func randomTree(seed: UInt64) -> (graph: TaskGraph, outputs: [TaskID]) {
  var numbers = SplitMix64(seed: seed)
  let count = Int.random(in: 1...14, using: &numbers)
  var lists = Array(repeating: [TaskID](), count: count)
  for task in 0..<(count - 1) {
    lists[Int.random(in: (task + 1)..<min(count, task + 5), using: &numbers)].append(TaskID(index: UInt32(task)))
  }
  for task in lists.indices { lists[task].shuffle(using: &numbers) }
  var graph = TaskGraph()
  let tasks = graph.addLayer("tree", Merge(), dependencies: lists)
  return (graph, [tasks[count - 1]])
}
