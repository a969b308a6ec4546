import Columnar
import Testing

@testable import LazyFrame

@Suite("The order of joins") struct JoinOrderTests {
  private static func table(_ name: String, rows: Int, keys: Int) -> LazyFrame {
    let batch = RecordBatch(
      schema: Schema([Field(name, .int64), Field("\(name) value", .int64)]),
      columns: [Column((0..<rows).map { Int64($0 % keys) }), Column((0..<rows).map { Int64($0) })], rowCount: rows)
    return LazyFrame(DataFrame(batch))
  }

  private static let facts: LazyFrame = {
    let names = ["a", "b", "c"]
    let batch = RecordBatch(
      schema: Schema(names.map { Field($0, .int64) }),
      columns: [7, 11, 13].map { step in Column((0..<500).map { Int64($0 * step % 40) }) }, rowCount: 500)
    return LazyFrame(DataFrame(batch), partitions: 3)
  }()

  private func plan(_ frame: LazyFrame) throws -> [String] {
    Optimizer.optimize(try Resolver.resolve(frame.plan)).description.split(separator: "\n").map(String.init)
  }

  private func expectEqual(_ frame: LazyFrame) throws {
    var options = ComputeOptions(threads: 2)
    let rows = bits(try frame.compute(options))
    options.disabledPasses = ["join-order"]
    #expect(rows == bits(try frame.compute(options)))
    #expect(!rows.isEmpty)
  }

  @Test("of two joins with the same rows that which leaves fewest comes first")
  func chain() throws {
    let frame = JoinOrderTests.facts
      .join(JoinOrderTests.table("a", rows: 40, keys: 40), on: col("a"))
      .join(JoinOrderTests.table("b", rows: 40, keys: 40).filter(col("b value") < 20), on: col("b"))
      .join(JoinOrderTests.table("c", rows: 40, keys: 40).filter(col("c value") < 5), on: col("c"))
    #expect(
      try plan(frame).filter { $0.contains("join") } == [
        "inner join by a", "  inner join by b", "    inner join by c",
      ])
    try expectEqual(frame)
  }

  @Test("joins with rows that have equal keys stay, since their pairs would come in another order")
  func several() throws {
    let (first, second) = (JoinOrderTests.table("a", rows: 80, keys: 40), JoinOrderTests.table("b", rows: 80, keys: 40))
    let frame = JoinOrderTests.facts.join(first, on: col("a")).join(second.filter(col("b value") < 20), on: col("b"))
    #expect(try plan(frame).filter { $0.contains("join") } == ["inner join by b", "  inner join by a"])
    let counted = frame.groupBy([]).aggregate(count().as("n"), col("a value").sum())
    #expect(try plan(counted).filter { $0.contains("join") } == ["  inner join by a", "    inner join by b"])
    try expectEqual(frame)
    try expectEqual(counted)
  }

  @Test("a join with what another one brought stays behind it")
  func dependent() throws {
    let first = JoinOrderTests.table("a", rows: 40, keys: 40).rename(["a value": "b2"])
    let second = JoinOrderTests.table("b2", rows: 40, keys: 40).filter(col("b2 value") < 3)
    let frame = JoinOrderTests.facts.join(first, on: col("a")).join(second, on: col("b2"))
    #expect(try plan(frame).filter { $0.contains("join") } == ["inner join by b2", "  inner join by a"])
    try expectEqual(frame)
  }

  @Test("columns of one name on several sides keep the names that they had")
  func names() throws {
    let wide = JoinOrderTests.facts.withColumns(lit(7).as("value"))
    let first = JoinOrderTests.table("a", rows: 40, keys: 40).rename(["a value": "value"])
    let second = JoinOrderTests.table("b", rows: 40, keys: 40).rename(["b value": "value"]).filter(col("value") < 20)
    let frame = wide.join(first, on: col("a")).join(second, on: col("b"), suffix: "_second")
    #expect(try plan(frame).filter { $0.contains("join") } == ["inner join by a", "  inner join by b"])
    #expect(try frame.compute().schema.names == ["a", "b", "c", "value", "value_right", "value_second"])
    try expectEqual(frame)
  }

  @Test("the table is made of the smaller side where nobody sees the order")
  func sides() throws {
    let small = JoinOrderTests.table("a", rows: 10, keys: 5)
    let joined = small.join(JoinOrderTests.facts, on: col("a"))
    let counted = joined.groupBy([]).aggregate(count().as("n"), col("b").sum(), col("a value").max())
    func sources(_ frame: LazyFrame) throws -> [String] {
      try plan(frame).filter { $0.contains("frame;") }.map { $0.contains("10 rows") ? "small" : "large" }
    }
    #expect(try sources(joined) == ["small", "large"])
    #expect(try sources(counted) == ["large", "small"])
    // The last digits of a sum of floats would show the order.
    let rounded = joined.groupBy([]).aggregate((col("b") / 3).sum())
    #expect(try sources(rounded) == ["small", "large"])
    try expectEqual(counted)
    try expectEqual(JoinOrderTests.facts.join(joined, on: col("a"), how: .semi))
  }
}
