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
/// The right rows are sorted by their times, and so is the chain of each key in the table. The rows of a chain that is met are
/// listed once for each task, and then searched by halves.
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

  /// The place among ascending times of the row to join, or nil.
  func place<Time: AsofTime>(of time: Time, among rows: [UInt32], _ times: UnsafePointer<Time>) -> Int? {
    // NaN is near to nothing.
    guard time == time else { return nil }
    // The first place that is later, and the first that is not earlier.
    func first(_ isBehind: (Time) -> Bool) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if isBehind(times[Int(rows[middle])]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let before = first { $0 > time } - 1
    let after = first { $0 >= time }
    func distance(_ place: Int) -> Double? {
      guard rows.indices.contains(place) else { return nil }
      let distance = time.distance(from: times[Int(rows[place])])
      return tolerance.map { distance <= $0 } ?? true ? distance : nil
    }
    switch strategy.strategy {
    case .backward: return distance(before).map { _ in before }
    case .forward: return distance(after).map { _ in after }
    case .nearest:
      guard let back = distance(before) else { return distance(after).map { _ in after } }
      guard let forth = distance(after) else { return before }
      return back <= forth ? before : after
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
