import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("A sum")
struct SumAccumulatorTests {
  private func sum(_ values: [Double], _ function: AggregateFunction = .sum) throws -> Value {
    try AggregationSample(.float64, values.map { .double($0) }).aggregate(function)
  }

  @Test("of floats loses nothing to rounding where large numbers cancel out")
  func cancellation() throws {
    #expect(try sum([1, 1e100, 1, -1e100]) == .double(2))
    #expect(try sum([1, 1e100, 1, -1e100], .mean) == .double(0.5))
    // Long enough for the lanes that long runs are added in.
    let values = [1e100] + Array(repeating: 1.0, count: 1000) + [-1e100]
    #expect(try sum(values) == .double(1000))
  }

  @Test("of floats and its mean are null without a value", arguments: [AggregateFunction.sum, .mean])
  func noValue(function: AggregateFunction) throws {
    let sample = AggregationSample(.float64, [.null, .null])
    #expect(try sample.aggregate(function) == .null)
  }

  @Test("of floats is infinite or NaN as plain addition is")
  func special() throws {
    #expect(try sum([1, .infinity, 2]) == .double(.infinity))
    #expect(try sum([1, -.infinity, 2]) == .double(-.infinity))
    #expect(same(try sum([1, .infinity, -.infinity]), .double(.nan)))
    #expect(same(try sum([1, .nan, .infinity]), .double(.nan)))
    let long = Array(repeating: 1.0, count: 100)
    #expect(try sum(long + [.infinity] + long) == .double(.infinity))
    #expect(same(try sum(long + [.nan] + long), .double(.nan)))
  }

  /// 0.1 is a whole number of 2^-59, so integers give the exact sum.
  @Test("of ten million tenths is the exact sum, rounded once", arguments: [1, 1000, 100_000])
  func manyTenths(runLength: Int) throws {
    let batch = Column(Array(repeating: 0.1 as Double?, count: 100_000))
    let runCount = batch.count / runLength
    let groups = Buffer(Array(repeating: 0 as UInt32, count: runCount))
    let starts = Buffer((0...runCount).map { UInt32($0 * runLength) })
    let accumulator = FloatSumAccumulator(result: .sum)
    let storage = MutableBuffer<UInt64>(repeating: 0, count: 3)
    let states = GroupStates(base: UnsafeMutableRawPointer(storage.pointer), stride: 24)
    withExtendedLifetime((groups, starts)) {
      let runs = GroupRuns(groups: groups.pointer, starts: starts.pointer, count: runCount)
      for _ in 0..<100 { accumulator.update([batch], runs, states) }
    }
    let exact = Double(Int128(0.1 * 0x1p59) * 10_000_000) * 0x1p-59
    #expect(accumulator.finish(1, states)[0] == .double(exact))
    #expect(storage.count == 3)
  }

  @Test("of random floats of very different size is the exact sum, rounded once", arguments: 0..<20)
  func random(seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    // Whole numbers of up to 53 bits times up to 2^50, each of which an integer of 128 bits holds.
    let values = (0..<2000).map { _ in
      Int128(Int64(bitPattern: numbers.next()) >> 11) << Int128(numbers.next(below: 50))
    }
    let sample = AggregationSample(.float64, values.map { .double(Double($0)) })
    let exact = Value.double(Double(values.reduce(0, +)))
    #expect(try sample.aggregate(.sum, seed: seed) == [0: exact], "seed \(seed)")
  }

  @Test("of integers that does not fit 64 bits throws, and its mean is exact")
  func integerOverflow() throws {
    let sample = AggregationSample(.int64, [.int(.max), .int(.max), .int(.max - 1), .int(.max - 1)])
    let error = #expect(throws: LazyFrameError.self) { try sample.aggregate(.sum) }
    #expect(error?.code == .overflow)
    #expect(error?.message.contains("36893488147419103226") == true)
    #expect(try sample.aggregate(.mean) == .double(Double(Int64.max)))
  }

  @Test("of integers may pass 64 bits on the way")
  func integerOverflowOnTheWay() throws {
    var numbers = SplitMix64(seed: 0)
    let runs = try [300, -299].map { count in
      let run = try AggregationRun(.sum, [.int64])
      let values = Array(repeating: Value.int(count < 0 ? -.max : .max), count: abs(count))
      let sample = AggregationSample(.int64, values)
      try run.update(sample, 0..<values.count, &numbers)
      return run
    }
    #expect(throws: LazyFrameError.self) { try runs[1].finish() }
    #expect(try AggregationRun.merged(runs).finish().values == [0: .int(.max)])
    #expect(try AggregationSample(.int64, [.int(.min)]).aggregate(.sum) == .int(.min))
  }
}
