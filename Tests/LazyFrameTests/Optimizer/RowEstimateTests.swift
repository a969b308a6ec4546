import Columnar
import Testing

@testable import LazyFrame

@Suite("Estimates of rows") struct RowEstimateTests {
  @Test(
    "are written with two digits, and counts with all",
    arguments: [
      (RowEstimate(1234, isExact: true), "1234 rows"), (RowEstimate(1, isExact: true), "1 row"),
      (RowEstimate(0.2), "~1 row"), (RowEstimate(0), "~0 rows"), (RowEstimate(87.6), "~88 rows"),
      (RowEstimate(142), "~140 rows"), (RowEstimate(996), "~1 k rows"), (RowEstimate(1180), "~1.2 k rows"),
      (RowEstimate(20_400), "~20 k rows"), (RowEstimate(123_456), "~120 k rows"), (RowEstimate(1.24e6), "~1.2 M rows"),
      (RowEstimate(2e15), "~2000 T rows"),
    ])
  func text(estimate: RowEstimate, expected: String) {
    #expect(estimate.description == expected)
  }

  @Test("of a file follow from its size, and are exact for a small one")
  func files() throws {
    try Fixtures.withFile("k,x\n1,2.5\n2,3.5\n1,4.5\n") { path in
      let estimate = try Resolver.resolve(LazyFrame.scanCSV(path).plan).estimate()
      #expect(estimate == RowEstimate(3, isExact: true))
    }
    let lines = (0..<100_000).map { "\($0),\($0 % 7).25" }
    try Fixtures.withFile("k,x\n" + lines.joined(separator: "\n")) { path in
      let estimate = try Resolver.resolve(LazyFrame.scanCSV(path).plan).estimate()
      #expect(!estimate.isExact)
      #expect(abs(estimate.rows - 100_000) < 3000)
    }
  }

  @Test("of a filter on rows in memory are tried on some of them")
  func filters() throws {
    let batch = RecordBatch(
      schema: Schema([Field("k", .int64)]), columns: [Column((0..<100_000).map { Int64($0 % 10) })], rowCount: 100_000)
    let rows = LazyFrame(DataFrame(batch))
    let few = try Resolver.resolve(rows.filter(col("k") < 2).plan).estimate()
    #expect(abs(few.rows - 20_000) < 2000)
    #expect(few.unfiltered == 100_000)
    // The dimension is filtered to a fifth, so a fifth of the rows finds a partner.
    let keys = RecordBatch(
      schema: Schema([Field("k", .int64)]), columns: [Column((0..<10).map { Int64($0) })], rowCount: 10)
    let joined = rows.join(LazyFrame(DataFrame(keys)).filter(col("k") < 2), on: col("k"))
    let partners = try Resolver.resolve(joined.plan).estimate().rows
    #expect(abs(partners - 20_000) < 2000)
  }
}
