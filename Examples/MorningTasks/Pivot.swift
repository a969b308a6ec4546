import LazyFrame

extension MorningTasks {
  /// One row for each share and year, and the same with a column for each share.
  static func pivot() throws {
    let prices = try LazyFrame.scanCSV("datasets/prices.csv")
      .filter(col("symbol").isIn(["CGW", "DPT", "GAM"]) && col("date") >= "2017-01-01")
      .withColumns(col("date").dt.year.as("year"))

    let long = prices.groupBy(col("symbol"), col("year")).aggregate(
      col("close").mean().rounded(2).as("mean"), col("low").min().as("lowest"), col("high").max().as("highest"),
      count().as("days"))
    print(try long.sort(by: [SortKey(col("year"), descending: true), SortKey(col("symbol"))]).head(6).compute())

    // The values of the column are looked up first: the columns of a plan are known before it runs.
    let wide = try prices.pivot(on: "symbol", index: col("year"), values: col("close")) { $0.mean().rounded(2) }
    print("\n\(try wide.sort(by: col("year")).compute())")
  }
}
