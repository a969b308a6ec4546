import CSV
import Columnar
import Scheduler
import TaskGraph

/// `compute()` gives a data frame, and throws `LazyFrameError` for names and types that do not fit, before any row is read;
/// `CSVError` for data that cannot be read; `TaskError`, which names the task, around anything else.
extension LazyFrame: LazyCollection {
  public typealias Computed = DataFrame

  public func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
    try physicalPlan(disabledPasses: builder.disabledPasses).addTasks(to: &builder.graph)
  }

  public func computed(_ result: any Sendable) throws -> DataFrame {
    let partition = FramePartition(input: result)
    return DataFrame(
      partition.batches, schema: partition.schema, droppedFieldCount: partition.records.droppedFieldCount)
  }

  public mutating func revise(after error: TaskError) throws -> Bool {
    if let problem = error.cause as? ScanProblem {
      guard let scan = try problem.scan.revised(after: problem.cause) else { throw problem.cause }
      self = LazyFrame(plan.replacing(problem.scan, with: scan))
      return true
    }
    if error.cause is LazyFrameError { throw error.cause }
    return false
  }
}

extension LazyFrame {
  /// The names and types of the columns, as far as they are known without reading everything. Computes nothing.
  ///
  /// - Throws: `LazyFrameError` for names and types that do not fit.
  public func schema() throws -> Schema {
    try Resolver.resolve(plan).schema
  }

  /// What would be done, as text. Computes nothing, but for ``PlanLevel/analyzed``.
  ///
  /// - Throws: `LazyFrameError` for names and types that do not fit; what computing throws, where that is done.
  public func explain(_ level: PlanLevel = .optimized, _ options: ComputeOptions = ComputeOptions()) throws -> String {
    switch level.level {
    case .logical: plan.description
    case .optimized: PlanText(try optimizedPlan(disabledPasses: options.disabledPasses)).description
    case .physical: try physicalPlan(disabledPasses: options.disabledPasses).description
    case .graph: try taskGraph(options).description
    case .analyze: try AnalyzedFrame(self).report(options)
    }
  }

  /// When the plan fits the columns no longer, after one was widened, the error says which value did that.
  func physicalPlan(disabledPasses: Set<String>) throws -> PhysicalPlan {
    do {
      return PhysicalPlan(try optimizedPlan(disabledPasses: disabledPasses))
    } catch let error as LazyFrameError {
      let widened = plan.scans.flatMap(\.columns).filter { $0.evidence.cause != nil }
      let words = error.message.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      guard let column = widened.first(where: { words.contains(Substring($0.name)) }) ?? widened.first,
        let cause = column.evidence.cause
      else { throw error }
      throw LazyFrameError(
        error.code, error.message,
        hint: "column '\(column.name)' is \(column.type) because of \(cause); if that means null, say so (--null)",
        span: error.span)
    }
  }

  private func optimizedPlan(disabledPasses: Set<String>) throws -> ResolvedPlan {
    Optimizer.optimize(try Resolver.resolve(plan), disabled: disabledPasses)
  }
}
