import Testing

@testable import LazyFrame

@Suite("Order statistics")
struct OrderStatisticsTests {
  private func quantile(_ fraction: Double, _ values: [Double]) -> Double? {
    var values = values
    return values.withUnsafeMutableBufferPointer { OrderStatistics.quantile(fraction, of: $0) }
  }

  /// The first rows are NumPy's `quantile` of the same values.
  @Test(
    "A quantile is interpolated linearly",
    arguments: [
      ([1, 2, 3, 4], 0.5, 2.5), ([1, 2, 3, 4], 0.25, 1.75), ([4, 1, 3, 2], 0, 1), ([4, 1, 3, 2], 1, 4),
      ([7], 0.3, 7), ([1, 2, 4, 8, 16], 0.9, 12.8), ([-1.5e308, 1.5e308], 0.5, 0),
      ([.infinity, .infinity], 0.5, .infinity),
      ([1, .infinity], 0.5, .infinity), ([-.infinity, 0, .infinity], 0.5, 0), ([.nan, 1, 2, 3], 1.0 / 3, 2),
    ] as [([Double], Double, Double)])
  func interpolation(values: [Double], fraction: Double, expected: Double) throws {
    let value = try #require(quantile(fraction, values))
    #expect(value == expected || abs(value - expected) <= 1e-15 * abs(expected))
  }

  @Test("A quantile is NaN where it meets one, and nothing without values")
  func notANumber() throws {
    #expect(try #require(quantile(1, [1, .nan])).isNaN)
    #expect(try #require(quantile(0.5, [1, .nan])).isNaN)
    #expect(try #require(quantile(0.5, [.nan])).isNaN)
    #expect(try #require(quantile(0.5, [-.infinity, .infinity])).isNaN)
    #expect(quantile(0.5, []) == nil)
  }

  private static let shapes: [(name: String, value: @Sendable (Int, Int) -> Double)] = [
    ("ascending", { index, _ in Double(index) }),
    ("descending", { index, count in Double(count - index) }),
    ("equal", { _, _ in 1 }),
    ("two values", { index, _ in Double(index & 1) }),
    ("organ pipe", { index, count in Double(min(index, count - index)) }),
    ("shuffled", { index, count in Double(index * 7919 % count) }),
    ("sawtooth", { index, _ in Double(index % 17) }),
  ]

  @Test("Selection puts each rank in its place, whatever the order", arguments: 0..<7, [1, 2, 15, 16, 17, 100, 1001])
  func selection(shape: Int, count: Int) {
    let values = (0..<count).map { OrderStatisticsTests.shapes[shape].value($0, count) }
    let sorted = values.sorted()
    for rank in stride(from: 0, to: count, by: max(1, count / 50)) {
      var selected = values
      selected.withUnsafeMutableBufferPointer { OrderStatistics.select(rank, of: $0) }
      #expect(selected[rank] == sorted[rank], "\(OrderStatisticsTests.shapes[shape].name), rank \(rank)")
      #expect(selected[..<rank].allSatisfy { $0 <= sorted[rank] })
      #expect(selected[rank...].allSatisfy { $0 >= sorted[rank] })
      #expect(selected.sorted() == sorted)
    }
  }
}
