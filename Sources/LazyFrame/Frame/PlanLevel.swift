/// A stage on the way from what was written to what runs.
public struct PlanLevel: Sendable, Hashable {
  enum Level: String, CaseIterable { case logical, optimized, physical, graph, analyze }
  let level: Level

  /// As written.
  public static let logical = PlanLevel(level: .logical)
  /// With names and types bound, rewritten to do less, with about how many rows each node gives: `~1.2 M rows`. Rows of files
  /// are estimated from samples of their records.
  public static let optimized = PlanLevel(level: .optimized)
  /// Cut into stages.
  public static let physical = PlanLevel(level: .physical)
  /// As tasks.
  public static let graph = PlanLevel(level: .graph)
  /// Cut into stages, with the rows that came to each step, the time and the memory. **Computes** the frame to know them.
  public static let analyzed = PlanLevel(level: .analyze)

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
