import Columnar
import TaskGraph

extension PhysicalPlan {
  /// The plan as tasks, and the task whose result is the plan's.
  ///
  ///     scan-csv[0] scan-csv[1] scan-csv[2] …      one for each partition: read, filter, project, collect
  ///           \         |        /
  ///            merge-groups[0]  …                  a tree in partition order
  ///                  |
  ///             finish-groups
  func lowered() -> (graph: TaskGraph, output: TaskID) {
    var graph = TaskGraph()
    var result: TaskID?
    for stage in stages { result = stage.add(to: &graph, after: result) }
    guard let result else { preconditionFailure("a plan has at least one stage") }
    return (graph, result)
  }
}

extension Stage {
  /// How many partial results one task merges. More would hold more of them in memory, fewer would copy more often.
  private static let fanIn = 4

  fileprivate func add(to graph: inout TaskGraph, after previous: TaskID?) -> TaskID {
    let parts = addParts(to: &graph, after: previous)
    let what = sink.noun
    let finish = FinishStage(sink: sink, schema: rowSchema)
    guard parts.count > 1 else { return graph.addLayer("finish-\(what)", finish, dependencies: [parts])[0] }
    switch sink {
    case .groups:
      let merged = graph.addTree("merge-\(what)", MergePartials(sink: sink), over: parts, fanIn: Stage.fanIn)
      return graph.addLayer("finish-\(what)", finish, dependencies: [[merged]])[0]
    case .rows, .sorted:
      // Rows are copied once, when all are there.
      return graph.addLayer("finish-\(what)", finish, dependencies: [parts])[0]
    }
  }

  private func addParts(to graph: inout TaskGraph, after previous: TaskID?) -> [TaskID] {
    switch source {
    case .scan(let node):
      let scan = ScanPartition(node: node, steps: steps, sink: sink)
      if case .rows(.some) = sink {
        return graph.addLayer("scan-csv", ScanFirstRows(scan: scan), kind: .data, dependencies: [[]])
      }
      let none = [[TaskID]](repeating: [], count: node.scan.partitionCount)
      return graph.addLayer("scan-csv", scan, kind: .data, dependencies: none)
    case .previous:
      return graph.addLayer(
        sink.verb, RunOnResult(steps: steps, sink: sink), dependencies: [previous.map { [$0] } ?? []])
    }
  }
}

extension Sink {
  /// What the stage makes, for the names of layers.
  fileprivate var noun: String {
    switch self {
    case .rows: "rows"
    case .groups: "groups"
    case .sorted: "sorted-rows"
    }
  }

  /// What a task does that feeds the sink from an earlier stage's result.
  fileprivate var verb: String {
    switch self {
    case .rows: "collect-rows"
    case .groups: "group-rows"
    case .sorted: "sort-rows"
    }
  }
}
