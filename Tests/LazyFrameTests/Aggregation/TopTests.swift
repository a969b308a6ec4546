import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("The largest and the smallest values")
struct TopTests {
  @Test("of any partitions are as defined, few and many", arguments: DType.all.filter { $0 != .null }, 0..<10)
  func anyType(type: DType, seed: Int) throws {
    for count in [1, 2, 16, 17, 300] {
      for function in [AggregateFunction.top(count), .bottom(count)] {
        var numbers = SplitMix64(seed: seed)
        let sample = AggregationSample(
          [type], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.anyValue)
        let result = try sample.aggregate(function, seed: seed)
        #expect(same(result, AccumulatorTests.expected(function, sample)), "\(function) of \(type), seed \(seed)")
      }
    }
  }

  @Test("are an empty list where there is no value", arguments: DType.all)
  func empty(type: DType) throws {
    for count in [2, 100] {
      let sample = AggregationSample(type, [.null, .null])
      #expect(try sample.aggregate(.top(count)) == .list([]))
      #expect(try sample.aggregate(.bottom(count), seed: 1) == [0: .list([])])
    }
  }

  @Test("drop those that have no chance, in whatever order they come", arguments: [1, 299_999, 7919])
  func manyRows(step: Int) throws {
    // Upwards, downwards, and neither.
    let count = 300_000
    let values = (0..<count).map { Value.int(Int64($0 * step % count)) }
    var sample = AggregationSample(.int64, values)
    sample.groups = values.indices.map { $0 % 3 }
    var numbers = SplitMix64(seed: 0)
    let run = try AggregationRun(.top(20), [.int64])
    for start in stride(from: 0, to: count, by: 10_000) { try run.update(sample, start..<start + 10_000, &numbers) }
    let result = try run.finish().values
    for group in 0..<3 {
      let best = (0..<count).filter { $0 % 3 == group }.map { values[$0].number ?? 0 }.sorted(by: >).prefix(20)
      #expect(result[group] == .list(best.map { .int(Int64($0)) }))
    }
  }

  @Test("stand in plans, in text and in Swift")
  func plan() throws {
    let columns = [Column(["a", "b", "a", "a", "b"] as [String?]), Column([1, nil, 3, 2, 5] as [Int64?])]
    let schema = Schema([Field("k", .string), Field("x", .int64)])
    let frame = DataFrame(RecordBatch(schema: schema, columns: columns, rowCount: 5))
    let top = try LazyFrame(frame).groupBy(col("k")).aggregate(try Expression.parseList("top(x, 2), bottom(x, 1) as b"))
      .compute()
    #expect(top.schema.names == ["k", "top_x_2", "b"])
    #expect(top.row(0) == [.string("a"), .list([.int(3), .int(2)]), .list([.int(1)])])
    #expect(top.row(1) == [.string("b"), .list([.int(5)]), .list([.int(5)])])
    let error = #expect(throws: LazyFrameError.self) {
      try LazyFrame(frame).groupBy(col("k")).aggregate(col("x").topK(0)).compute()
    }
    #expect(error?.message == "top gives at least one value, and 0 are wanted (in top(x))")
  }
}
