import Columnar
import TaskGraph

extension PhysicalPlan {
  /// Adds the plan as tasks that write its rows, and returns the one whose result says what was written.
  ///
  ///     scan-csv[0]    scan-csv[1]    scan-csv[2] …      a partition's text each
  ///          |              |              |
  ///     write-text[0] ─ write-text[1] ─ write-text[2] …   in order, or into a file each
  ///                          …
  ///                   collect-written
  ///
  /// - Throws: `LazyFrameError` for a partition that there is not.
  func addTasks(to graph: inout TaskGraph, writing format: TextFormat, to target: TextTarget) throws -> TaskID {
    let formatted = formatted(format)
    let results = try formatted.addStages(to: &graph)
    let texts = results[formatted.stages.count - 1]
    // A stage that was added has several tasks for each partition.
    let partitionCount = formatted.stages.count == stages.count ? texts.count : results[stages.count - 1].count
    let fileCount =
      switch target {
      case .file: 1
      case .folder: max(1, partitionCount)
      }
    let textsPerFile = max(1, texts.count / fileCount)
    let first = graph.nextTask
    let inputs = (0..<fileCount * textsPerFile).map { index in
      (index % textsPerFile == 0 ? [] : [first.advanced(by: index - 1)]) + texts[index..<min(index + 1, texts.count)]
    }
    let write = WriteText(target: target, format: format, schema: schema, textsPerFile: textsPerFile)
    let writes = graph.addLayer("write-text", write, kind: .data, dependencies: inputs)
    let last = stride(from: textsPerFile - 1, to: writes.count, by: textsPerFile).map { writes[$0] }
    return graph.addLayer("collect-written", CollectWritten(), dependencies: [last])[0]
  }

  /// The plan with text as its result. Rows that are read in their last stage become text there; others are shared out to
  /// several tasks, since a partition may be the whole of a sorted frame.
  private func formatted(_ format: TextFormat) -> PhysicalPlan {
    guard let last = stages.last else { preconditionFailure("a plan has a stage") }
    if case .rows(limit: nil) = last.sink, last.isSource {
      let text = Stage(source: last.source, steps: last.steps, sink: .text(format), rowSchema: last.rowSchema)
      return PhysicalPlan(stages: stages.dropLast() + [text])
    }
    let text = Stage(source: .stages([stages.count - 1]), steps: [], sink: .text(format), rowSchema: last.schema)
    return PhysicalPlan(stages: stages + [text])
  }
}
