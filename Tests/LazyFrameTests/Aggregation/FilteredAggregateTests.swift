import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("An aggregate's own filter")
struct FilteredAggregateTests {
  /// Random rows in several batches.
  private func frame(_ numbers: inout SplitMix64) -> LazyFrame {
    let schema = Schema([Field("k", .int64), Field("x", .float64), Field("y", .float64), Field("s", .string)])
    let batches = (0..<4).map { _ in
      let count = numbers.next(below: 200)
      var runs: [Int64?] = []
      while runs.count < count {
        runs += Array(repeating: Int64(numbers.next(below: 9)), count: numbers.next(below: 5))
      }
      func number() -> Double? { numbers.next(below: 6) == 0 ? nil : Double(numbers.next(below: 40)) / 4 - 3 }
      let columns = [
        Column(Array(runs.prefix(count))), Column((0..<count).map { _ in number() }),
        Column((0..<count).map { _ in number() }),
        Column((0..<count).map { _ in number().map { "text \($0), long enough for a block" } }),
      ]
      return RecordBatch(schema: schema, columns: columns, rowCount: count)
    }
    return LazyFrame(partitions: batches, schema: schema)
  }

  static let aggregates = [
    "count()", "count(x)", "null_count(x)", "sum(x)", "mean(x)", "min(s)", "max(x)", "first(x)", "last_row(x)",
    "list(s)",
    "top(x, 2)", "bottom(s, 20)", "mode(x)", "median(x)", "count_distinct(s)", "approx_count_distinct(x)",
    "approx_quantile(x, 0.3)",
    "arg_min(s, x)", "string_agg(s, '-')", "any(x > 1)", "cov(x, y)", "product(x)", "skewness(x)",
  ]

  @Test("gives what the aggregate of the filtered rows gives", arguments: aggregates, 0..<3)
  func equal(aggregate: String, seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let frame = frame(&numbers)
    for condition in ["y > 0", "y is null", "false", "true", "null", "y > 0 or x < 0"] {
      let all = frame.groupBy(col("k"))
      let filtered = try all.aggregate(
        count(), try Expression.parse("\(aggregate) filter (where \(condition))").as("a")
      ).compute()
      let before = try frame.filter(try Expression.parse("(\(condition)) = true")).groupBy(col("k")).aggregate(
        try Expression.parse(aggregate).as("a")
      ).compute()
      // What the aggregate gives where there is no row.
      let nothing = try frame.filter(lit(false)).groupBy().aggregate(try Expression.parse(aggregate)).compute().row(0)[
        0]
      let expected = Dictionary(
        uniqueKeysWithValues: (0..<before.rowCount).map { (before.row($0)[0].number, before.row($0)[1]) })
      for row in 0..<filtered.rowCount {
        let (value, wanted) = (filtered.row(row)[2], expected[filtered.row(row)[0].number] ?? nothing)
        let isNear = value.number.flatMap { a in wanted.number.map { abs(a - $0) <= 1e-9 * abs($0) } } ?? false
        #expect(isNear || same(value, wanted), "\(aggregate), \(condition), seed \(seed), row \(row)")
      }
    }
  }

  @Test("keeps rows away from what would fail on them")
  func failing() throws {
    let schema = Schema([Field("s", .string)])
    let batch = RecordBatch(schema: schema, columns: [Column(["1", "x", "3"] as [String?])], rowCount: 3)
    let sum = try Expression.parse("sum(strict_cast(s as int)) filter (where s <> 'x') as n")
    #expect(try LazyFrame(DataFrame(batch)).groupBy().aggregate(sum).compute().row(0) == [.int(4)])
  }

  @Test("is part of what an aggregate is: equal ones are computed once, others apart")
  func sharing() throws {
    var numbers = SplitMix64(seed: 1)
    let frame = frame(&numbers).groupBy()
    let text =
      "count(x) + 0 as a, count(x) filter (where y > 0) + 0 as b, count(x) filter (where y > 0) * 2 as c, "
      + "mean(x, y) filter (where s is not null)"
    let plan = frame.aggregate(try Expression.parseList(text))
    let row = try plan.compute().row(0)
    #expect(row[0] != row[1])
    #expect(row[2].number == row[1].number.map { 2 * $0 })
    #expect(
      try plan.compute().schema.names == [
        "a", "b", "c", "mean(x) filter (where s is not null)", "mean(y) filter (where s is not null)",
      ])
    let swift = frame.aggregate(col("x").sum().filter(where: col("y") > 0), count().filter(where: col("x").isNull()))
    #expect(try swift.compute().schema.names == ["sum(x) filter (where y > 0)", "count() filter (where x is null)"])
  }

  @Test(
    "is refused where it makes no sense",
    arguments: [
      (col("x").filter(where: col("y") > 0), "'x' is not an aggregate, so it has no filter (where …)"),
      (
        col("x").sum().as("s").filter(where: col("y") > 0),
        "'sum(x) as s' is not an aggregate, so it has no filter (where …)"
      ),
      (col("x").sum().filter(where: col("y")), "a filter needs a condition, and 'y' is float64"),
      (
        col("x").sum().filter(where: col("y").sum() > 0),
        "the aggregate sum(…) cannot stand here: there are no groups"
      ),
    ])
  func refused(expression: LazyFrame.Expression, message: String) {
    var numbers = SplitMix64(seed: 1)
    let frame = frame(&numbers)
    let error = #expect(throws: LazyFrameError.self) { try frame.groupBy().aggregate(expression).compute() }
    #expect(error?.message == message)
  }
}
