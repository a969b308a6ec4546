import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("The smallest and the largest value")
struct ExtremeTests {
  private func doubles(_ function: AggregateFunction, _ values: [Double]) throws -> Value {
    try AggregationSample(.float64, values.map { .double($0) }).aggregate(function)
  }

  @Test("know NaN as the largest number")
  func nan() throws {
    #expect(try doubles(.min, [.nan, 2, .nan, 1, .nan]) == .double(1))
    #expect(same(try doubles(.max, [1, .nan, 2, .infinity]), .double(.nan)))
    #expect(try doubles(.min, [.nan, .infinity]) == .double(.infinity))
    #expect(same(try doubles(.min, [.nan, .nan]), .double(.nan)))
  }

  @Test("are the first of equal values, so that zeros keep their sign in any partitions", arguments: 0..<10)
  func zeros(seed: Int) throws {
    for first in [0.0, -0.0] {
      let sample = AggregationSample(.float64, [.double(first)] + (0..<50).map { .double($0 % 2 == 0 ? 0.0 : -0.0) })
      for function in [AggregateFunction.min, .max] {
        #expect(same(try sample.aggregate(function, seed: seed), [0: .double(first)]))
      }
    }
  }

  @Test(
    "of strings are those of their bytes, whether short or long",
    arguments: [
      ("", "\0"), ("a", "b"), ("abc", "abcd"), ("abc", "abc\0"), ("z", "ä"), ("abcd", "abcd twelve or more bytes"),
      ("twelve bytes", "twelve bytes!"), ("a long string, ending in a", "a long string, ending in b"),
      ("a long string", "a long string."), ("abcd\0", "abcd\0\0\0\0\0\0\0\0\0\0"), ("\u{7f}", "\u{80}"),
    ])
  func strings(smaller: String, larger: String) throws {
    for texts in [[smaller, larger], [larger, smaller], [larger, smaller, larger, smaller]] {
      let sample = AggregationSample(.string, texts.map { .string($0) })
      #expect(try sample.aggregate(.min) == .string(smaller))
      #expect(try sample.aggregate(.max) == .string(larger))
    }
  }

  /// A column's memory is gone once its batch is done; what is kept must be a copy.
  @Test("of strings outlive the batch they came from")
  func ownership() throws {
    let run = try AggregationRun(.max, [.string])
    var numbers = SplitMix64(seed: 0)
    for index in 0..<100 {
      let text = "a string that does not fit a view, number \(100 + index)"
      try run.update(AggregationSample(.string, [.string(text)]), 0..<1, &numbers)
    }
    #expect(try run.finish().values == [0: .string("a string that does not fit a view, number 199")])
  }
}
