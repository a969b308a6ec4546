import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Variance, covariance and correlation")
struct MomentTests {
  private func pairs(_ x: [Double?], _ y: [Double?]) -> AggregationSample {
    var sample = AggregationSample(.float64, x.map { $0.map { .double($0) } ?? .null })
    sample.types.append(.float64)
    sample.inputs.append(y.map { $0.map { .double($0) } ?? .null })
    return sample
  }

  @Test("are null for fewer than two values")
  func tooFew() throws {
    for values in [[], [1.0], [nil, 1, nil]] {
      let sample = pairs(values, values)
      #expect(try sample.aggregate(.covariance) == .null)
      #expect(try sample.aggregate(.correlation) == .null)
      let single = AggregationSample(.float64, sample.inputs[0])
      #expect(try single.aggregate(.variance) == .null)
      #expect(try single.aggregate(.standardDeviation) == .null)
    }
  }

  @Test("use only rows where both have a value")
  func pairwise() throws {
    let sample = pairs([1, 2, nil, 3, 100], [2, 4, 50, 6, nil])
    #expect(try sample.aggregate(.covariance) == .double(2))
    #expect(try sample.aggregate(.correlation) == .double(1))
  }

  @Test("of equal values are exactly 0, and their correlation is NaN", arguments: 0..<20)
  func constant(seed: Int) throws {
    let constant = Array(repeating: 0.1 as Double?, count: 1000)
    let sample = pairs(constant, (0..<1000).map { Double($0) })
    #expect(try sample.aggregate(.covariance, seed: seed) == [0: .double(0)])
    #expect(same(try sample.aggregate(.correlation, seed: seed), [0: .double(.nan)]))
    let single = AggregationSample(.float64, sample.inputs[0])
    #expect(try single.aggregate(.variance, seed: seed) == [0: .double(0)])
  }

  /// The naive formula, mean of squares minus square of mean, has no correct digit here.
  @Test("are good to 12 digits far from zero", arguments: 0..<20)
  func farFromZero(seed: Int) throws {
    let sample = AggregationSample(.float64, (0..<1000).map { .double(1e9 + Double($0 % 3)) })
    let values = (0..<1000).map { Double($0 % 3) }
    let mean = values.reduce(0, +) / 1000
    let exact = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 999
    let variance = try #require(try sample.aggregate(.variance, seed: seed)[0]?.number)
    #expect(abs(variance - exact) <= 1e-12 * exact)
    let sameSample = pairs(sample.inputs[0].map(\.number), sample.inputs[0].map(\.number))
    let covariance = try #require(try sameSample.aggregate(.covariance, seed: seed)[0]?.number)
    #expect(abs(covariance - exact) <= 1e-12 * exact)
  }

  @Test("are NaN with a NaN or an infinity", arguments: [Double.nan, .infinity], [2, 500])
  func notFinite(special: Double, count: Int) throws {
    var x = (0..<count).map { Double($0) as Double? }
    x[count - 1] = special
    let sample = pairs(x, (0..<count).map { Double($0) })
    for (function, sample) in [
      (AggregateFunction.covariance, sample), (.correlation, sample),
      (.variance, AggregationSample(.float64, sample.inputs[0])),
    ] {
      #expect(same(try sample.aggregate(function), .double(.nan)))
      #expect(same(try sample.aggregate(function, seed: 3), [0: .double(.nan)]))
    }
  }

  @Test("A correlation does not depend on the inputs' scales", arguments: [1e-200, 1e-100, 1, 1e100])
  func scale(scale: Double) throws {
    let sample = pairs([1, 2, 3, 4].map { $0 * scale }, [1, 3, 2, 4].map { $0 * scale })
    let correlation = try #require(try sample.aggregate(.correlation).number)
    // The squares of the smallest are below what floats can hold.
    if scale == 1e-200 { #expect(correlation.isNaN) } else { #expect(abs(correlation - 0.8) < 1e-12) }
  }

  @Test("A correlation is never past 1", arguments: 0..<100)
  func bounds(seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let x = (0..<10).map { _ in Double(numbers.next(below: 1000)) / 7 }
    let correlation = try #require(try pairs(x, x.map { $0 * 3.3 }).aggregate(.correlation).number)
    #expect(correlation <= 1 && correlation > 0.999_999_999_999)
    let opposite = try #require(try pairs(x, x.map { $0 * -3.3 }).aggregate(.correlation).number)
    #expect(opposite >= -1 && opposite < -0.999_999_999_999)
  }
}
