import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("About where quantiles are")
struct QuantileSketchTests {
  private static let shapes: [(name: String, value: @Sendable (Int, inout SplitMix64) -> Double)] = [
    ("uniform", { _, numbers in unit(&numbers) }),
    ("ascending", { index, _ in Double(index) }),
    ("descending", { index, _ in Double(-index) }),
    ("long tail", { _, numbers in 1 / (1 - unit(&numbers)) }),
    ("two hills", { index, numbers in unit(&numbers) + unit(&numbers) + (index % 3 == 0 ? 1000 : 0) }),
    ("ties", { _, numbers in Double(numbers.next(below: 7)) }),
    ("sawtooth", { index, _ in Double(index % 1000) }),
  ]

  private static func unit(_ numbers: inout SplitMix64) -> Double { Double(numbers.next() >> 11) * 0x1p-53 }

  @Test("the rank is off by less than a cluster's size", arguments: 0..<7, [1, 2, 50])
  func rank(shape: Int, partitions: Int) {
    var numbers = SplitMix64(seed: shape)
    let values = (0..<60_000).map { QuantileSketchTests.shapes[shape].value($0, &numbers) }
    var sketch = QuantileSketch()
    let size = values.count / partitions
    for partition in 0..<partitions {
      var part = QuantileSketch()
      for value in values[partition * size..<(partition + 1) * size] { part.add(value) }
      sketch.merge(part)
    }
    let sorted = values.sorted()
    for fraction in [0, 0.0001, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 1] {
      let value = sketch.quantile(fraction) ?? .nan
      let position = fraction * Double(sorted.count - 1)
      let (below, upTo) = (Double(sorted.count { $0 < value }), Double(sorted.count { $0 <= value }))
      let allowed = 1 + 0.01 * (fraction * (1 - fraction)).squareRoot() * Double(sorted.count)
      #expect(
        below - allowed <= position && position <= upTo + allowed,
        "\(QuantileSketchTests.shapes[shape].name), \(fraction): \(value) of rank \(below), not \(position)")
    }
  }

  @Test("few values are exact, whatever they are", arguments: [0, 0.1, 0.25, 0.5, 0.75, 0.99, 1], 0..<10)
  func exact(fraction: Double, seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let sample = AggregationSample(
      [.float64], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.anyValue)
    let result = try sample.aggregate(.approximateQuantile(fraction), seed: seed)
    for (group, expected) in AccumulatorTests.expected(.quantile(fraction), sample) {
      let value = try #require(result[group])
      let isNear = value.number.flatMap { a in expected.number.map { abs(a - $0) <= 1e-12 * abs($0) } } ?? false
      #expect(same(value, expected) || isNear, "\(value), expected \(expected), seed \(seed)")
    }
  }

  @Test("the same partitions give the same bits", arguments: 0..<3)
  func deterministic(seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let values = (0..<20_000).map { _ in Value.double(QuantileSketchTests.unit(&numbers)) }
    let sample = AggregationSample(.float64, values)
    let first = try sample.aggregate(.approximateQuantile(0.3), seed: seed)
    #expect(same(first, try sample.aggregate(.approximateQuantile(0.3), seed: seed)))
    let value = try #require(first[0]?.number)
    #expect(abs(value - 0.3) < 0.02)
  }

  @Test("a fraction must be one")
  func fraction() {
    let error = #expect(throws: LazyFrameError.self) {
      try AggregateSignature.resolve(.approximateQuantile(1.5), [.int64])
    }
    #expect(error?.message == "approx_quantile needs a fraction from 0 to 1, not 1.5")
  }
}
