import Columnar
import TaskGraph

extension PhysicalPlan {
  /// Adds the plan as tasks, and returns the one whose result is the plan's.
  ///
  ///     scan-csv[0] scan-csv[1] scan-csv[2] …      one for each partition: read, filter, project, collect
  ///           \         /          \
  ///         merge-groups[0]         …              in partition order: see `addMerges`
  ///                 |
  ///           finish-groups
  func addTasks(to graph: inout TaskGraph) -> TaskID {
    var result: TaskID?
    for stage in stages { result = stage.add(to: &graph, after: result) }
    guard let result else { preconditionFailure("a plan has at least one stage") }
    return result
  }
}

extension Stage {
  /// How many partial results are merged among themselves before they are added to those of the partitions before them.
  private static let mergeBlock = 8

  fileprivate func add(to graph: inout TaskGraph, after previous: TaskID?) -> TaskID {
    let parts = addParts(to: &graph, after: previous)
    let what = sink.noun
    let finish = FinishStage(sink: sink, schema: rowSchema)
    guard parts.count > 1 else { return graph.addLayer("finish-\(what)", finish, dependencies: [parts])[0] }
    switch sink {
    case .groups:
      let merged = addMerges("merge-\(what)", over: parts, to: &graph)
      return graph.addLayer("finish-\(what)", finish, dependencies: [[merged]])[0]
    case .rows, .sorted:
      // Rows are copied once, when all are there.
      return graph.addLayer("finish-\(what)", finish, dependencies: [parts])[0]
    }
  }

  /// Merges partial results in partition order: a small tree for each block of partitions, then one block after another.
  ///
  ///     parts    0 1 2 3 4 5 6 7   8 9 …
  ///               \| |/   \| |/     \|
  ///                \ /     \ /       |
  ///                  \_____/         |
  ///     blocks          0 ───────────┴── …
  ///
  /// A tree over all parts would hold several results with nearly all groups at its top; here there is one, and besides
  /// it the parts of a block or two. A chain of single parts would hold even less, but nothing could be merged at once.
  private func addMerges(_ name: String, over parts: [TaskID], to graph: inout TaskGraph) -> TaskID {
    let first = graph.nextTask
    var inputs: [[TaskID]] = []
    func merge(_ pair: [TaskID]) -> TaskID {
      if pair.count == 1 { return pair[0] }
      inputs.append(pair)
      return first.advanced(by: inputs.count - 1)
    }
    var total: [TaskID] = []
    for start in stride(from: 0, to: parts.count, by: Stage.mergeBlock) {
      var level = Array(parts[start..<min(start + Stage.mergeBlock, parts.count)])
      while level.count > 1 {
        level = stride(from: 0, to: level.count, by: 2).map { merge(Array(level[$0..<min($0 + 2, level.count)])) }
      }
      total = [merge(total + level)]
    }
    graph.addLayer(name, MergePartials(sink: sink), dependencies: inputs)
    return total[0]
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
