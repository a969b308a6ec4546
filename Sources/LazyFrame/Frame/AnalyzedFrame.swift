import Scheduler
import Synchronization
import TaskGraph

/// A frame that remembers how it was computed.
struct AnalyzedFrame: LazyCollection {
  typealias Computed = DataFrame

  private var frame: LazyFrame
  private let last = Last()

  private final class Last: Sendable {
    let analysis = Mutex<PlanAnalysis?>(nil)
  }

  init(_ frame: LazyFrame) { self.frame = frame }

  func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
    let analysis = PlanAnalysis(try frame.physicalPlan(disabledPasses: builder.disabledPasses))
    let task = try analysis.plan.addTasks(to: &builder.graph, analysis)
    last.analysis.withLock { $0 = analysis }
    return task
  }

  func computed(_ result: any Sendable) throws -> DataFrame { try frame.computed(result) }

  mutating func revise(after error: TaskError) throws -> Bool { try frame.revise(after: error) }

  /// Computes the frame, and says what came of its plan.
  func report(_ options: ComputeOptions) throws -> String {
    var options = options
    let monitor = RunMonitor(recordsTasks: true)
    options.monitor = monitor
    let result = try compute(options)
    let profile = monitor.profile
    guard let analysis = last.analysis.withLock({ $0 }), let run = profile.runs.last else { return "" }
    return analysis.text(run, threads: profile.threadCount, resultCount: result.rowCount)
  }
}
