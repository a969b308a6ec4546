import Columnar
import Scheduler
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Statistics of columns") struct ColumnStatisticsTests {
  private static let operations: [BinaryOperator] = [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual]

  @Test("a comparison is excluded only if no value makes it true", arguments: 0..<50)
  func floats(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let all: [Double?] = [nil, -.infinity, -1.5, -0.0, 0.0, 2, 3.5, .infinity, .nan]
    let values = (0..<4).map { _ in all[random.next(below: all.count)] }
    for constant in all.compactMap({ $0 }) {
      for operation in ColumnStatisticsTests.operations {
        let batch = RecordBatch(schema: Schema([Field("x", .float64)]), columns: [Column(values)], rowCount: 4)
        let condition = ResolvedExpression.binary(
          operation, .column("x", .float64), .literal(.double(constant), .float64), .bool)
        let isTrue = try Evaluator.evaluate(condition, batch)
        let passing = (0..<4).filter { isTrue[$0] == .bool(true) }.count
        let pieces = [Column(Array(values[..<2])), Column(Array(values[2...]))]
        let excluded = try #require(ColumnStatistics(pieces)).excludes(operation, .double(constant))
        #expect(!excluded || passing == 0, "seed \(seed): \(values) \(operation.rawValue) \(constant)")
        // A range tells of all but what lies inside, and of inequality nothing.
        if ![.equal, .notEqual].contains(operation) { #expect(excluded == (passing == 0), "seed \(seed): \(values)") }
      }
    }
  }

  @Test("of partitions are joined to those of the whole, and of one that has none nothing is known")
  func joined() throws {
    let parts = [Column([Double?](arrayLiteral: 3, nil)), Column([Double.nan, -1]), Column([Double?]([nil]))]
    let joined = try #require(ColumnStatistics(joining: parts.map { ColumnStatistics([$0]) }))
    #expect(joined.extremes?.printed == ["-1.0", "nan"])
    #expect(joined.nullCount == 2)
    #expect(ColumnStatistics(joining: [joined, ColumnStatistics([Column(["a"])])]) == nil)
    #expect(try #require(ColumnStatistics(joining: [ColumnStatistics([Column([Int64?]([nil]))])])).extremes == nil)
  }

  @Test("of a column of nulls everything is excluded, and of text nothing is known")
  func others() throws {
    let nulls = try #require(ColumnStatistics([Column([Int64?.none, nil])]))
    #expect(nulls.excludes(.equal, .int(1)) && nulls.nullCount == 2)
    #expect(ColumnStatistics([Column(["a", "b"])]) == nil)
  }

  @Test("partitions out of range are left out from the second time on, and the answer stays")
  func partitions() throws {
    let batch = RecordBatch(
      schema: Schema([Field("day", .int64), Field("x", .float64)]),
      columns: [Column((0..<400).map { Int64($0) }), Column((0..<400).map { $0 % 7 == 0 ? nil : Double($0) })],
      rowCount: 400)
    let rows = LazyFrame(DataFrame(batch), partitions: 4)
    let frame = rows.filter(col("day") < 50 || lit(350.0) < col("x")).groupBy([]).aggregate(count(), col("x").sum())
    var plain = ComputeOptions(threads: 2)
    plain.disabledPasses = ["partition-pruning"]
    let expected = bits(try frame.compute(plain))
    for read in ["400 rows", "200 rows", "200 rows"] {
      let source = try frame.explain(.analyzed).split(separator: "\n")[1]
      #expect(source.hasSuffix("partitions out of range are left out  (\(read))"))
      #expect(bits(try frame.compute()) == expected)
    }
  }

  @Test("a filter that can fail sees all rows")
  func failing() throws {
    let batch = RecordBatch(
      schema: Schema([Field("x", .int64)]), columns: [Column([Int64(1), .max])], rowCount: 2)
    let frame = LazyFrame(DataFrame(batch), partitions: 2)
    let filtered = frame.filter(col("x") < 5 && col("x") * 2 > 0)
    for _ in 0..<3 { #expect(throws: LazyFrameError.self) { try filtered.compute() } }
  }
}
