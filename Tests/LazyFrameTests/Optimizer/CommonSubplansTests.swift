import Columnar
import Scheduler
import TaskGraph
import Testing

@testable import LazyFrame

@Suite("Common sub-plans") struct CommonSubplansTests {
  private func frame(rows: Int = 20, partitions: Int = 3) -> LazyFrame {
    let batch = RecordBatch(
      schema: Schema([Field("k", .int64), Field("x", .float64)]),
      columns: [Column((0..<rows).map { Int64($0 % 5) }), Column((0..<rows).map { Double($0) })], rowCount: rows)
    return LazyFrame(DataFrame(batch), partitions: partitions)
  }

  private func plan(_ frame: LazyFrame, without disabled: Set<String> = []) throws -> String {
    Optimizer.optimize(try Resolver.resolve(frame.plan), disabled: disabled).description
  }

  /// How often the rows of the file are read.
  private func reads(_ frame: LazyFrame, _ options: ComputeOptions = ComputeOptions()) throws -> Int {
    try frame.taskGraph(options).layers.filter { $0.name == "scan-csv" }.reduce(0) { $0 + $1.tasks.count }
  }

  @Test("a file that is joined with its own groups is read once")
  func ownGroups() throws {
    try Fixtures.withFile("k,x\n1,2.5\n2,3.5\n1,4.5\n") { path in
      let rows = try LazyFrame.scanCSV(path)
      let joined = rows.join(rows.groupBy(col("k")).aggregate(col("x").mean().as("m")), on: col("k"))
      var plain = ComputeOptions(threads: 2)
      plain.disabledPasses = ["common-subplans"]
      #expect(try reads(joined) == 1)
      #expect(try reads(joined, plain) == 2)
      #expect(bits(try joined.compute()) == bits(try joined.compute(plain)))
    }
  }

  @Test("columns that are computed of shared rows stay computed, under old names and new ones")
  func computedOfShared() throws {
    let sorted = frame().sort(by: col("k"))
    let replaced = sorted.withColumns((col("x") * 2).as("x")).withColumns((col("x") + 1).as("x"))
    let added = sorted.withColumns((col("x") * 2).as("y")).withColumns((col("y") + col("y")).as("z"))
    for queries in [[replaced, sorted], [added.select(col("k"), col("z").as("x")), sorted]] {
      let all = LazyFrame.concat(queries)
      var plain = ComputeOptions(threads: 2)
      plain.disabledPasses = ["common-subplans"]
      #expect(try plan(all).contains("shared"))
      #expect(bits(try all.compute()) == bits(try all.compute(plain)))
    }
  }

  @Test("what cuts the result into partitions is kept, since they can be picked and written")
  func partitionsOfResult() throws {
    let cut = frame().repartition(count: 7).sort(by: col("x"))
    #expect(try cut.partitionCount() == 7)
    #expect(try cut.partitions[6].compute().rowCount == 0)
  }

  @Test("a file whose rows nobody keeps is read again, and stays out of memory")
  func streamed() throws {
    try Fixtures.withFile("k,x\n1,2.5\n2,3.5\n1,4.5\n") { path in
      let rows = try LazyFrame.scanCSV(path)
      let groups = rows.groupBy(col("k")).aggregate(col("x").mean().as("m"))
      let counts = rows.join(groups, on: col("k")).groupBy(col("k")).aggregate(count())
      #expect(try reads(counts) == 2)
      #expect(try reads(LazyFrame.concat([rows.limit(1), rows.filter(col("x") > 4)])) == 2)
    }
  }

  @Test("rows in memory and columns of them are repeated, what is computed of them is shared")
  func memory() throws {
    let rows = frame()
    #expect(try !plan(LazyFrame.concat([rows, rows])).contains("shared"))
    #expect(try !plan(LazyFrame.concat([rows.select(col("x")), rows.select(col("x"))])).contains("shared"))
    #expect(try plan(LazyFrame.concat([rows.filter(col("x") > 3), rows.filter(col("x") > 3)])).contains("shared 1:"))
  }

  @Test("what only looks the same is told apart: 0.0 and -0.0, and texts that are written with other code points")
  func constants() throws {
    let rows = frame().sort(by: col("x"))
    func both(_ left: Value, _ right: Value) -> LazyFrame {
      LazyFrame.concat(
        [left, right].map { rows.filter(lit($0).as("c").isNotNull()).withColumns(lit($0).as("c")).limit(1) })
    }
    #expect(
      bits(try both(.double(0), .double(-0.0)).compute()).map { $0[2] } == ["double 0", "double \((-0.0).bitPattern)"])
    let texts = try both(.string("\u{E9}"), .string("e\u{301}")).compute().rows.map { "\($0[2])".unicodeScalars.count }
    #expect(texts == [1, 2])
  }

  @Test("shared rows have the columns that any of those who use them need, and no others")
  func columns() throws {
    let batch = RecordBatch(
      schema: Schema([Field("k", .int64), Field("x", .float64), Field("y", .float64)]),
      columns: [Column([Int64(1), 2, 1]), Column([1.0, 2, 3]), Column([4.0, 5, 6])], rowCount: 3)
    let sorted = LazyFrame(DataFrame(batch), partitions: 2).sort(by: col("k")).withRowNumber("n")
    let joined = sorted.select(col("n"), col("k")).join(
      sorted.groupBy(col("k")).aggregate(col("x").max()), on: col("k"))
    #expect(
      try plan(joined) == """
        inner join by k
          project n, k
            shared 1
          group by k aggregate max(x) as max_x
            project k, x
              shared 1
        shared 1:
          number the rows from 0 as n
            sort by k
              frame; columns k, x (2 of 3); 3 rows in 2 partitions
        """)
  }

  @Test("what is shared can use what is shared itself, and a join's table is made once")
  func nested() throws {
    let groups = frame().groupBy(col("k")).aggregate(col("x").sum())
    let sorted = groups.sort(by: col("sum_x"))
    let joined = sorted.join(groups, on: col("k")).join(groups, on: col("k"), suffix: "_again")
    let all = LazyFrame.concat([joined, joined.select(Expression(.allColumns))]).join(sorted, on: col("k"), how: .semi)
    var plain = ComputeOptions(threads: 2)
    plain.disabledPasses = ["common-subplans"]
    #expect(bits(try all.compute()) == bits(try all.compute(plain)))
    let physical = try joined.explain(.physical)
    #expect(physical.split(separator: "\n").filter { $0.contains("build a table by k") }.count == 1)
    #expect(physical.split(separator: "\n").filter { $0.contains("group by k") }.count == 1)
  }
}
