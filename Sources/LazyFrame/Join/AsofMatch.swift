import Columnar

/// Which row of the right side is the nearest.
public struct AsofStrategy: Hashable, Sendable, Codable {
  enum Strategy: String, Hashable, Sendable, Codable { case backward, forward, nearest }
  let strategy: Strategy

  /// The last one that is not later.
  public static let backward = AsofStrategy(strategy: .backward)
  /// The first one that is not earlier.
  public static let forward = AsofStrategy(strategy: .forward)
  /// The one with the smallest distance; of two as near the earlier.
  public static let nearest = AsofStrategy(strategy: .nearest)

  init(strategy: Strategy) { self.strategy = strategy }

  /// The strategy with this name, or nil.
  public init?(name: String) {
    guard let strategy = Strategy(rawValue: name) else { return nil }
    self.strategy = strategy
  }
}

extension AsofStrategy: CustomStringConvertible {
  /// `backward`.
  public var description: String { strategy.rawValue }
}

/// Of the right rows with the same keys, which one a left row is joined to: the one whose time is nearest.
///
/// How the right rows lie, and how times are looked for among them: see `AsofBucket`.
struct AsofMatch: Sendable, Hashable, Codable {
  let time: ResolvedExpression
  /// A column of the right side, of the same type as `time`.
  let rightTime: String
  let strategy: AsofStrategy
  /// The largest distance at which rows are joined, in the unit of the times.
  let tolerance: Double?

  func mapping(_ transform: (ResolvedExpression) -> ResolvedExpression) -> AsofMatch {
    AsofMatch(time: transform(time), rightTime: rightTime, strategy: strategy, tolerance: tolerance)
  }

  /// Whether times are looked for behind those that equal them, and not before.
  var goesBehindEqual: Bool { strategy.strategy != .forward }

  /// The place among ascending times of the row to join, or nil.
  ///
  /// - Parameter found: the first place that is later, or where `goesBehindEqual` is false the first that is not earlier.
  @inline(__always)
  func place<Time: AsofTime>(of time: Time, at found: Int, _ times: UnsafeBufferPointer<Time>) -> Int? {
    func distance(_ place: Int) -> Double? {
      guard times.indices.contains(place) else { return nil }
      let distance = time.distance(from: times[place])
      return tolerance.map { distance <= $0 } ?? true ? distance : nil
    }
    switch strategy.strategy {
    case .backward: return distance(found - 1).map { _ in found - 1 }
    case .forward: return distance(found).map { _ in found }
    case .nearest:
      guard let back = distance(found - 1) else { return distance(found).map { _ in found } }
      guard let forth = distance(found) else { return found - 1 }
      return back <= forth ? found - 1 : found
    }
  }
}

extension AsofMatch: CustomStringConvertible {
  var description: String {
    "\(strategy) by \(time) to \(Expression.identifier(rightTime))" + (tolerance.map { " within \($0)" } ?? "")
  }
}

/// What times are compared as.
protocol AsofTime: Comparable {
  func distance(from other: Self) -> Double
}

extension Int64: AsofTime {
  func distance(from other: Int64) -> Double {
    Double(self > other ? UInt64(bitPattern: self &- other) : UInt64(bitPattern: other &- self))
  }
}

extension Double: AsofTime {
  func distance(from other: Double) -> Double { self == other ? 0 : abs(self - other) }
}
