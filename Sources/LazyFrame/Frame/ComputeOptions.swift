import Scheduler

/// How a frame is computed. None of these options changes the values of the result. (Leaving out a pass can make a CSV column
/// wider, when rows are then read that would have been passed over.)
public struct ComputeOptions: Sendable {
  /// How many threads run tasks. Nil: one for each processor that the process may use.
  public var threads: Int?
  /// Optimiser passes that are left out, by name: `predicate-push-down` and so on.
  public var disabledPasses: Set<String> = []
  /// What runs the tasks. Nil: a pool of `threads` threads.
  public var executor: (any Scheduler.Executor)?

  /// All passes, on a pool of `threads` threads; nil: one for each processor that the process may use.
  public init(threads: Int? = nil) {
    self.threads = threads
  }
}

/// A stage on the way from what was written to what runs.
public struct PlanLevel: Sendable, Hashable {
  enum Level: String, CaseIterable { case logical, optimized, physical, graph }
  let level: Level

  /// As written.
  public static let logical = PlanLevel(level: .logical)
  /// With names and types bound, rewritten to do less.
  public static let optimized = PlanLevel(level: .optimized)
  /// Cut into stages.
  public static let physical = PlanLevel(level: .physical)
  /// As tasks.
  public static let graph = PlanLevel(level: .graph)

  /// The names that `init(name:)` knows.
  public static var names: [String] { Level.allCases.map(\.rawValue) }

  init(level: Level) {
    self.level = level
  }

  /// The level with this name, or nil.
  public init?(name: String) {
    guard let level = Level(rawValue: name) else { return nil }
    self.level = level
  }
}
