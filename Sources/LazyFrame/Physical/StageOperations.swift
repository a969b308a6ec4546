import Columnar
import TaskGraph

/// Merges the partial results of neighbouring partitions.
struct MergePartials: TaskOperation {
  static let wireName = "merge-partials"

  let sink: Sink

  func run(_ task: TaskContext) throws -> any Sendable {
    try sink.merged(task.inputs.map(PartialResult.init(input:)))
  }
}

/// Makes a stage's result of its merged partial results.
struct FinishStage: TaskOperation {
  static let wireName = "finish-stage"

  let sink: Sink
  let schema: Schema

  func run(_ task: TaskContext) throws -> any Sendable {
    // A scan without partitions, of a file without rows, has no partial result.
    let part =
      task.inputs.isEmpty
      ? SinkState(sink).finish(extent: nil) : try sink.merged(task.inputs.map(PartialResult.init(input:)))
    return try sink.finish(part, schema: schema)
  }
}

/// Runs a pipeline over the result of the stage before.
struct RunOnResult: TaskOperation {
  static let wireName = "run-on-result"

  let steps: [PipelineStep]
  let sink: Sink

  func run(_ task: TaskContext) throws -> any Sendable {
    guard let batch = task.inputs.first as? RecordBatch else {
      preconditionFailure("a stage on a result has that result as its only input")
    }
    var state = SinkState(sink)
    try state.add(try steps.apply(batch))
    return state.finish(extent: nil)
  }
}

extension PartialResult {
  /// The partial result that another task handed on.
  fileprivate init(input: any Sendable) {
    guard let part = input as? PartialResult else { preconditionFailure("the inputs of a merge are partial results") }
    self = part
  }
}
