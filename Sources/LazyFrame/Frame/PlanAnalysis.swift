import Columnar
import Scheduler
import Synchronization
import TaskGraph

/// What a run tells of a plan: its stages, which tasks they have, and the rows that came to each step.
final class PlanAnalysis: Sendable {
  let plan: PhysicalPlan
  /// For each stage.
  let rows: [StageRows]
  private let tasks = Mutex<[Range<TaskID>]>([])

  init(_ plan: PhysicalPlan) {
    self.plan = plan
    rows = plan.stages.map { StageRows(stepCount: $0.steps.count) }
  }

  /// The tasks of the next stage.
  func note(tasks range: Range<TaskID>) { tasks.withLock { $0.append(range) } }

  /// The plan with what came of it.
  ///
  ///     stage 1: 1.24 ms (2.4 ms of work in 3 tasks), 1.1 MB alive at most
  ///       scan-csv prices.csv; …  (20,000 rows)
  ///       group by symbol; …  (140 rows)
  ///
  /// - Parameters:
  ///   - run: the run that has computed it.
  ///   - resultCount: how many rows the result has.
  func text(_ run: ProfiledRun, threads: Int, resultCount: Int) -> String {
    let ranges = tasks.withLock { $0 }
    var lines: [String] = []
    for (index, stage) in plan.stages.enumerated() {
      let counts = rows[index].counts
      lines.append("stage \(index + 1): \(PlanAnalysis.figures(run.tasks.filter { ranges[index].contains($0.task) }))")
      for (place, text) in ([stage.source.description] + stage.steps.map(\.description)).enumerated() {
        lines.append("  \(text)  (\(ReportText.count(counts[place], "row")))")
      }
      let result = index == plan.stages.count - 1 ? resultCount : resultRows(of: index)
      lines.append("  \(stage.sink)" + (result.map { "  (\(ReportText.count($0, "row")))" } ?? ""))
    }
    let peak = run.tasks.map(\.liveBytes).max() ?? 0
    lines.append(
      "in all: \(ReportText.duration(run.end - run.start)) on \(ReportText.count(threads, "thread")), "
        + "\(ReportText.bytes(peak)) alive at most")
    return lines.joined(separator: "\n")
  }

  private static func figures(_ tasks: [ProfiledTask]) -> String {
    let wall = (tasks.map(\.end).max() ?? 0) - (tasks.map(\.start).min() ?? 0)
    let work = tasks.reduce(0) { $0 + $1.duration }
    return
      "\(ReportText.duration(wall)) (\(ReportText.duration(work)) of work in \(ReportText.count(tasks.count, "task"))), "
      + "\(ReportText.bytes(tasks.map(\.liveBytes).max() ?? 0)) alive at most"
  }

  /// How many rows a stage has handed on, if another has read all of them.
  private func resultRows(of index: Int) -> Int? {
    plan.stages.indices.first { later in
      if case .rows(limit: _?) = plan.stages[later].sink { return false }
      switch plan.stages[later].source {
      case .stages([index]), .numbered(_, rows: index, _): return true
      default: return false
      }
    }.map { rows[$0].counts[0] }
  }
}
