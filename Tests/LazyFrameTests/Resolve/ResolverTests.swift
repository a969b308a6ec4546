import LazyFrame
import Testing

@Suite("Resolving") struct ResolverTests {
  private static let rows = "k,a,b,d\nx,1,10,2020-01-01\nx,2,20,2020-01-02\ny,3,30,\n"

  private func grouped(_ aggregates: String, by keys: String = "k", _ text: String = rows) throws -> DataFrame {
    try Fixtures.withFile(text) { path in
      try LazyFrame.scanCSV(path).groupBy(try LazyFrame.Expression.parseList(keys))
        .aggregate(try LazyFrame.Expression.parseList(aggregates)).compute()
    }
  }

  private func error(_ aggregates: String, by keys: String = "k") -> LazyFrameError? {
    do {
      _ = try grouped(aggregates, by: keys)
      return nil
    } catch {
      return error as? LazyFrameError
    }
  }

  @Test("an aggregate may be used again in an expression")
  func reused() throws {
    let frame = try grouped("sum(a) as s, sum(a) * 2 as d, max(b) - min(b) as r, max(b) + min(b) as q")
    #expect(try frame.values("d", as: Int.self) == [6, 6])
    #expect(try frame.values("q", as: Int.self) == [30, 60])
  }

  @Test("a result may have the name that an inner aggregate would get")
  func innerNames() throws {
    let frame = try grouped("sum(a) + 1 as x, max(b) as \"sum 1\"")
    #expect(try frame.values("x", as: Int.self) == [4, 4])
    #expect(try frame.values("sum 1", as: Int.self) == [20, 30])
    #expect(try grouped("sum(a) + 1 as x", by: "k as \"sum 1\"").schema.names == ["sum 1", "x"])
  }

  @Test(
    "two results of one name are refused, also when one is a key",
    arguments: ["count() as k, sum(a) / 2 as y", "sum(a), sum(a)"])
  func duplicates(aggregates: String) {
    #expect(error(aggregates)?.code == .duplicateName)
  }

  @Test("constants that only look equal are not one")
  func constants() throws {
    let frame = try grouped("max(1 / (a * 0.0)) + 0 as p, max(1 / (a * -0.0)) + 0 as n")
    #expect(try frame.values("p", as: Double.self) == [.infinity, .infinity])
    #expect(try frame.values("n", as: Double.self) == [-.infinity, -.infinity])
  }

  @Test("a star means the columns to which the aggregate applies, without the keys")
  func star() throws {
    #expect(try grouped("mean(*)").schema.names == ["k", "mean_a", "mean_b"])
    #expect(try grouped("max(*)", by: "a").schema.names == ["a", "max_k", "max_b", "max_d"])
  }

  @Test("quantiles are named by their fraction")
  func quantiles() throws {
    let names = try grouped("quantile(a, 0.25), quantile(a, 0.75), median(a)").schema.names
    #expect(names == ["k", "quantile_a_0.25", "quantile_a_0.75", "median_a"])
  }

  @Test("constant texts beside dates are dates, wherever they stand; null takes on the other's type")
  func temporal() throws {
    let frame = try Fixtures.withFile(Self.rows) { path in
      try LazyFrame.scanCSV(path).select(
        try LazyFrame.Expression.parseList(
          "coalesce(d, '2020-02-02') as p, case when d is null then '2020-02-02' else d end as q, d + null as n, d + 1 as t"
        )
      ).compute()
    }
    #expect(frame.schema.fields.map(\.type) == [.date, .date, .date, .date])
    #expect(frame.row(2).map(\.description) == ["2020-02-02", "2020-02-02", "null", "null"])
    #expect(frame[0, "t"]?.description == "2020-01-02")
  }

  @Test(
    "what does not fit is refused before any row is read",
    arguments: [
      ("mean(k)", "needs numbers"), ("round(max(a), 'x')", "needs a whole number"), ("max(a) + k", "does not apply"),
      ("a", "is not an aggregate"), ("sum(c)", "no column 'c'"), ("sum(sum(a))", "cannot stand here"),
    ])
  func refused(aggregates: String, message: String) {
    #expect(error(aggregates)?.message.contains(message) == true, "\(aggregates)")
  }
}
