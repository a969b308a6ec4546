import TaskGraph

@testable import Scheduler

/// A profile with fixed times: what the graph `read, read -> add` did on two threads.
///
///     thread 1  [ read[0]          ][ add ]
///     thread 2    [ read[1]  ]
///     time      0  500       2000  3000   3500  4000
func smallProfile(layers: (String, String) = ("read", "add")) -> RunProfile {
  var graph = TaskGraph()
  let read = graph.addLayer(layers.0, Constant(), kind: .data, dependencies: [[], []])
  let add = graph.addLayer(layers.1, Constant(), dependencies: [read])
  let run = ProfiledRun(
    graph: graph, order: read + add, outputs: add, start: 0, end: 4000,
    tasks: [
      ProfiledTask(read[0], thread: 0, 0..<3000, bytes: 800),
      ProfiledTask(read[1], thread: 1, 500..<2000, bytes: 200),
      ProfiledTask(add[0], thread: 0, 3001..<3500, bytes: 8),
    ])
  return RunProfile(runs: [run], threadCount: 2)
}

/// A task that does nothing.
struct Constant: TaskOperation {
  static let wireName = "test-constant"
  func run(_ task: TaskContext) throws -> any Sendable { task.index }
}

extension ProfiledTask {
  init(_ task: TaskID, thread: Int, _ times: Range<Int>, bytes: Int = 0, hasFailed: Bool = false) {
    self.init(
      task: task, thread: thread, start: times.lowerBound, end: times.upperBound, resultBytes: bytes,
      hasFailed: hasFailed)
  }
}

/// A run of independent tasks one after the other on one thread, each as long as it says, with nothing in between.
func chainOfTimes(_ times: [Int], layers: Int = 1) -> RunProfile {
  var graph = TaskGraph()
  var tasks: [TaskID] = []
  for layer in 0..<layers {
    let count = (times.count - layer + layers - 1) / layers
    tasks += graph.addLayer("layer\(layer)", Constant(), dependencies: Array(repeating: [], count: count))
  }
  var start = 0
  let profiled = times.indices.map { index in
    defer { start += times[index] }
    // Neighbours are of different layers.
    let layer = graph.layers[index % layers].tasks
    return ProfiledTask(
      layer.lowerBound.advanced(by: index / layers), thread: 0, start..<start + times[index], bytes: 1)
  }
  let run = ProfiledRun(
    graph: graph, order: tasks, outputs: tasks, start: 0, end: times.reduce(0, +), tasks: profiled)
  return RunProfile(runs: [run], threadCount: 1)
}
