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
