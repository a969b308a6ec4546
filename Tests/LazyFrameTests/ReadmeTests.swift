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
