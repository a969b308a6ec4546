import LazyFrame

/// The program of the article on getting started, in one piece.
enum GettingStartedExample {
  static let file = "Tests/DocumentationTests/Examples/GettingStartedExample.swift"
  /// What the program calls `"datasets/prices.csv"`.
  static let path = Repository.root.appending(path: "datasets/prices.csv").path()

  /// What it prints.
  static func output() throws -> String {
    var output = ""
    func print(_ items: Any...) { output += items.map { "\($0)" }.joined(separator: " ") + "\n" }

    // The page begins here.
    let prices = try LazyFrame.scanCSV(path)
    print(try prices.schema())

    let yearly =
      prices
      .filter(col("date") >= "2020-01-01")
      .groupBy(col("symbol"), col("date").dt.year.as("year"))
      .aggregate(
        col("close").mean(),
        (col("high").max() - col("low").min()).as("range"),
        count().as("days")
      )
      .sort(by: col("range"), descending: true)
      .head(3)

    print(try yearly.explain(.physical))

    let result = try yearly.compute()
    print(result)

    // swift-format-ignore
    struct Year: Decodable {
      let symbol: String
      let year: Int
      let mean_close: Double
      let range: Double?
    }

    for row in try result.decode(as: Year.self) {
      print(row.symbol, row.year, row.mean_close)
    }

    struct Wrong: Decodable {
      let symbol: Int
    }

    do {
      _ = try result.decode(as: Wrong.self)
    } catch {
      print(error)
    }

    print(try result.values("days", as: Int.self))
    print(result[0, "symbol"] ?? .null)

    do {
      _ = try prices.select(col("clsoe")).schema()
    } catch {
      print(error)
    }

    let parsed =
      prices
      .groupBy(try LazyFrame.Expression.parseList("symbol, year(date) as year"))
      .aggregate(try LazyFrame.Expression.parseList("mean(open, close), max(high) - min(low) as range"))
      .head(2)
    print(try parsed.compute())
    // The page ends here.
    return output
  }
}
