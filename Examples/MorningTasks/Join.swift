import LazyFrame

extension MorningTasks {
  /// Prices beside the companies that they are of.
  static func join() throws {
    let prices = try LazyFrame.scanCSV("datasets/prices.csv")
    let companies = try LazyFrame.scanCSV("Examples/Data/companies.csv")

    // A file with a company twice would double its prices: that is an error here.
    let latest = prices.distinct(on: "symbol", keep: .last)
      .join(companies, on: col("symbol"), how: .left, validate: .manyToOne)
      .select(col("symbol", "name", "country", "date", "close"))
    print(try latest.compute())

    let nameless = prices.select(col("symbol")).distinct().join(companies, on: col("symbol"), how: .anti)
    let priceless = companies.join(prices, on: col("symbol"), how: .anti)
    print("\nPrices without a company: \(try nameless.compute().values("symbol", as: String.self).compactMap(\.self))")
    print("Companies without prices: \(try priceless.compute().values("name", as: String.self).compactMap(\.self))\n")

    let turnover = prices.filter(col("date").dt.year == 2021)
      .join(companies, on: col("symbol"))
      .groupBy(col("sector"))
      .aggregate(
        col("symbol").countDistinct().as("shares"), (col("close") * col("volume")).sum().as("turnover")
      )
      .withColumns((col("turnover") / 1e6).rounded(1).as("turnover"))
      .sort(by: col("turnover"), descending: true)
    print(try turnover.rename(["turnover": "turnover, millions"]).compute())
  }
}
