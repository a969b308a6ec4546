import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Skewness, kurtosis and other moments")
struct ShapeTests {
  private func sample(_ values: [Double?]) -> AggregationSample {
    AggregationSample(.float64, values.map { $0.map { .double($0) } ?? .null })
  }

  /// The definitions, from sums of powers of deviations.
  private func expected(_ function: AggregateFunction, _ values: [Double]) -> Double? {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    func power(_ exponent: Int) -> Double {
      values.map { value in (0..<exponent).reduce(1) { product, _ in product * (value - mean) } }.reduce(0, +) / n
    }
    switch function {
    case .skewness:
      return n < 3 ? nil : (n * (n - 1)).squareRoot() / (n - 2) * power(3) / (power(2) * power(2).squareRoot())
    case .kurtosis:
      return n < 4
        ? nil : (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (power(4) / (power(2) * power(2)) - 3) + 6)
    case .populationVariance: return n < 1 ? nil : power(2)
    case .populationStandardDeviation: return n < 1 ? nil : power(2).squareRoot()
    case .standardError: return n < 2 ? nil : (power(2) / (n - 1)).squareRoot()
    default: return nil
    }
  }

  private static let functions: [AggregateFunction] = [
    .skewness, .kurtosis, .populationVariance, .populationStandardDeviation, .standardError,
  ]

  @Test("of any partitions are as defined, also far from zero", arguments: functions, 0..<15)
  func defined(function: AggregateFunction, seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let offset = [0.0, 1e6][seed % 2]
    let sample = AggregationSample([.float64], rowCount: numbers.next(below: 700), &numbers) { _, numbers in
      .double(offset + Double(numbers.next(below: 1000)) / 8 * Double(1 + numbers.next(below: 3)))
    }
    let result = try sample.aggregate(function, seed: seed)
    #expect(same(result, try sample.aggregate(function, seed: seed)), "the same partitions give the same bits")
    for (group, rows) in Dictionary(grouping: 0..<sample.rowCount, by: { sample.groups[$0] }) {
      let wanted = expected(function, rows.compactMap { sample.inputs[0][$0].number.map { $0 - offset } })
      let value = try #require(result[group])
      guard let wanted, !wanted.isNaN else {
        #expect(wanted == nil ? value == .null : value.number?.isNaN == true, "group \(group), seed \(seed)")
        continue
      }
      let error = abs((value.number ?? .nan) - wanted)
      #expect(error <= 1e-8 * max(1, abs(wanted)), "\(value), \(wanted), group \(group), seed \(seed)")
    }
  }

  @Test("are null for too few values and NaN for equal ones, NaN and infinities")
  func special() throws {
    #expect(try sample([1, nil, 2]).aggregate(.skewness) == .null)
    #expect(try sample([1, 2, nil, 3]).aggregate(.kurtosis) == .null)
    for function in [AggregateFunction.skewness, .kurtosis] {
      for values in [[0.1, 0.1, 0.1, 0.1], [1, 2, .nan, 3, 4], [1, .infinity, 2, 3, 4]] {
        #expect(same(try sample(values).aggregate(function), .double(.nan)))
        #expect(same(try sample(values).aggregate(function, seed: 2), [0: .double(.nan)]))
      }
    }
    #expect(try sample([0.1]).aggregate(.populationVariance) == .double(0))
    #expect(try sample([nil]).aggregate(.populationVariance) == .null)
    #expect(try sample([5]).aggregate(.standardError) == .null)
  }

  @Test("A weighted mean counts a value as often as its weight says", arguments: 0..<10)
  func weighted(seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let sample = AggregationSample([.float64, .int64], rowCount: 300, &numbers) { type, numbers in
      type == .int64 ? .int(Int64(numbers.next(below: 5))) : .double(Double(numbers.next(below: 100)) / 4)
    }
    let result = try sample.aggregate(.weightedMean, seed: seed)
    for (group, rows) in Dictionary(grouping: 0..<sample.rowCount, by: { sample.groups[$0] }) {
      let repeated = rows.flatMap { row in
        sample.inputs[0][row].number.flatMap { value in
          sample.inputs[1][row].number.map { Array(repeating: value, count: Int($0)) }
        } ?? []
      }
      guard !repeated.isEmpty else { continue }
      let expected = repeated.reduce(0, +) / Double(repeated.count)
      #expect(abs((result[group]?.number ?? .nan) - expected) <= 1e-13 * expected)
    }
  }

  @Test("A product is null without values, and NaN, infinities and zeros are multiplied as they are")
  func product() throws {
    #expect(try sample([nil]).aggregate(.product) == .null)
    #expect(try sample([2, nil, -3, 0.5]).aggregate(.product, seed: 1) == [0: .double(-3)])
    #expect(same(try sample([-0.0]).aggregate(.product), .double(-0.0)))
    #expect(same(try sample([0, .infinity]).aggregate(.product), .double(.nan)))
    #expect(try sample([1e300, 1e300]).aggregate(.product) == .double(.infinity))
    #expect(try AggregationSample(.int64, [.int(3), .int(-4)]).aggregate(.product) == .double(-12))
  }
}
