import CSV
import Columnar
import Scheduler
import TaskGraph

extension LazyFrame {
  /// Reads the data and computes the rows.
  ///
  /// When the data contradict what was assumed of them (a value that does not fit a column's type, a partition that began
  /// inside a quoted field), the assumption is mended and the run repeated: the result is as if it had been right at
  /// first.
  ///
  /// - Throws: `LazyFrameError` for names and types that do not fit, before any row is read; `CSVError` for data that
  ///   cannot be read; `TaskError`, which names the task, around anything else.
  /// - Complexity: O(bytes of the columns used), in parallel; memory is bounded by batches and results.
  public func compute(_ options: ComputeOptions = ComputeOptions()) throws -> DataFrame {
    let executor: any Scheduler.Executor = options.executor ?? ThreadPoolExecutor(threads: options.threads)
    var plan = plan
    while true {
      let (graph, output) = try LazyFrame(plan).lowered(options)
      do {
        guard let batch = try executor.run(graph, outputs: [output]).first as? RecordBatch else {
          preconditionFailure("the last task of a plan gives a batch")
        }
        return DataFrame(batch)
      } catch let error as TaskError {
        guard let scan = try plan.scan.revised(after: error.cause) else {
          if error.cause is CSVError || error.cause is LazyFrameError { throw error.cause }
          throw error
        }
        plan = plan.replacingScan(scan)
      }
    }
  }

  /// The names and types of the columns, as far as they are known without reading everything. Computes nothing.
  ///
  /// - Throws: `LazyFrameError` for names and types that do not fit.
  public func schema() throws -> Schema {
    try Resolver.resolve(plan).schema
  }

  /// What would be done, as text. Computes nothing.
  ///
  /// - Throws: `LazyFrameError` for names and types that do not fit.
  public func explain(_ level: PlanLevel = .optimized, _ options: ComputeOptions = ComputeOptions()) throws -> String {
    switch level.level {
    case .logical: plan.description
    case .optimized: try optimizedPlan(options).description
    case .physical: try physicalPlan(options).description
    case .graph: try physicalPlan(options).lowered().graph.description
    }
  }

  /// The tasks that `compute` would run. Computes nothing.
  ///
  /// - Throws: `LazyFrameError` for names and types that do not fit.
  public func taskGraph(_ options: ComputeOptions = ComputeOptions()) throws -> TaskGraph {
    try physicalPlan(options).lowered().graph
  }

  /// The plan as tasks. When it fits the columns no longer, after one was widened, the error says which value did that.
  private func lowered(_ options: ComputeOptions) throws -> (graph: TaskGraph, output: TaskID) {
    do {
      return try physicalPlan(options).lowered()
    } catch let error as LazyFrameError {
      let widened = plan.scan.columns.filter { $0.evidence.cause != nil }
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

  func optimizedPlan(_ options: ComputeOptions) throws -> ResolvedPlan {
    Optimizer.optimize(try Resolver.resolve(plan), disabled: options.disabledPasses)
  }

  private func physicalPlan(_ options: ComputeOptions) throws -> PhysicalPlan {
    PhysicalPlan(try optimizedPlan(options))
  }
}
