import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("About how many different values there are")
struct CardinalitySketchTests {
  @Test("is nearly exact up to 1024, and from there to ten millions within four standard errors")
  func error() {
    var numbers = SplitMix64(seed: 42)
    var sketch = CardinalitySketch()
    #expect(sketch.count() == 0)
    var (added, next) = (0, 1)
    while added < 10_000_000 {
      while added < next {
        sketch.add(numbers.next())
        added += 1
      }
      let error = abs(sketch.count() - Double(added))
      #expect(error <= (added <= 1024 ? 0.6 : 4 * 0.016_25 * Double(added)), "\(added): \(sketch.count())")
      next = min(10_000_000, max(next + 1, next * 3 / 2))
    }
  }

  @Test("has a standard error of about 1.6% over many samples", arguments: [1100, 10_000, 100_000])
  func spread(count: Int) {
    var numbers = SplitMix64(seed: count)
    let errors = (0..<40).map { _ in
      var sketch = CardinalitySketch()
      for _ in 0..<count { sketch.add(numbers.next()) }
      return sketch.count() / Double(count) - 1
    }
    let deviation = (errors.map { $0 * $0 }.reduce(0, +) / 40).squareRoot()
    #expect(deviation < 0.016_25 * 1.4, "\(deviation)")
    #expect(abs(errors.reduce(0, +) / 40) < 0.016_25 * 0.6)
  }

  @Test("is the same whatever the order, the repetitions and the partitions", arguments: [10, 700, 1100, 5000])
  func mergeable(count: Int) {
    var numbers = SplitMix64(seed: count)
    let hashes = (0..<count).map { _ in numbers.next() }
    var whole = CardinalitySketch()
    for hash in hashes { whole.add(hash) }
    for parts in [1, 2, 7] {
      var merged = CardinalitySketch()
      for part in 0..<parts {
        var sketch = CardinalitySketch()
        for hash in hashes.reversed() where part == 0 || Int(hash % 3) == part % 3 {
          sketch.add(hash)
          sketch.add(hash)
        }
        merged.merge(sketch)
      }
      #expect(merged.count() == whole.count())
    }
  }

  @Test("is that of values, of any partitions", arguments: DType.all, 0..<4)
  func values(type: DType, seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let sample = AggregationSample(
      [type], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.anyValue)
    // Few enough to be told exactly.
    let result = try sample.aggregate(.approximateCountDistinct, seed: seed)
    #expect(same(result, AccumulatorTests.expected(.countDistinct, sample)), "\(type), seed \(seed)")
  }
}
