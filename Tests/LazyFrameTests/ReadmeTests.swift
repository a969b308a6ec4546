import Foundation
import LazyFrame
import Testing

@Suite("README") struct ReadmeTests {
  @Test("the first example prints what the README says")
  func example() throws {
    let prices = try LazyFrame.scanCSV(Fixtures.prices)
    let yearly =
      prices
      .filter(col("date") >= "2019-01-01")
      .groupBy(col("symbol"), col("date").dt.year.as("year"))
      .aggregate(col("open", "close").mean(), col("high").max().as("highest"))
      .sort(by: col("highest"), descending: true)
      .head(4)
    let printed = "\(try yearly.explain())\n\(try yearly.compute())".replacing(Fixtures.root.path(), with: "")
    let readme = try String(contentsOf: Fixtures.root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains("```\n\(printed.trimmingCharacters(in: .newlines))\n```"))
  }

  @Test("the example of a data frame is this one, and prints what the README says")
  func dataFrame() throws {
    let prices = try LazyFrame.scanCSV(Fixtures.prices)
    let companies = try LazyFrame.scanCSV(Fixtures.root.appending(path: "Examples/Data/companies.csv").path())
    let sectors = prices.join(companies, on: col("symbol"))
      .withColumns(
        col("close").pctChange().over(col("symbol"), orderBy: col("date")).as("change"),
        col("close").rolling(rows: 20).mean().over(col("symbol"), orderBy: col("date")).as("mean_20")
      )
      .groupBy(col("sector"))
      .aggregate(
        col("symbol").countDistinct().as("shares"), (100 * col("change").max()).rounded(1).as("best_%"),
        col("date").atMax(of: col("change")).as("on"), col("name").atMax(of: col("change")).as("of"),
        count().filter(where: col("close") > col("mean_20")).as("days above")
      )
      .sort(by: col("best_%"), descending: true)
    let printed = "\(try sectors.compute())"
    let readme = try String(contentsOf: Fixtures.root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains("```\n\(printed)\n```"), "\(printed)")

    // The lines above, from the margin.
    let own = try String(contentsOfFile: #filePath, encoding: .utf8).components(separatedBy: "\n")
    let start = try #require(own.firstIndex { $0.hasPrefix("    let sectors = ") })
    let lines = own[start...].prefix { !$0.hasPrefix("    let printed = ") }
    let code = lines.map { $0.dropFirst(4) }.joined(separator: "\n")
    #expect(readme.contains("\n\(code)\nprint(try sectors.compute())\n```"), "\(code)")
  }

  @Test("the second example gives what the README says")
  func delayedExample() throws {
    let inc = delayed("inc") { (x: Int) in x + 1 }
    let add = delayed("add") { (x: Int, y: Int) in x + y }
    let total = add(inc(1), inc(2))
    #expect(try total.compute() == 5)

    let pool = ThreadPoolExecutor()
    let squares = pool.map("square", 0..<100) { $0 * $0 }
    #expect(try gather(squares).count == 100)
  }
}
