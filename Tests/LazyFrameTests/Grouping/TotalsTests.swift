import Columnar
import Scheduler
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Aggregates of all rows")
struct TotalsTests {
  private static let aggregates = [
    "count_distinct(x)", "count_distinct(s)", "count_distinct(k)", "count_distinct(c)", "count_distinct(f)",
    "count_distinct(b)", "count_distinct(d)", "count_distinct(i * 2)", "count_distinct_rows(k, s)",
    "count_distinct_rows(c, b, x)", "count_distinct(x) filter (where k > 3)",
    "count_distinct(strict_cast(i as int8)) filter (where i between 0 and 9)",
    "count_distinct(x) filter (where k > 100)", "count_distinct(null)", "median(x)", "quantile(i, 0.3)",
    "quantile(x, 0.9) filter (where b)", "mean(i)", "count()", "min(s)", "mode(k)", "list(b) filter (where i = 5)",
    "count_distinct(x) + count_distinct(x)",
  ]

  private func batch(_ rowCount: Int, seed: Int) -> RecordBatch {
    var numbers = SplitMix64(seed: seed)
    func column<Element>(_ make: (inout SplitMix64) -> Element) -> [Element?] {
      (0..<rowCount).map { _ in numbers.next() % 10 == 0 ? nil : make(&numbers) }
    }
    let specials: [Double] = [0.0, -0.0, .nan, -.nan, .infinity, -.infinity]
    let texts = column { "text \($0.next() % 300)" + ($0.next() % 2 == 0 ? "" : ", long enough for a block") }
    let columns = [
      Column(column { $0.next() % 3 == 0 ? specials[Int($0.next() % 6)] : Double($0.next() % 5000) / 16 }),
      Column(texts), Column(column { Int64($0.next() % 9) }),
      CastKernels.cast(Column(texts), to: .categorical),
      CastKernels.cast(Column(column { Double($0.next() % 100) / 4 }), to: .float32),
      Column(column { $0.next() % 2 == 0 }), Column(column { CivilDate(days: Int32($0.next() % 400)) }),
      Column((0..<rowCount).map { Int64($0 * 7919 % rowCount) as Int64? }),
    ]
    let fields = zip(["x", "s", "k", "c", "f", "b", "d", "i"], columns).map { Field($0, $1.type) }
    return RecordBatch(schema: Schema(fields), columns: columns, rowCount: rowCount)
  }

  private func query(_ frame: LazyFrame, _ aggregates: [String]) throws -> LazyFrame {
    frame.groupBy([]).aggregate(try aggregates.enumerated().map { try Expression.parse($1).as("a\($0)") })
  }

  @Test("have the same bits in one partition and many, on one thread and many", arguments: [0, 1, 2, 100, 1000])
  func sameBits(rowCount: Int) throws {
    let batch = batch(rowCount, seed: rowCount)
    let aggregates = TotalsTests.aggregates
    let expected = bits(try query(WindowSamples.frame(batch, partitions: 1), aggregates).compute())
    #expect(expected.count == 1)
    for partitions in [2, 9] {
      let frame = try query(WindowSamples.frame(batch, partitions: partitions), aggregates)
      var options = ComputeOptions(threads: 4)
      #expect(bits(try frame.compute(options)) == expected, "\(partitions) partitions")
      options.executor = SerialExecutor()
      #expect(bits(try frame.compute(options)) == expected, "\(partitions) partitions, serially")
    }
  }

  @Test("count each different value once, without nulls, with one zero and one NaN")
  func distinct() throws {
    let batch = batch(1500, seed: 5)
    func different(_ names: String..., where isWanted: ([Value]) -> Bool = { _ in true }) -> Int64 {
      var seen: Set<String> = []
      for row in DataFrame(batch).rows where isWanted(row) {
        let values = names.map { name in row[batch.schema.names.firstIndex(of: name) ?? 0] }
        if values.contains(.null) { continue }
        seen.insert(values.map { $0.number == 0 ? "0" : "\($0)" }.joined(separator: "|"))
      }
      return Int64(seen.count)
    }
    let aggregates = [
      "count_distinct(x)", "count_distinct(s)", "count_distinct(c)", "count_distinct(b)", "count_distinct(d)",
      "count_distinct_rows(k, s)", "count_distinct(x) filter (where k > 3)",
    ]
    let expected = [
      different("x"), different("s"), different("c"), different("b"), different("d"), different("k", "s"),
      different("x") { ($0[2].number ?? 0) > 3 },
    ]
    for partitions in [1, 5] {
      let row = try query(WindowSamples.frame(batch, partitions: partitions), aggregates).compute().row(0)
      #expect(row == expected.map(Value.int), "\(partitions) partitions")
    }
  }

  @Test("count values that are nearly all different")
  func many() throws {
    var numbers = SplitMix64(seed: 3)
    let values = (0..<120_000).map { _ in Double(numbers.next() % 10_000_000) }
    let frame = try LazyFrame(["x": .column(Column(values))], partitions: 3)
    let result = try frame.groupBy([]).aggregate(col("x").countDistinct().as("n"), col("x").median().as("m")).compute()
    let sorted = values.sorted()
    #expect(result.row(0) == [.int(Int64(Set(values).count)), .double((sorted[59_999] + sorted[60_000]) / 2)])
  }

  @Test("find the different values of one input once, by their own buckets")
  func parts() throws {
    let frame = WindowSamples.frame(batch(100, seed: 1), partitions: 9)
    let graph = try query(
      frame, ["count_distinct(k)", "count_distinct(k) filter (where b)", "count_distinct(k)", "max(k)", "median(x)"]
    ).explain(.graph)
    #expect(graph.contains("count-distinct-values"))
    let plan = try query(frame, ["count_distinct(k)", "count_distinct(k) filter (where b)", "max(k)"])
      .physicalPlan(disabledPasses: [])
    guard case .groups(let specification) = try #require(plan.stages.last).sink else { return #expect(Bool(false)) }
    let totals = TotalsSpecification(specification)
    #expect(totals.distinct.count == 2)
    #expect(totals.sources == [.distinct(0), .distinct(1), .plain(0)])
  }
}
