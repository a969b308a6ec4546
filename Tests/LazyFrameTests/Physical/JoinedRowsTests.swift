import Columnar
import Scheduler
import Testing

@testable import LazyFrame

@Suite("Joins that multiply rows") struct JoinedRowsTests {
  private func table(_ name: String, rows: Int) -> LazyFrame {
    let batch = RecordBatch(
      schema: Schema([Field("k", .int64), Field(name, .int64)]),
      columns: [Column((0..<rows).map { Int64($0 < rows / 2 ? 7 : $0) }), Column((0..<rows).map { Int64($0) })],
      rowCount: rows)
    return LazyFrame(DataFrame(batch))
  }

  private var options: ComputeOptions {
    var options = ComputeOptions(threads: 2)
    options.memoryLimit = 8 << 20
    return options
  }

  @Test("are refused when a task would keep more than may be in memory")
  func refused() throws {
    let joined = table("a", rows: 2000).join(table("b", rows: 2000), on: col("k"))
    let error = try #require(throws: LazyFrameError.self) { try joined.compute(options) }
    #expect(error.code == .tooManyRows)
    #expect(
      error.message
        == "the inner join by k made 131,072 rows of the first 2,000 of a partition, more than fit a memory limit of 8.39 MB"
    )
    #expect(
      error.hint == """
        the key 7 has 1,000 rows in the table that rows are looked up in; keep one row of each key by distinct(on:), join by more keys, \
        group right behind the join, or raise memoryLimit
        """)
    // As the right side of another join.
    let again = table("c", rows: 10).join(joined, on: col("k"))
    #expect(throws: LazyFrameError.self) { try again.compute(options) }
    let cross = table("a", rows: 2000).crossJoin(table("b", rows: 2000))
    #expect(throws: LazyFrameError.self) { try cross.compute(options) }
  }

  @Test("end where a limit has its rows", arguments: [JoinKind.inner, .left, .right, .full, .cross])
  func limited(kind: JoinKind) throws {
    let (left, right) = (table("a", rows: 1200), table("b", rows: 1200))
    let joined = kind == .cross ? left.crossJoin(right) : left.join(right, on: col("k"), how: kind)
    let all = try joined.compute(ComputeOptions(threads: 2))
    for count in [1, 65_536, 65_537, 200_000] {
      let limited = try joined.limit(count).compute(ComputeOptions(threads: 2))
      #expect(limited.rowCount == min(count, all.rowCount))
      for (column, expected) in zip(limited.columns, all.columns) {
        #expect(column[0] == expected[0])
        #expect(column[limited.rowCount - 1] == expected[limited.rowCount - 1])
      }
    }
  }

  @Test("may make as many as they like where rows are grouped as they come, or there is room")
  func streamed() throws {
    let joined = table("a", rows: 2000).join(table("b", rows: 2000), on: col("k"))
    let counts = try joined.groupBy(col("k") == 7).aggregate(count().as("n")).compute(options)
    #expect(counts.row(0)[1] == .int(1_000_000))
    #expect(try joined.compute(ComputeOptions(threads: 2)).rowCount == 1_001_000)
    let unique = table("a", rows: 2000).join(table("b", rows: 2000).distinct(on: "k"), on: col("k"))
    #expect(try unique.compute(options).rowCount == 2000)
  }
}
