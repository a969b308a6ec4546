import Columnar

/// A plan cut into stages: between two stages all rows come together.
struct PhysicalPlan: Sendable {
  /// In the order in which they run; each reads the result of the one before.
  let stages: [Stage]
}

/// A source, what is done with each of its batches, and where the rows end up.
struct Stage: Sendable {
  enum Source: Sendable {
    case scan(ScanNode)
    /// The result of the stage before, one batch.
    case previous
  }

  let source: Source
  let steps: [PipelineStep]
  let sink: Sink
  /// The schema of the rows that reach the sink.
  let rowSchema: Schema
}

extension PhysicalPlan {
  /// Cuts an optimised plan into stages.
  init(_ plan: ResolvedPlan) {
    var builder = StageBuilder()
    builder.add(plan)
    if builder.isOpen { builder.close(.rows(limit: nil), plan.schema) }
    stages = builder.stages
  }

  private struct StageBuilder {
    private(set) var stages: [Stage] = []
    private var source: Stage.Source?
    private var steps: [PipelineStep] = []

    /// Whether there are rows that no stage has taken up.
    var isOpen: Bool { source != nil }

    mutating func add(_ plan: ResolvedPlan) {
      if let input = plan.input { add(input) }
      switch plan {
      case .scan(var node):
        let limit = node.limit
        node.limit = nil
        source = .scan(node)
        if let limit { close(.rows(limit: limit), node.schema) }
      case .filter(let predicate, _):
        reopen()
        steps.append(.filter(predicate))
      case .project(let expressions, _):
        reopen()
        steps.append(.project(expressions))
      case .aggregate(let keys, let aggregates, let input):
        reopen()
        close(.groups(keys: keys, aggregates: aggregates), input.schema)
      case .sort(let keys, let limit, let input):
        reopen()
        close(.sorted(keys, limit: limit), input.schema)
      case .limit(let count, let input):
        reopen()
        close(.rows(limit: count), input.schema)
      }
    }

    /// Starts a stage on the result of the last one, if none is open.
    private mutating func reopen() {
      if source == nil { source = .previous }
    }

    mutating func close(_ sink: Sink, _ rowSchema: Schema) {
      guard let source else { preconditionFailure("a stage needs a source") }
      stages.append(Stage(source: source, steps: steps, sink: sink, rowSchema: rowSchema))
      self.source = nil
      steps = []
    }
  }
}

extension PhysicalPlan: CustomStringConvertible {
  var description: String {
    stages.enumerated().map { index, stage in
      var lines = ["stage \(index + 1)"]
      switch stage.source {
      case .scan(let node): lines.append(node.title)
      case .previous: lines.append("the result of stage \(index)")
      }
      lines += stage.steps.map(\.description)
      lines.append(stage.sink.description)
      return lines.joined(separator: "\n  ")
    }.joined(separator: "\n")
  }
}

extension Sink: CustomStringConvertible {
  var description: String {
    switch self {
    case .rows(let limit): return limit.map { "keep the first \($0) rows" } ?? "keep the rows"
    case .groups(let keys, let aggregates):
      let keyList = keys.map(\.description).joined(separator: ", ")
      let aggregateList = aggregates.map(\.description).joined(separator: ", ")
      return "group by \(keyList); aggregate \(aggregateList) in each partition, then merge in partition order"
    case .sorted(let keys, let limit):
      return "sort by \(keys.map(\.description).joined(separator: ", "))"
        + (limit.map { ", keep the first \($0) rows" } ?? "")
    }
  }
}
