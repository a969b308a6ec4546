import Columnar
import Scheduler
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Sorting rows of many partitions")
struct SortTests {
  private static let rowCount = 80_000

  /// Keys of every kind, with many rows of equal keys; the last column numbers the rows.
  private static let table: RecordBatch = {
    var random = SplitMix64(seed: 11)
    func values<Value>(_ make: (UInt64) -> Value) -> [Value?] {
      (0..<rowCount).map { _ in
        let number = random.next()
        return number % 17 == 0 ? nil : make(number >> 8)
      }
    }
    let texts = values { "text \($0 % 3000) that is long" }
    return RecordBatch(
      schema: Schema([
        Field("few", .int64), Field("float", .float64), Field("text", .string), Field("category", .categorical),
        Field("constant", .int64), Field("row", .int64),
      ]),
      columns: [
        Column(values { Int64($0 % 5) }), Column(values { $0 % 100 == 0 ? .nan : Double($0 % 40_000) - 20_000 }),
        Column(texts), Column(categories: texts.map { $0.map { String($0.prefix(7)) } }),
        Column([Int64](repeating: 3, count: rowCount)), Column((0..<rowCount).map { Int64($0) }),
      ], rowCount: rowCount)
  }()

  @Test(
    "gives what a stable sort of all rows at once gives, in buckets of about the same size",
    arguments: [
      [SortKey(col("few"))], [SortKey(col("constant"))], [SortKey(col("float"), descending: true)],
      [SortKey(col("category"), nullsFirst: true), SortKey(col("float"))],
      [SortKey(col("text"), descending: true, nullsFirst: true), SortKey(col("few"))],
      [SortKey(col("few"), nullsFirst: true), SortKey(col("category"), descending: true), SortKey(col("float"))],
    ])
  func isStable(keys: [SortKey]) throws {
    let frame = LazyFrame(DataFrame(Self.table), partitions: 9)
    let sorted = frame.sort(by: keys)
    let resolved = keys.map { key -> ResolvedSortKey in
      guard case .column(let name) = key.expression.node else { preconditionFailure("keys are columns here") }
      return ResolvedSortKey(column: name, descending: key.descending, nullsFirst: key.nullsFirst)
    }
    let expected = RowOrder.sorted(Self.table, by: resolved, limit: nil).map { Value.int(Int64($0)) }
    for executor: any Executor in [SerialExecutor(), ThreadPoolExecutor(threads: 3)] {
      var options = ComputeOptions()
      options.executor = executor
      let result = try sorted.compute(options)
      // Nine buckets, in pieces as they were sorted.
      let sizes = result.batches.map(\.rowCount)
      #expect(sizes.count == 9)
      #expect(sizes.allSatisfy { $0 > Self.rowCount / 18 && $0 < Self.rowCount / 6 }, "\(sizes)")
      #expect(result["row"]?.all == expected)
    }
  }

  @Test("sorts few rows in one bucket, and none")
  func few() throws {
    let frame = LazyFrame(DataFrame(Self.table.prefix(500)), partitions: 4).sort(by: col("few"))
    let result = try frame.compute()
    #expect(result.batches.map(\.rowCount) == [500])
    #expect(try frame.filter(col("row") < 0).compute().rowCount == 0)
    #expect(
      try frame.sort(by: [SortKey(col("row"), descending: true)]).limit(3).compute()["row"]?.all == [
        .int(499), .int(498), .int(497),
      ])
  }
}
