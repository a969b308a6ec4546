import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("An aggregate of any rows, partitions and batches is as defined")
struct AccumulatorTests {
  /// Values with ties and with everything that is special.
  static func anyValue(_ type: DType, _ numbers: inout SplitMix64) -> Value {
    let small = numbers.next(below: 30) - 15
    let doubles = [0.0, -0.0, .nan, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude]
    switch type.kind {
    case .null: return .null
    case .bool: return .bool(small < 0)
    case .int32: return .int([Int64(Int32.min), Int64(Int32.max), Int64(small)][min(2, numbers.next(below: 50))])
    case .int64: return .int([Int64.min, Int64.max, Int64(small)][min(2, numbers.next(below: 50))])
    case .int8: return .int(Int64([Int8.min, .max, Int8(small)][min(2, numbers.next(below: 50))]))
    case .int16: return .int(Int64([Int16.min, .max, Int16(small)][min(2, numbers.next(below: 50))]))
    case .uint8: return .int([0, 255, Int64(small + 15)][min(2, numbers.next(below: 50))])
    case .uint16: return .int([0, 65_535, Int64(small + 15)][min(2, numbers.next(below: 50))])
    case .uint32: return .int([0, 4_294_967_295, Int64(small + 15)][min(2, numbers.next(below: 50))])
    case .uint64: return [.int(.max), .unsigned(.max), .int(Int64(small + 15))][min(2, numbers.next(below: 50))]
    case .float32:
      return .double(Double(Float(numbers.next(below: 5) == 0 ? doubles[numbers.next(below: 5)] : Double(small) / 4)))
    case .float64:
      return .double(numbers.next(below: 5) == 0 ? doubles[numbers.next(below: 8)] : Double(small) / 4)
    case .string, .categorical:
      let texts = ["", "a", "ab", "ab\0", "ä", "twelve bytes", "twelve bytes and more", "twelve bytes and less", "tw"]
      return .string(
        numbers.next(below: 2) == 0 ? texts[numbers.next(below: texts.count)] : "value \(small * small * small)")
    case .list: preconditionFailure("lists are not aggregated")
    case .date: return .date(days: Int32(small))
    case .duration: return .duration(microseconds: [Int64.min, .max, Int64(small)][min(2, numbers.next(below: 50))])
    case .datetime: return .datetime(microseconds: Int64(small))
    }
  }

  /// Finite multiples of 1/64, for sums.
  static func dyadic(_ type: DType, _ numbers: inout SplitMix64) -> Value {
    if type == .int64 { return .int(Int64(numbers.next(below: 2_000_000)) - 1_000_000) }
    return .double(Double(numbers.next(below: 2_000_000) - 1_000_000) / 64)
  }

  /// The result of the naive aggregate for each group.
  static func expected(_ function: AggregateFunction, _ sample: AggregationSample) -> [Int: Value] {
    Dictionary(grouping: 0..<sample.rowCount) { sample.groups[$0] }.mapValues { rows in
      NaiveAggregates.aggregate(function, sample.inputs.map { values in rows.map { values[$0] } })
    }
  }

  @Test("exactly: counts, extremes and ends of every type", arguments: DType.all, 0..<15)
  func anyType(type: DType, seed: Int) throws {
    let functions: [AggregateFunction] = [
      .count, .nullCount, .countDistinct, .min, .max, .first, .last, .firstRow, .lastRow, .mode, .list,
    ]
    for function in functions {
      var numbers = SplitMix64(seed: seed)
      let sample = AggregationSample(
        [type], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.anyValue)
      let result = try sample.aggregate(function, seed: seed)
      #expect(same(result, AccumulatorTests.expected(function, sample)), "\(function.name) of \(type), seed \(seed)")
    }
  }

  @Test("exactly: any and all", arguments: 0..<15)
  func logic(seed: Int) throws {
    for function in [AggregateFunction.any, .all] {
      var numbers = SplitMix64(seed: seed)
      // Seldom true or seldom false, so that groups differ.
      let common = numbers.next(below: 2) == 0
      let sample = AggregationSample([.bool], rowCount: 600, &numbers) { _, numbers in
        .bool(numbers.next(below: 30) == 0 ? !common : common)
      }
      let result = try sample.aggregate(function, seed: seed)
      #expect(same(result, AccumulatorTests.expected(function, sample)), "\(function.name), seed \(seed)")
    }
  }

  @Test("exactly: quantiles", arguments: [0, 0.1, 0.25, 0.5, 0.75, 0.99, 1], 0..<15)
  func quantiles(fraction: Double, seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let sample = AggregationSample(
      [.float64], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.anyValue)
    let result = try sample.aggregate(.quantile(fraction), seed: seed)
    #expect(same(result, AccumulatorTests.expected(.quantile(fraction), sample)), "seed \(seed)")
  }

  @Test("exactly: sums and means", arguments: [DType.int64, .float64], 0..<15)
  func sums(type: DType, seed: Int) throws {
    for function in [AggregateFunction.sum, .mean] {
      var numbers = SplitMix64(seed: seed)
      let sample = AggregationSample(
        [type], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.dyadic)
      let result = try sample.aggregate(function, seed: seed)
      #expect(same(result, AccumulatorTests.expected(function, sample)), "\(function.name) of \(type), seed \(seed)")
    }
  }

  @Test("to 12 digits: moments", arguments: 0..<15)
  func moments(seed: Int) throws {
    for function in [AggregateFunction.variance, .standardDeviation, .covariance, .correlation] {
      var numbers = SplitMix64(seed: seed)
      let inputCount = [.covariance, .correlation].contains(function) ? 2 : 1
      let offset = [0.0, 1e6][numbers.next(below: 2)]
      let sample = AggregationSample(
        Array(repeating: .float64, count: inputCount), rowCount: numbers.next(below: 700), &numbers
      ) { type, numbers in .double(offset + (AccumulatorTests.dyadic(type, &numbers).number ?? .nan)) }
      let result = try sample.aggregate(function, seed: seed)
      #expect(same(result, try sample.aggregate(function, seed: seed)), "the same partitions give the same bits")
      for (group, expected) in AccumulatorTests.expected(function, sample) {
        let value = try #require(result[group])
        guard let number = value.number, let wanted = expected.number, !wanted.isNaN else {
          #expect(same(value, expected), "\(function.name), seed \(seed)")
          continue
        }
        // A covariance can be near 0 by cancellation; then its error is that of its terms.
        let scale = function == .covariance ? 1e8 : function == .correlation ? 1 : wanted
        #expect(abs(number - wanted) <= 1e-12 * max(abs(wanted), scale), "\(function.name), seed \(seed)")
      }
    }
  }

  @Test("and of groups that have no value: no values, or none", arguments: DType.all)
  func empty(type: DType) throws {
    for values in [[], [Value.null], Array(repeating: .null, count: 100)] {
      let sample = AggregationSample(type, values)
      for function in [AggregateFunction.count, .countDistinct] {
        #expect(try sample.aggregate(function) == (values.isEmpty ? .null : .int(0)))
      }
      for function in [AggregateFunction.min, .max, .first, .last, .firstRow, .lastRow, .mode] {
        #expect(try sample.aggregate(function) == .null)
        #expect(try AggregationRun(function, [type]).finish().type == type)
      }
    }
  }
}
