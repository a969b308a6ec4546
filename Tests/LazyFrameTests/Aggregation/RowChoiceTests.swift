import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Values that are chosen by rows")
struct RowChoiceTests {
  @Test("arg_min and arg_max are as defined, of any partitions", arguments: DType.all.filter { $0 != .null }, 0..<6)
  func atExtremes(type: DType, seed: Int) throws {
    for (value, by) in [(type, DType.int64), (.string, type)] {
      for function in [AggregateFunction.atMin, .atMax] {
        var numbers = SplitMix64(seed: seed)
        let sample = AggregationSample(
          [value, by], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.anyValue)
        let result = try sample.aggregate(function, seed: seed)
        let expected = AccumulatorTests.expected(function, sample)
        #expect(same(result, expected), "\(function.name) of \(value) by \(by), seed \(seed)")
      }
    }
  }

  @Test("string_agg is as defined, of any partitions", arguments: ["", ", ", "→"], 0..<10)
  func joined(separator: String, seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let sample = AggregationSample(
      [.string], rowCount: numbers.next(below: 700), &numbers, value: AccumulatorTests.anyValue)
    let result = try sample.aggregate(.joined(separator: separator), seed: seed)
    #expect(same(result, AccumulatorTests.expected(.joined(separator: separator), sample)), "seed \(seed)")
  }

  @Test("the first row's value is kept though many rows come, and so is the last's")
  func manyRows() throws {
    let sample = AggregationSample(.int64, (0..<200_000).map { $0 % 7 == 0 ? .null : .int($0) })
    for (function, expected) in [
      (AggregateFunction.firstRow, Value.null), (.lastRow, .int(199_999)), (.first, .int(1)),
    ] {
      let run = try AggregationRun(function, [.int64])
      var numbers = SplitMix64(seed: 0)
      for start in stride(from: 0, to: 200_000, by: 1000) { try run.update(sample, start..<start + 1000, &numbers) }
      #expect(try run.finish().values == [0: expected])
    }
  }

  @Test("lists are counted and passed on, but not ordered")
  func lists() throws {
    let lists: [[Int64?]?] = [nil, [1, nil], [], [2]]
    let keys = Column(["a", "a", "b", "b"] as [String?])
    let schema = Schema([Field("k", .string), Field("x", .list(.int64)), Field("y", .int64)])
    let batch = RecordBatch(
      schema: schema, columns: [keys, Column(lists), Column([3, 2, 1, nil] as [Int64?])], rowCount: 4)
    let groups = LazyFrame(DataFrame(batch)).groupBy(col("k"))
    let text = "count(x) as n, null_count(x) as m, first(x), first_row(x), last(x), list(x), arg_min(x, y)"
    let result = try groups.aggregate(try Expression.parseList(text)).compute()
    let one = Value.list([.int(1), .null])
    #expect(result.row(0) == [.string("a"), .int(1), .int(1), one, .null, one, .list([.null, one]), one])
    #expect(
      result.row(1) == [
        .string("b"), .int(2), .int(0), .list([]), .list([]), .list([.int(2)]), .list([.list([]), .list([.int(2)])]),
        .list([]),
      ])
    for wrong in ["min(x)", "top(x, 1)", "mode(x)", "arg_min(y, x)", "approx_count_distinct(x)", "count_distinct(x)"] {
      let error = #expect(throws: LazyFrameError.self) {
        try groups.aggregate(try Expression.parseList(wrong)).compute()
      }
      #expect(error?.message.contains("does not apply to lists, and the column is list(int64)") == true, "\(wrong)")
    }
  }

  @Test("string_agg says that it needs text")
  func needsText() throws {
    let error = #expect(throws: LazyFrameError.self) {
      try AggregateSignature.resolve(.joined(separator: ","), [.int64])
    }
    #expect(error?.message == "string_agg needs text, and the column is int64")
    #expect(error?.hint == "cast it: cast(… as string)")
  }
}
