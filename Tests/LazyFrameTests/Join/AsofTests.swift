import Columnar
import Scheduler
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Asof joins of random rows")
struct AsofTests {
  private struct Sides {
    var left: [(time: Double?, key: String?)] = []
    var right: [(time: Double?, key: String?)] = []

    init(seed: Int) {
      var numbers = SplitMix64(seed: seed)
      let (span, keys) = ([3, 40, 5000, 5000][seed % 4], [1, 3, 40, 400][seed / 4 % 4])
      func rows(_ count: Int) -> [(time: Double?, key: String?)] {
        (0..<count).map { _ in
          let time = Double(numbers.next() % UInt64(span)) - 2
          let key = "a key \(numbers.next() % UInt64(keys)), and some longer than a view"
          return (numbers.next() % 20 == 0 ? nil : time, numbers.next() % 20 == 0 ? nil : key)
        }
      }
      left = rows(Int(numbers.next() % 700))
      right = rows(Int(numbers.next() % 500))
    }

    /// The place of the right row that is joined to a left one, found by looking at all.
    func expected(_ row: Int, byKey: Bool, _ strategy: AsofStrategy, _ tolerance: Double?) -> Int? {
      guard let time = left[row].time, !byKey || left[row].key != nil else { return nil }
      var best: (place: Int, time: Double)?
      for (place, other) in right.enumerated() {
        guard let at = other.time, !byKey || other.key == left[row].key else { continue }
        if let tolerance, abs(at - time) > tolerance { continue }
        if strategy == .backward && at > time || strategy == .forward && at < time { continue }
        guard let known = best else {
          best = (place, at)
          continue
        }
        let (new, old) = (abs(at - time), abs(known.time - time))
        // The nearest; the earlier of two times as near. Of rows at one time the last one that is not later, else the first.
        let isBetter =
          new < old || new == old && (at < known.time || at == known.time && at <= time && strategy != .forward)
        if isBetter { best = (place, at) }
      }
      return best?.place
    }
  }

  private func frame(_ rows: [(time: Double?, key: String?)], _ type: DType, _ name: String, _ pieces: Int) -> LazyFrame
  {
    let times = CastKernels.cast(Column(rows.map(\.time)), to: type)
    let columns = [times, Column(rows.map(\.key)), Column((0..<rows.count).map { Int64($0) as Int64? })]
    let fields = zip(["t", "k", name], columns).map { Field($0, $1.type) }
    return WindowSamples.frame(
      RecordBatch(schema: Schema(fields), columns: columns, rowCount: rows.count), partitions: pieces)
  }

  @Test("find what looking at all rows finds", arguments: 0..<16)
  func equal(seed: Int) throws {
    let sides = Sides(seed: seed)
    for (number, strategy) in [AsofStrategy.backward, .forward, .nearest].enumerated() {
      for byKey in [false, true] {
        let tolerance: Double? = (seed + number) % 2 == 0 ? nil : 4
        let type: DType = seed % 2 == 0 ? .int64 : .float64
        let (left, right) = (frame(sides.left, type, "l", 1 + seed % 5), frame(sides.right, type, "r", 1 + seed % 3))
        let join = left.joinAsof(
          right, leftOn: col("t"), rightOn: col("t"), by: byKey ? [col("k")] : [], strategy: strategy,
          tolerance: tolerance.map { .double($0) })
        let found = try join.compute(ComputeOptions(threads: 1 + seed % 4)).values("r", as: Int.self)
        let expected = sides.left.indices.map { sides.expected($0, byKey: byKey, strategy, tolerance) }
        #expect(found == expected, "seed \(seed), \(strategy), \(byKey)")
      }
    }
  }
}
